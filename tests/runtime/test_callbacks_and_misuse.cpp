#include <doctest/doctest.h>

#include <algorithm>

#include <ranvier/runtime/network.hpp>
#include <set>
#include <stdexcept>
#include <type_traits>
#include <vector>

using namespace ranvier;
using namespace ranvier::units;

namespace {

const NeuronGroupOptions spiking{.equations = "v : 1", .threshold = "rand() < 0.5", .reset = "v += 1"};

}  // namespace

TEST_CASE("structure may change in a progress callback") {
  Network net;
  auto& group = net.neuron_group(200, spiking);
  auto& synapses = net.synapses(group, group, {.equations = "w : 1", .on_pre = "w += 1"});
  synapses.connect("i == j");
  int calls = 0;
  const auto grow = [&](const Progress&) {
    if (++calls == 3) synapses.connect({.p = 0.5});
  };
  net.run(1 * ms, {.progress = grow, .period = 0 * ms});
  CHECK(synapses.size() > 10000);
  const auto w = synapses["w"].to_vector();
  CHECK(w[0] > 0);
  CHECK(*std::max_element(w.begin() + 200, w.end()) > 0);  // the new ones act in the same run
}

TEST_CASE("an exception from a callback leaves time where the steps got to") {
  Network net;
  auto& group = net.neuron_group(1, {.equations = "v : 1"});
  auto& state = net.state_monitor(group, {.variables = {"v"}});
  int calls = 0;
  const auto fail = [&](const Progress&) {
    if (++calls == 4) throw std::runtime_error("host");
  };
  CHECK_THROWS_AS(net.run(1 * ms, {.progress = fail, .period = 0 * ms}), std::runtime_error);
  net.step(2);
  CHECK(net.clock().timestep == 5);
  CHECK(state.times().back() == 4 * 1e-4);
}

TEST_CASE("a callback cannot run the network that calls it, and a run must be countable") {
  Network net;
  net.neuron_group(1, {.equations = "v : 1"});
  CHECK_THROWS_AS(net.run(1 * ms, {.progress = [&](const Progress&) { net.step(); }}), NetworkError);
  net.step();
  CHECK_THROWS_AS(net.run(Time(1e300)), NetworkError);
  CHECK_THROWS_AS(net.step(std::int64_t{1} << 62), NetworkError);
}

TEST_CASE("a constant must have a name that nothing hides") {
  Network net;
  auto& group = net.neuron_group(1, {.equations = "v : volt"});
  for (const char* name : {"ms", "exp", "pi", "i", "dt", "N", "two words", ""}) {
    CAPTURE(name);
    CHECK_THROWS_AS(net.set(name, 1.0), NetworkError);
    CHECK_THROWS_AS(net.neuron_group(1, {.equations = "x : 1", .namespace_ = {{name, 1.0}}}), NetworkError);
  }
  CHECK_THROWS_WITH_AS(group.set("v", 1 * mV), doctest::Contains("variable"), NetworkError);
  CHECK_THROWS_AS(group["tau"], NetworkError);
}

TEST_CASE("what is no quantity does not become one") {
  CHECK_FALSE(std::is_constructible_v<AnyQuantity, const char*>);
  CHECK_FALSE(std::is_constructible_v<Refractory, int>);
  CHECK_FALSE(std::is_constructible_v<Rates, int>);
  CHECK_THROWS_AS(Refractory(-1 * ms), NetworkError);
}

TEST_CASE("lists of pairs that happen to be empty connect nothing") {
  Network net;
  auto& group = net.neuron_group(10, {.equations = "v : 1"});
  auto& synapses = net.synapses(group, group, {});
  const std::vector<std::int64_t> none;
  synapses.connect({.i = none, .j = none});
  CHECK(synapses.size() == 0);
  CHECK_THROWS_WITH_AS(synapses.connect("k for k in range(3)"), doctest::Contains(".j = "), ModelError);
}

TEST_CASE("selections draw afresh, count what they hold, and do not outlive a connect") {
  Network net;
  auto& group = net.neuron_group(1000, {.equations = "v : 1\nw : 1\ns : 1 (shared)"});
  group["v"].where("rand() < 0.5") = 1.0;
  group["w"].where("rand() < 0.5") = 1.0;
  CHECK(group["v"].to_vector() != group["w"].to_vector());
  CHECK(group["v"].where("i < 3").size() == 3);
  CHECK_THROWS_AS(group["v"].where("i < 3")[5], NetworkError);
  CHECK_THROWS_AS(group["s"].where("i == 5"), NetworkError);
  auto& synapses = net.synapses(group, group, {.equations = "x : 1"});
  synapses.connect("i == j");
  const auto part = synapses["x"].where("i == 2");
  synapses.connect({.i = {0}, .j = {1}});
  CHECK_THROWS_AS(part = 1.0, NetworkError);
}

TEST_CASE("rates given as numbers are checked, and a rate text is one expression") {
  Network net;
  auto& input = net.poisson_group(3, 10 * Hz);
  input["rates"] = -5 * Hz;
  CHECK_THROWS_AS(net.run(1 * ms), NetworkError);
  input["rates"] = 5 * Hz;
  net.run(1 * ms);
  CHECK_THROWS_AS(net.poisson_group(3, "10*Hz : Hz\nx = 1"), ModelError);
  auto& moving = net.poisson_group(4, "i*10*Hz # one for each");
  CHECK(moving.slice(2, 4)["rates"].in(Hz) == std::vector<double>{20, 30});
}

TEST_CASE("a constant of a group's subexpression is not taken from elsewhere") {
  Network net;
  auto& source = net.neuron_group(
      1, {.equations = "x = k : 1", .threshold = "True", .refractory = 1 * ms, .namespace_ = {{"k", 1}}});
  auto& target = net.neuron_group(1, {.equations = "y : 1"});
  auto& synapses = net.synapses(source, target, {.on_pre = "y_post = x_pre", .namespace_ = {{"k", 2}}});
  synapses.connect();
  CHECK_THROWS_WITH_AS(net.run(1 * ms), doctest::Contains("'k'"), NetworkError);
  synapses.set("k", 1);
  net.run(1 * ms);
  CHECK(target["y"][0] == 1);
}

TEST_CASE("a trace is read in a unit of its own dimension") {
  Network net;
  auto& group = net.neuron_group(4, {.equations = "v : volt\nx = 1.0*i : 1"});
  auto& state = net.state_monitor(group.slice(2, 4), {.variables = {"v", "x"}, .record = {0}});
  net.step();
  CHECK_THROWS_AS(state.trace("v", 0, nS), NetworkError);
  CHECK(state.trace("v", 0, mV) == std::vector<double>{0});
  CHECK(state.trace("x", 0) == std::vector<double>{2});  // the model's own i
}

TEST_CASE("all that is missing in equations and code of synapses is reported at once") {
  Network net;
  auto& group = net.neuron_group(2, {.equations = "v : 1", .threshold = "v > 1", .reset = "v = 0"});
  net.synapses(group, group,
               {.equations = "dapre/dt = -apre/taupre : 1 (event-driven)",
                .on_pre = "apre += Apre",
                .on_post = "v_pre += Apost*apre"})
      .connect();
  try {
    net.prepare();
    FAIL("no error");
  } catch (const ModelError& error) {
    std::set<std::string> missing;
    for (const Diagnostic& problem : error.diagnostics()) missing.insert(std::string(problem.place.text()));
    CHECK(missing == std::set<std::string>{"taupre", "Apre", "Apost"});
  }
}
