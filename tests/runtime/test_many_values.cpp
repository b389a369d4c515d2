// Texts that the host assigns or reads: compiled for many elements, interpreted for few, with the same bits.
#include <doctest/doctest.h>

#include <cstring>

#include <ranvier/runtime/network.hpp>

using namespace ranvier;
using namespace ranvier::units;

namespace {

constexpr std::int64_t many = 40'000;

bool same_bits(const std::vector<double>& a, const std::vector<double>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0;
}

struct Cells {
  explicit Cells(BackendOptions backend) : net({.seed = 11, .backend = std::move(backend)}) {
    cells = &net.neuron_group(many, {.equations = "dv/dt = -v/(10*ms) : 1\nn : integer\nlarge : boolean\n"
                                                  "y = exp(v)*v**1.5 : 1"});
  }
  Network net;
  NeuronGroup* cells = nullptr;
};

/// What a host sets and reads, in an order that decides about random numbers.
std::vector<std::vector<double>> talk(Cells& model) {
  NeuronGroup& cells = *model.cells;
  cells["v"] = "clip(0.3 + sin(i*0.1) + 0.2*randn(), 0.001, 2) + log(1 + rand())";
  cells["n"] = "poisson(3.5) + binomial(20, 0.4) + i // 7";
  cells["large"] = "v > 0.5 and n % 2 == 0";
  cells["v"].where("large and rand() < 0.5") = "tanh(v) + t/second";
  cells.slice(5, many - 3)["v"] *= "exp(-rand())";
  std::vector<double> chosen;
  for (const std::int64_t index : cells.indices("v > 0.7 + 0.1*randn()"))
    chosen.push_back(static_cast<double>(index));
  return {cells["v"].to_vector(), cells["n"].to_vector(), cells["large"].to_vector(), cells["y"].to_vector(),
          std::move(chosen)};
}

}  // namespace

TEST_CASE("values for many elements are those of the interpreter, at every width") {
  Cells interpreted({.name = "reference"});
  const auto expected = talk(interpreted);
  for (const int lanes : {0, 1, 2, 4, 8}) {
    CAPTURE(lanes);
    Cells compiled({.lanes = lanes});
    const auto values = talk(compiled);
    for (std::size_t k = 0; k < values.size(); ++k) {
      CAPTURE(k);
      CHECK(same_bits(values[k], expected[k]));
    }
  }
}

TEST_CASE("values of many synapses, in single precision too, are those of the interpreter") {
  const auto synapses_of = [](const char* backend) {
    Network net({.seed = 3, .backend = {.name = backend}});
    auto& cells = net.neuron_group(300, {.equations = "v : 1", .threshold = "v > 1"});
    auto& all =
        net.synapses(cells, cells, {.equations = "w : 1", .on_pre = "v_post += w", .dtype = Dtype::float32});
    all.connect({.p = 0.5});
    REQUIRE(all.size() > many);
    all["w"] = "2*(1 + 0.1*randn())*exp(-abs(i - j)/100.0)";
    all["delay"] = "clip(1.5*ms*(1 + 0.5*randn()), 0.1*ms, 10*ms)";
    return std::vector{all["w"].to_vector(), all["delay"].to_vector()};
  };
  const auto expected = synapses_of("reference"), values = synapses_of("llvm");
  CHECK(same_bits(values[0], expected[0]));
  CHECK(same_bits(values[1], expected[1]));
}

TEST_CASE("a text that is wrong is refused for many elements as for few") {
  Network net;
  auto& cells = net.neuron_group(many, {.equations = "v : volt"});
  cells["v"] = 3 * mV;
  CHECK_THROWS_AS(cells["v"] = "rand()*ms", ModelError);
  CHECK_THROWS_AS(cells["v"] = "nowhere*mV", ModelError);
  CHECK(cells["v"].to_vector() == std::vector<double>(many, 0.003));
}
