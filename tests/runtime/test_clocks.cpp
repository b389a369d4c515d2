// Several clocks, slots, order, and steps that change their length.
#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <ranvier/ranvier.hpp>

using namespace ranvier;
using namespace ranvier::units;

namespace {

std::vector<double> in_ms(const std::vector<double>& times) {
  std::vector<double> rounded;
  for (const double t : times) rounded.push_back(std::round(t * 1e7) / 1e4);
  return rounded;
}

}  // namespace

TEST_CASE("gotcha 35: objects on different clocks are interleaved at the same time by slot") {
  Network net;
  auto& slow =
      net.neuron_group(1, {.equations = "dx/dt = 1/(0.2*ms) : 1", .method = "euler", .dt = 0.2 * ms});
  auto& monitor = net.state_monitor(slow, {.variables = {"x"}, .dt = 0.1 * ms, .when = "after_end"});
  net.run(0.5 * ms);
  CHECK(monitor.trace("x", 0) == std::vector<double>{1, 1, 2, 2, 3});  // A14
  CHECK(in_ms(monitor.times()) == std::vector<double>{0, 0.1, 0.2, 0.3, 0.4});
}

TEST_CASE("a state monitor with a bigger dt records the values at its own steps") {
  Network net;
  auto& group = net.neuron_group(1, {.equations = "dx/dt = 1/(0.1*ms) : 1", .method = "euler"});
  auto& monitor = net.state_monitor(group, {.variables = {"x"}, .dt = 0.5 * ms});
  net.run(1.2 * ms);
  CHECK(in_ms(monitor.times()) == std::vector<double>{0, 0.5, 1});
  CHECK(monitor.trace("x", 0)[2] == doctest::Approx(10));
}

TEST_CASE("a step of 0.3 ms covers three runs of 1 ms in 10 steps") {
  Network net({.dt = 0.3 * ms});
  for (int k = 0; k < 3; ++k) net.run(1 * ms);
  CHECK(net.clock().timestep == 10);
}

TEST_CASE("clocks are shared by name, and belong to one network") {
  Network net, other;
  const Clock& clock = net.clock(0.05 * ms);
  auto& a = net.neuron_group(1, {.equations = "x : 1", .clock = &clock});
  auto& b = net.neuron_group(1, {.equations = "x : 1", .clock = &clock});
  net.run(1 * ms);
  CHECK(&a.clock() == &b.clock());
  CHECK(clock.timestep == 20);
  CHECK_THROWS_AS(other.neuron_group(1, {.equations = "x : 1", .clock = &clock}), NetworkError);
  CHECK_THROWS_AS(net.neuron_group(1, {.equations = "x : 1", .dt = 1 * ms, .clock = &clock}), NetworkError);
  CHECK_THROWS_AS(net.neuron_group(1, {.equations = "x : 1", .dt = 0 * ms}), NetworkError);
}

TEST_CASE("gotcha 37: the length of steps changes between runs, where it can say what time it is") {
  Network net;
  auto& group = net.neuron_group(1, {.equations = "dx/dt = -x/(10*ms) : 1", .method = "exact"});
  auto& monitor = net.state_monitor(group, {.variables = {"x"}});
  group["x"] = 1;
  net.run(1.2 * ms);
  CHECK_THROWS_AS(net.set_dt(0.5 * ms), NetworkError);
  CHECK_THROWS_AS(net.set_dt(0 * ms), NetworkError);
  CHECK(net.dt().si() == 1e-4);
  net.set_dt(0.4 * ms);
  net.run(0.8 * ms);
  CHECK(in_ms({monitor.times().begin() + 12, monitor.times().end()}) == std::vector<double>{1.2, 1.6});
  CHECK(group["x"].values()[0] == doctest::Approx(std::exp(-0.2)).epsilon(1e-14));
}

TEST_CASE("steps that have the same number after a change of dt draw other numbers") {
  Network net({.dt = 0.1 * ms});
  auto& group = net.neuron_group(1, {.equations = "x = rand() : 1 (constant over dt)"});
  auto& monitor = net.state_monitor(group, {.variables = {"x"}, .when = "end"});
  net.run(0.2 * ms);
  net.set_dt(0.2 * ms);
  net.run(0.2 * ms);
  const auto x = monitor.trace("x", 0);
  CHECK(x[1] != x[2]);
}

TEST_CASE("gotcha 44: on a change of dt spikes in flight arrive when they would have") {
  Network net({.dt = 0.5 * ms});
  auto& source = net.neuron_group(1, {.equations = "v : 1", .threshold = "v > 1", .reset = "v = 0"});
  auto& target = net.neuron_group(10, {.equations = "v : 1", .threshold = "v > 1", .reset = "v = 0"});
  source["v"] = 1.1;
  for (int k = 0; k < 10; ++k) {
    auto& synapses = net.synapses(source, target, {.on_pre = "v_post += 1.1", .delay = k * ms});
    synapses.connect({.i = {0}, .j = {k}});
  }
  auto& spikes = net.spike_monitor(target);
  net.run(5 * ms);
  net.set_dt(1 * ms);
  net.run(3 * ms);
  net.set_dt(0.1 * ms);
  net.run(2 * ms);
  // A spike is detected one step after it arrives, so at another time for each length of steps.
  CHECK(in_ms(spikes.times()) == std::vector<double>{0.5, 1.5, 2.5, 3.5, 4.5, 6, 7, 8, 8.1, 9.1});
}

