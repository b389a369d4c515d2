// Synapses whose float variables are kept in 32 bits.
#include <doctest/doctest.h>

#include <cmath>
#include <ranvier/ranvier.hpp>

using namespace ranvier;
using namespace ranvier::units;

namespace {

double as_float(double x) {
  return static_cast<double>(static_cast<float>(x));
}

struct Plastic {
  explicit Plastic(Dtype dtype, const char* backend = "llvm")
      : net({.seed = 4, .backend = {.name = backend}}) {
    auto& source = net.spike_generator_group(3, {0, 1, 2, 0}, {0 * ms, 1 * ms, 1 * ms, 7 * ms});
    auto& target = net.neuron_group(5, {.equations = "v : 1"});
    synapses = &net.synapses(source, target,
                             {.equations = "w : 1\nn : integer\nb : boolean\n"
                                           "dx/dt = -x/(10*ms) : 1 (event-driven)\n"
                                           "dy/dt = -y/(10*ms) : 1 (clock-driven)",
                              .on_pre = "x += w; y += w; v_post += x; n += 1; b = x > 0.3",
                              .method = "exact",
                              .dtype = dtype});
    synapses->connect();
    (*synapses)["w"] = "rand()";
  }
  Network net;
  Synapses* synapses;
};

}  // namespace

TEST_CASE("float variables in float32 keep what a float can keep of each value that they are given") {
  Plastic model(Dtype::float32);
  Synapses& s = *model.synapses;
  for (const double w : s["w"].to_vector()) CHECK(w == as_float(w));
  s["w"] = 0.1;
  CHECK(s["w"][7] == static_cast<double>(0.1f));
  s["w"] += 0.2;
  CHECK(s["w"][7] == as_float(static_cast<double>(0.1f) + 0.2));
  s["w"][7] = 1.0 / 3;
  CHECK(s["w"][7] == as_float(1.0 / 3));
  CHECK(s["w"].where("w > 0.32").size() == 1);
  s["w"] = "w*2";
  CHECK(s["w"][7] == 2 * as_float(1.0 / 3));
  CHECK_THROWS_WITH_AS(s["w"].values(), doctest::Contains("float32"), NetworkError);
  CHECK_THROWS_WITH_AS(s["w"] = 1e39, doctest::Contains("too large"), NetworkError);
  s["w"] = 1.0 / 0.0;
  CHECK(std::isinf(s["w"][0]));
}

TEST_CASE("a plastic network in float32 stays as near to float64 as floats are") {
  Plastic exact(Dtype::float64), rounded(Dtype::float32), interpreted(Dtype::float32, "reference");
  for (Plastic* model : {&exact, &rounded, &interpreted}) model->net.run(8 * ms);
  for (const char* name : {"w", "x", "y"}) {
    const auto a = (*exact.synapses)[name].to_vector(), b = (*rounded.synapses)[name].to_vector();
    CAPTURE(name);
    for (std::size_t k = 0; k < a.size(); ++k) {
      CHECK(b[k] == as_float(b[k]));
      CHECK(b[k] == doctest::Approx(a[k]).epsilon(1e-5));  // 80 roundings of 6e-8
    }
    CHECK((*interpreted.synapses)[name].to_vector() == b);
  }
  CHECK((*exact.synapses)["n"].to_vector() == (*rounded.synapses)["n"].to_vector());
  CHECK((*exact.synapses)["b"].to_vector() == (*rounded.synapses)["b"].to_vector());
}

TEST_CASE("monitors and snapshots keep the values of float32 variables") {
  Plastic model(Dtype::float32);
  auto& state = model.net.state_monitor(*model.synapses, {.variables = {"x"}, .record = {0, 4}});
  model.net.run(2 * ms);
  CHECK(state.trace("x", 0).back() == (*model.synapses)["x"][0]);
  model.net.store();
  model.net.run(8 * ms);
  const auto end = (*model.synapses)["y"].to_vector();
  model.net.restore();
  model.net.run(8 * ms);
  CHECK((*model.synapses)["y"].to_vector() == end);
  Plastic other(Dtype::float64);
  const std::string path = "test_dtype.snapshot";
  model.net.store_to(path);
  CHECK_THROWS_WITH_AS(other.net.restore_from(path), doctest::Contains("f32"), NetworkError);
  std::remove(path.c_str());
}

TEST_CASE("connecting again keeps the values of float32 variables") {
  Plastic model(Dtype::float32);
  auto before = (*model.synapses)["w"].to_vector();
  model.synapses->connect({.i = {1}, .j = {2}});
  before.push_back(0);
  CHECK((*model.synapses)["w"].to_vector() == before);
}

TEST_CASE("a float32 variable that goes out of bounds is reported as any other") {
  Network net;
  auto& source = net.spike_generator_group(1, {0}, {0.3 * ms});
  auto& synapses =
      net.synapses(source, source, {.equations = "w : 1", .on_pre = "w = 1/w", .dtype = Dtype::float32});
  synapses.connect();
  CHECK_THROWS_WITH_AS(net.run(1 * ms, {.watch = WatchOptions{.policy = WatchPolicy::stop}}),
                       doctest::Contains("step 3"), ModelError);
}
