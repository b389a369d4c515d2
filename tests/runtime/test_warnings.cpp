#include <doctest/doctest.h>
#include <ranvier/grammar/json.hpp>
#include <ranvier/runtime/network.hpp>

using namespace ranvier;
using namespace ranvier::units;

namespace {

std::vector<std::string> warnings_of(Network& net) {
  net.prepare();
  std::vector<std::string> codes;
  for (const Diagnostic& warning : net.warnings()) codes.push_back(code_name(warning.code));
  return codes;
}
using Codes = std::vector<std::string>;

template <class Number>
concept CountsNeurons = requires(Network& net, Number n) {
  net.neuron_group(n, NeuronGroupOptions{});
  net.poisson_group(n, 10 * Hz);
};

}  // namespace

static_assert(CountsNeurons<int> && CountsNeurons<std::int64_t> && CountsNeurons<std::size_t>);
static_assert(!CountsNeurons<double>, "half a neuron does not compile");

TEST_CASE("constants that no text uses are named, with what was meant") {
  Network net({.namespace_ = {{"tau", 10 * ms}, {"tua", 20 * ms}}});
  net.neuron_group(1, {.equations = "dv/dt = -v/tau : 1", .namespace_ = {{"spare", 3}}});
  CHECK(warnings_of(net) == Codes{"RV0217", "RV0217"});
  const std::string text = render(net.warnings());
  CHECK(text.find("`spare` of 'neurongroup'") != std::string::npos);
  CHECK(text.find("`tua` of the network") != std::string::npos);
  CHECK(text.find("did you mean `tau`?") != std::string::npos);
  CHECK(to_json(net.warnings()).find("RV0217") != std::string::npos);
}

TEST_CASE("a constant set by a misspelt name is named") {
  Network net({.namespace_ = {{"tau", 10 * ms}}});
  net.neuron_group(1, {.equations = "dv/dt = -v/tau : 1"});
  CHECK(warnings_of(net) == Codes{});
  net.set("tua", 20 * ms);
  CHECK(warnings_of(net) == Codes{"RV0217"});
}

TEST_CASE("constants of assignments, conditions and synapses are used, too") {
  Network net({.namespace_ = {{"start", 3 * mV}, {"w", 1 * mV}, {"reach", 2}}});
  auto& group =
      net.neuron_group(4, {.equations = "v : volt", .threshold = "v > 1*volt", .reset = "v = 0*mV"});
  auto& synapses = net.synapses(group, group, {.on_pre = "v += w"});
  group["v"] = "start*i";
  synapses.connect({.condition = "abs(i - j) < reach"});
  CHECK(warnings_of(net) == Codes{});
}

TEST_CASE("a constant of the network that a variable hides is named") {
  Network net({.namespace_ = {{"v", 10 * ms}}});
  net.neuron_group(1, {.equations = "v : 1\nx = v : 1"});
  CHECK(warnings_of(net) == Codes{"RV0218"});
  CHECK(net.warnings()[0].place.text() == "v");
}

TEST_CASE("a constant with two values is named") {
  Network net({.namespace_ = {{"tau", 10 * ms}, {"same", 1.0}}});
  net.neuron_group(1,
                   {.equations = "dv/dt = -v*same/tau : 1", .namespace_ = {{"tau", 20 * ms}, {"same", 1.0}}});
  CHECK(warnings_of(net) == Codes{"RV0219"});
  CHECK(net.warnings()[0].message.find("20 ms in 'neurongroup' and 10 ms") != std::string::npos);
}

TEST_CASE("a rate of more than one spike a step is named") {
  Network net({.dt = 1 * ms});
  net.poisson_group(2, 999 * Hz);
  CHECK(warnings_of(net) == Codes{});
  net.poisson_group(2, 2000 * Hz);
  CHECK(warnings_of(net) == Codes{"RV0622"});
}

TEST_CASE("a group beyond the memory is refused before anything is made") {
  Network net({.limits = {.state_bytes = 1'000'000}});
  const auto message = [&](std::int64_t n) {
    try {
      net.neuron_group(n, {.equations = "a : 1\nb : 1\ns : 1 (shared)\nc = a : 1"});
    } catch (const NetworkError& error) {
      return std::string(error.what());
    }
    return std::string("made");
  };
  CHECK(message(100'000).find("2 MB of memory, but 1 MB are allowed (Limits::state_bytes)") !=
        std::string::npos);
  CHECK(message(std::int64_t{1} << 62).find("would need 9.22e+07 TB") != std::string::npos);
  CHECK(message(10'000) == "made");
  auto& group = net.neuron_group(10, {.equations = "v : 1"});
  CHECK(group.name() == "neurongroup_1");
}

TEST_CASE("synapses beyond the memory are refused before any is made") {
  Network net({.limits = {.state_bytes = 100'000'000}});
  auto& group = net.neuron_group(100'000, {.equations = "v : 1"});
  auto& synapses = net.synapses(group, group, {.equations = "w : 1"});
  const auto message = [&](double p) {
    try {
      synapses.connect({.p = p});
    } catch (const NetworkError& error) {
      return std::string(error.what());
    }
    return std::string("made");
  };
  CHECK(message(1).find("would make more than 2147483647 synapses, about 1e+10") != std::string::npos);
  CHECK(message(0.01).find("would need 1.6 GB of memory") != std::string::npos);
  CHECK(message(1e-6) == "made");
}

TEST_CASE("texts that are given apart from the models are warned of, each once") {
  Network net;
  auto& group = net.neuron_group(4, {.equations = "v : 1\nw : 1", .threshold = "v > 1", .reset = "v = 0"});
  auto& synapses = net.synapses(group, group, {.on_pre = "v += 1"});
  group["v"] = "w/0";
  group["v"] = "w/0";
  CHECK(net.warnings().size() == 1);
  CHECK(group.indices("v != 0.25").size() == 4);
  synapses.connect({.condition = "v_pre == 0.125"});
  CHECK(warnings_of(net) == Codes{"RV0421", "RV0423", "RV0423"});
  net.step();
  CHECK(net.warnings().size() == 3);
}
