#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <ranvier/runtime/network.hpp>
#include <string>
#include <vector>

using namespace ranvier;
using namespace ranvier::units;

namespace {

/// The step at whose end a spike of step 1 has acted through synapses with this delay.
std::int64_t effect_step(Time delay) {
  Network net;
  auto& source =
      net.neuron_group(1, {.equations = "x : 1", .threshold = "t_in_timesteps == 1", .reset = "x = 0"});
  auto& target = net.neuron_group(1, {.equations = "v : 1"});
  net.synapses(source, target, {.on_pre = "v_post += 1", .delay = delay}).connect();
  for (std::int64_t step = 0; step < 10; ++step) {
    net.step();
    if (target["v"][0] > 0) return step;
  }
  return -1;
}

}  // namespace

TEST_CASE("delays are rounded to steps and counted from the spike's step (vector A5)") {
  const std::vector<std::pair<double, std::int64_t>> vector{{0, 1},   {.04, 1}, {.05, 2}, {.06, 2}, {.1, 2},
                                                            {.14, 2}, {.15, 2}, {.16, 3}, {.25, 4}};
  for (const auto& [delay, step] : vector) {
    CAPTURE(delay);
    CHECK(effect_step(delay * ms) == step);
  }
  CHECK_THROWS_AS(effect_step(-1 * ms), NetworkError);
}

TEST_CASE("gotcha 40: a spike caused by a zero-delay input is detected one step later (vector A6)") {
  Network net;
  auto& a = net.neuron_group(1, {.equations = "x : 1", .threshold = "t_in_timesteps == 2", .reset = "x = 0"});
  auto& b = net.neuron_group(1, {.equations = "v : 1", .threshold = "v > 1", .reset = "v = 0"});
  net.synapses(a, b, {.on_pre = "v_post += 2"}).connect();
  auto& spikes = net.spike_monitor(b);
  auto& state = net.state_monitor(b, {.variables = {"v"}});
  net.run(0.6 * ms);
  REQUIRE(spikes.num_spikes() == 1);
  CHECK(spikes.times()[0] == 3 * 1e-4);
  CHECK(state.trace("v", 0) == std::vector<double>{0, 0, 0, 2, 0, 0});
}

TEST_CASE("connecting again keeps variables, and numbers new synapses behind the old ones") {
  Network net;
  auto& group = net.neuron_group(3, {.equations = "v : 1"});
  auto& synapses = net.synapses(group, group, {.equations = "w : 1"});
  synapses.connect({.i = {2, 0}, .j = {1, 1}});
  synapses["w"] = std::vector<double>{20, 1};
  synapses.connect({.i = {0, 2}, .j = {2, 2}});
  CHECK(synapses.size() == 4);
  CHECK(synapses["w"].to_vector() == std::vector<double>{20, 1, 0, 0});
  CHECK(synapses.pairs()[0] == std::pair<std::int32_t, std::int32_t>{2, 1});
  CHECK(synapses.pairs()[3] == std::pair<std::int32_t, std::int32_t>{2, 2});
  synapses["w"] = "10*i + j";
  CHECK(synapses["w"].to_vector() == std::vector<double>{21, 1, 2, 22});
}

TEST_CASE("running synapses that were never connected is an error that says so") {
  Network net;
  auto& group = net.neuron_group(2, {.equations = "v : 1", .threshold = "v > 1", .reset = "v = 0"});
  auto& synapses = net.synapses(group, group, {.equations = "w : 1", .on_pre = "v_post += w"});
  CHECK_THROWS_WITH_AS(net.run(1 * ms), doctest::Contains("connect"), NetworkError);
  CHECK_THROWS_AS(synapses["w"], NetworkError);
  synapses.connect({.p = 0.0});
  net.run(1 * ms);
}

TEST_CASE("spikes in flight do not travel along synapses made after them") {
  Network net;
  auto& source =
      net.neuron_group(2, {.equations = "x : 1", .threshold = "t_in_timesteps == 1", .reset = "x = 0"});
  auto& target = net.neuron_group(3, {.equations = "v : 1"});
  auto& synapses = net.synapses(source, target, {.on_pre = "v_post += 1", .delay = 1 * ms});
  synapses.connect({.i = {0, 1}, .j = {0, 1}});
  net.run(0.5 * ms);
  synapses.connect({.i = {0, 1}, .j = {2, 2}});
  net.run(2 * ms);
  CHECK(target["v"].to_vector() == std::vector<double>{1, 1, 0});
  net.inject_spikes(source, std::vector<std::int32_t>{0, 1});
  net.run(2 * ms);
  CHECK(target["v"].to_vector() == std::vector<double>{2, 2, 2});
}

TEST_CASE("only spikes of the source slice count, and they land in the target slice") {
  Network net;
  auto& source =
      net.neuron_group(4, {.equations = "x : 1", .threshold = "t_in_timesteps == 0", .reset = "x = 0"});
  auto& target = net.neuron_group(4, {.equations = "v : 1"});
  net.synapses(source.slice(1, 3), target.slice(2, 4), {.on_pre = "v_post += i_pre + 1"}).connect("i == j");
  net.step();
  CHECK(target["v"].to_vector() == std::vector<double>{0, 0, 1, 2});
}

TEST_CASE("a protected variable cannot be written by synapses while its neuron is refractory") {
  Network net;
  auto& source = net.neuron_group(1, {.equations = "x : 1", .threshold = "True", .refractory = 0 * ms});
  auto& target = net.neuron_group(1, {.equations = "dv/dt = 0*Hz : 1 (unless refractory)\nw : 1",
                                      .threshold = "v > 1.5",
                                      .reset = "v = 0",
                                      .refractory = 0.5 * ms});
  net.synapses(source, target, {.on_pre = "v_post += 1; w_post += 1"}).connect();
  auto& state = net.state_monitor(target, {.variables = {"v", "w"}});
  net.run(1 * ms);
  // Two inputs reach the threshold; the spike's own step and the refractory steps let nothing through.
  CHECK(state.trace("v", 0) == std::vector<double>{0, 1, 2, 0, 0, 0, 0, 0, 1, 2});
  CHECK(state.trace("w", 0)[9] == 9);
}

TEST_CASE("a misspelt target in on_pre is warned of") {
  Network net;
  auto& group = net.neuron_group(2, {.equations = "ge : 1", .threshold = "ge > 1", .reset = "ge = 0"});
  net.synapses(group, group, {.on_pre = "gee = 1"}).connect();
  net.prepare();
  REQUIRE(net.warnings().size() == 1);
  CHECK(net.warnings()[0].code == DiagnosticCode::unused_local);
}
