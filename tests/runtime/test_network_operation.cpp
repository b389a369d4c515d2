// Functions of the host in the middle of a step.
#include <doctest/doctest.h>

#include <cmath>
#include <ranvier/ranvier.hpp>
#include <stdexcept>

using namespace ranvier;
using namespace ranvier::units;

TEST_CASE("stop in a network operation ends the run behind the step") {
  Network net;
  auto& group = net.neuron_group(1, {.equations = "v : 1"});
  auto& monitor = net.state_monitor(group, {.variables = {"v"}, .when = "end"});
  std::vector<double> fractions;
  net.network_operation([&](Time t) {
    if (t.si() == 3 * 1e-4) net.stop();
  });
  net.run(1 * ms, {.progress = [&](const Progress& p) { fractions.push_back(p.fraction); }});
  CHECK(net.time().si() == doctest::Approx(4e-4));  // A14
  CHECK(net.clock().timestep == 4);
  CHECK(monitor.times().size() == 4);
  CHECK(fractions == std::vector<double>{0});
  net.run(1 * ms);
  CHECK(net.time().si() == doctest::Approx(14e-4));
}

TEST_CASE("a network operation has its slot, order and clock") {
  Network net;
  auto& group = net.neuron_group(1, {.equations = "dv/dt = 1/(0.1*ms) : 1", .method = "euler"});
  std::vector<double> before, after, rarely, between;
  std::string order;
  net.network_operation([&] { before.push_back(group["v"][0]); });
  net.network_operation([&] { after.push_back(group["v"][0]); }, {.when = "end"});
  net.network_operation([&](Time t) { rarely.push_back(t.si()); }, {.dt = 0.2 * ms});
  const std::vector<Time> times{0.15 * ms};
  net.network_operation([&](Time t) { between.push_back(t.si()); }, {.clock = &net.clock(times)});
  net.network_operation([&] { order += 'b'; }, {.order = 1, .name = "a"});
  net.network_operation([&] { order += 'a'; }, {.order = -1, .name = "z"});
  net.run(0.3 * ms);
  CHECK(before == std::vector<double>{0, 1, 2});
  CHECK(after == std::vector<double>{1, 2, 3});
  CHECK(rarely == std::vector<double>{0, 2 * 1e-4});
  CHECK(between == std::vector<double>{(0.15 * ms).si()});
  CHECK(order == "ababab");
  CHECK_THROWS_AS(net.network_operation(std::function<void()>()), NetworkError);
}

TEST_CASE("what a network operation connects in a step, the rest of the step sees") {
  for (const std::string when : {"start", "after_thresholds", "synapses", "end"}) {
    CAPTURE(when);
    Network net;
    auto& source =
        net.neuron_group(3, {.equations = "x : 1", .threshold = "t_in_timesteps == 2", .reset = "x = 0"});
    auto& target = net.neuron_group(2, {.equations = "v : 1"});
    auto& synapses = net.synapses(source, target, {.equations = "w : 1", .on_pre = "v_post += w"});
    synapses.connect({.p = 0.0});
    net.network_operation(
        [&](Time t) {
          if (t.si() != 2 * 1e-4) return;
          synapses.connect();
          synapses["w"] = "1 + j";
        },
        {.when = when, .order = -2});
    net.run(0.5 * ms);
    const bool late = when == "end";
    CHECK(target["v"].to_vector() == (late ? std::vector<double>{0, 0} : std::vector<double>{3, 6}));
    CHECK(synapses.size() == 6);
  }
}

TEST_CASE("a network operation sets state and constants, and injects spikes") {
  Network net;
  auto& group = net.neuron_group(
      2, {.equations = "v : 1\nI : 1", .threshold = "v > k", .reset = "v = 0", .namespace_ = {{"k", 5}}});
  auto& spikes = net.spike_monitor(group);
  group.run_regularly("v += I", {.when = "groups"});
  net.network_operation([&](Time t) {
    const auto step = std::llround(t.si() / 1e-4);
    if (step == 1) group["I"] = 2;
    if (step == 3) group.set("k", 1);
    if (step == 4) group["I"] = 0;
    if (step == 5) {
      const std::vector<std::int32_t> one{1};
      net.inject_spikes(group, one);
    }
  });
  net.run(0.8 * ms);
  CHECK(std::vector<double>(spikes.times()) ==
        std::vector<double>{3 * 1e-4, 3 * 1e-4, 5 * 1e-4});  // 2, 4, 6 > 1
  CHECK(spikes.counts()[1] == 2);
}

TEST_CASE("an exception in a network operation ends the run behind a complete step") {
  Network net;
  auto& group = net.neuron_group(1, {.equations = "dv/dt = 1/(0.1*ms) : 1", .method = "euler"});
  bool fail = true;
  net.network_operation([&](Time t) {
    if (fail && t.si() == 2 * 1e-4) throw std::runtime_error("host");
  });
  CHECK_THROWS_WITH_AS(net.run(1 * ms), "host", std::runtime_error);
  CHECK(group["v"][0] == 3);
  CHECK(net.clock().timestep == 3);
  fail = false;
  net.run(0.2 * ms);
  CHECK(group["v"][0] == 5);
}

TEST_CASE("a network operation cannot run or step the network, and what it breaks ends the run") {
  Network net;
  auto& group = net.neuron_group(1, {.equations = "dv/dt = k/(0.1*ms) : 1", .method = "euler"});
  net.set("k", 1);
  auto& nested = net.network_operation([&] { net.step(); });
  CHECK_THROWS_WITH_AS(net.run(1 * ms), doctest::Contains("running"), NetworkError);
  CHECK(net.clock().timestep == 1);
  nested.set_active(false);
  auto& unit = net.network_operation([&] { net.set("k", 1 * mV); });
  CHECK_THROWS_AS(net.run(1 * ms), ModelError);
  CHECK(net.clock().timestep == 2);
  CHECK(group["v"][0] == 1);  // the rest of the step could not be executed
  unit.set_active(false);
  net.set("k", 2);
  net.run(0.1 * ms);
  CHECK(group["v"][0] == 3);
}

TEST_CASE("objects made in a step act from the next step on") {
  Network net;
  auto& group = net.neuron_group(
      1,
      {.equations = "dv/dt = 1/(0.1*ms) : 1", .threshold = "v > 2.5", .reset = "v = 0", .method = "euler"});
  auto& spikes = net.spike_monitor(group);
  StateMonitor* made = nullptr;
  net.network_operation([&](Time t) {
    if (t.si() != 2 * 1e-4) return;
    made = &net.state_monitor(group, {.variables = {"v"}});
    group.run_regularly("v += 0.25", {.when = "after_groups"});  // takes update and threshold apart
  });
  net.run(0.6 * ms);
  CHECK(made->trace("v", 0) == std::vector<double>{0, 1.25, 2.5});
  CHECK(spikes.num_spikes() == 2);  // in the steps 2 and 5
}