TEST_CASE("steps that become one deliver the spikes of both") {
  Network net({.dt = 0.1 * ms});
  auto& source = net.neuron_group(2, {.threshold = "t < 0.95*ms"});
  auto& target = net.neuron_group(1, {.equations = "x : 1"});
  net.synapses(source, target, {.on_pre = "x_post += 1", .delay = 5 * ms}).connect();
  net.run(1 * ms);
  net.set_dt(1 * ms);
  net.store();
  net.run(10 * ms);
  CHECK(target["x"].values()[0] == 20);
  net.restore();
  net.run(10 * ms);
  CHECK(target["x"].values()[0] == 20);
}

TEST_CASE("an observer between state update and threshold sees the new state and no spike yet") {
  for (const bool between : {false, true}) {
    CAPTURE(between);
    Network net({.seed = 7});
    auto& group = net.neuron_group(3, {.equations = "dv/dt = 0.4/(0.1*ms) + 0*Hz*rand() : 1",
                                       .threshold = "v + 0.2*rand() > 1",
                                       .reset = "v = 0",
                                       .refractory = 0.2 * ms,
                                       .method = "euler"});
    auto& spikes = net.spike_monitor(group);
    StateMonitor* seen = nullptr;
    if (between)
      seen = &net.state_monitor(group, {.variables = {"v", "not_refractory"}, .when = "before_thresholds"});
    net.run(2 * ms);
    static std::vector<double> alone;
    if (!between) alone.assign(spikes.times().begin(), spikes.times().end());
    CHECK(std::ranges::equal(spikes.times(), alone));  // the same numbers are drawn
    if (seen) CHECK(seen->trace("v", 0)[2] == doctest::Approx(1.2));
    if (seen) CHECK(seen->trace("not_refractory", 0)[2] == 1);
  }
}

TEST_CASE("gotcha 36: a schedule of one's own has its slots in its order, each with a before and an after") {
  Network net;
  net.set_schedule(Schedule({"start", "groups", "thresholds", "resets", "synapses", "end", "late"}));
  auto& group = net.neuron_group(1, {.equations = "dx/dt = 1/(0.1*ms) : 1", .method = "euler"});
  auto& monitor = net.state_monitor(group, {.variables = {"x"}, .when = "before_late"});
  group.run_regularly("x += 100", {.when = "late"});
  auto& after = net.state_monitor(group, {.variables = {"x"}, .when = "after_late"});
  net.run(0.1 * ms);
  CHECK(monitor.trace("x", 0)[0] == 1);
  CHECK(after.trace("x", 0)[0] == 101);
  net.set_schedule(Schedule());
  CHECK_THROWS_WITH_AS(net.run(1 * ms), doctest::Contains("late"), NetworkError);
  CHECK_THROWS_AS(Schedule({"start", "start"}), NetworkError);
  CHECK_THROWS_AS(Schedule({"before_start"}), NetworkError);
}

TEST_CASE("an inactive object is left out of the steps") {
  Network net;
  auto& group = net.neuron_group(1, {.equations = "dx/dt = 1/(0.1*ms) : 1", .method = "euler"});
  auto& monitor = net.state_monitor(group, {.variables = {"x"}});
  net.run(0.2 * ms);
  monitor.set_active(false);
  net.run(0.2 * ms);
  monitor.set_active(true);
  net.run(0.1 * ms);
  CHECK(in_ms(monitor.times()) == std::vector<double>{0, 0.1, 0.4});
}

TEST_CASE("groups of one slot act by order, then by name") {
  Network net;
  auto& early = net.neuron_group(1, {.equations = "dx/dt = 1/(0.1*ms) : 1", .method = "euler", .name = "zz"});
  auto& late = net.neuron_group(
      1,
      {.equations = "dy/dt = x/(0.1*ms) : 1\nx : 1 (linked)", .method = "euler", .order = 1, .name = "aa"});
  late.link("x", early["x"]);
  net.run(0.2 * ms);
  CHECK(late["y"].values()[0] == doctest::Approx(3));  // 1 + 2: after zz, in spite of its name
}

TEST_CASE("gotcha 71: a run of no duration compiles and checks everything, and executes no step") {
  Network net;
  auto& group = net.neuron_group(2, {.equations = "dx/dt = k/ms : 1", .method = "euler"});
  CHECK_THROWS_AS(net.run(0 * ms), ModelError);  // there is no k
  group.set("k", 1.0);
  net.run(0 * ms);
  CHECK(group.method() == "euler");
  CHECK(net.clock().timestep == 0);
  CHECK(group["x"].values()[0] == 0);
}

TEST_CASE("gotcha 57: a slice of a slice spikes, and is monitored, by its own numbers") {
  Network net;
  auto& group = net.neuron_group(10, {.threshold = "i == 6"});
  const Slice inner = group.slice(2, 9).slice(3, 6);  // neurons 5, 6 and 7
  auto& spikes = net.spike_monitor(inner);
  net.run(0.2 * ms);
  CHECK(std::ranges::equal(spikes.indices(), std::array{1, 1}));
  CHECK(spikes.num_spikes() == 2);
}
