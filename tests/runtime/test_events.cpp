// Events besides spikes: detection, code, synapses, mistakes.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <ranvier/ranvier.hpp>
#include <ranvier/tests/support/message_of.hpp>
#include <sstream>

using namespace ranvier;
using namespace ranvier::units;
using test::message_of;

namespace {

using List = std::vector<std::int32_t>;

List latest(Group& group, const char* event) {
  const auto list = group.event(event).history.latest();
  return {list.begin(), list.end()};
}

std::vector<std::string> summary_of(Network& net) {
  std::vector<std::string> lines;
  std::stringstream summary(net.scheduling_summary());
  for (std::string line; std::getline(summary, line);) lines.push_back(line);
  return lines;
}

}  // namespace

TEST_CASE("events run their code for the neurons that they happen to") {
  Network net;
  auto& group = net.neuron_group(
      2, {.equations = "event_time1 : second\nevent_time2 : second",
          .events = {{"event1", "t_in_timesteps == 10*i"}, {"event2", "t_in_timesteps == 10*(i + 1)"}}});
  group.run_on_event("event1", "event_time1 = t");
  group.run_on_event("event2", "event_time2 = t");
  net.run(2.1 * ms);
  CHECK(group["event_time1"].values()[0] == 0);
  CHECK(group["event_time1"].values()[1] == doctest::Approx(1e-3));
  CHECK(group["event_time2"].values()[0] == doctest::Approx(1e-3));
  CHECK(group["event_time2"].values()[1] == doctest::Approx(2e-3));
}

TEST_CASE("events are looked for, and acted upon, where their schedule says") {
  Network net;
  auto& group =
      net.neuron_group(2, {.equations = "x : 1\nevent_time : second",
                           .events = {{"event1", "x > 0"}, {"event2", "t_in_timesteps == 10*(i + 1)"}}});
  group.set_event_schedule("event1", {.when = "before_resets"});
  group.run_on_event("event2", "x = 1", {.when = "synapses"});
  group.run_on_event("event1", "event_time = t; x = 0");
  net.run(2.1 * ms);
  CHECK(group["event_time"].values()[0] == doctest::Approx(1e-3));  // not a step later
  CHECK(group["event_time"].values()[1] == doctest::Approx(2e-3));
  const std::vector<std::string> lines = summary_of(net);
  REQUIRE(lines.size() == 6);  // with the title, and the spikes that the host may inject
  CHECK(lines[2].starts_with("after_thresholds      0  neurongroup_event2  event"));
  CHECK(lines[3].starts_with("synapses              0  neurongroup_event2  code of the event"));
  CHECK(lines[4].starts_with("before_resets         0  neurongroup_event1  event"));
  CHECK(lines[5].starts_with("after_resets          0  neurongroup_event1  code of the event"));
}

TEST_CASE("every event has a list of its own, ascending, beside that of the spikes") {
  Network net;
  auto& group = net.neuron_group(
      5, {.equations = "dv/dt = 0*Hz : 1",
          .threshold = "i == 2",
          .reset = "v = 0",
          .events = {{"odd", "i % 2 == 1"}, {"never", "i > 5"}, {"late", "t_in_timesteps >= 1"}}});
  net.step();
  CHECK(latest(group, "odd") == List{1, 3});
  CHECK(latest(group, "never").empty());
  CHECK(latest(group, "late").empty());
  CHECK(latest(group, "spike") == List{2});
  net.step();
  CHECK(latest(group, "late") == List{0, 1, 2, 3, 4});
}

TEST_CASE("an event knows no refractory period, and begins none") {
  Network net;
  auto& group = net.neuron_group(1, {.equations = "dv/dt = 0*Hz : 1 (unless refractory)",
                                     .threshold = "True",
                                     .reset = "v = 0",
                                     .events = {{"boost", "v > -1"}},
                                     .refractory = 1 * ms});
  group.run_on_event("boost", "v += 1");
  auto& spikes = net.spike_monitor(group);
  net.run(0.5 * ms);
  CHECK(spikes.num_spikes() == 1);
  CHECK(group["lastspike"].values()[0] == 0);
  CHECK(group["v"].values()[0] == 5);  // gotcha 74: also while refractory
}

TEST_CASE("gotcha 74: code of an event in after_resets is seen by the next step, not by this one") {
  Network net;
  auto& group = net.neuron_group(1, {.equations = "v : 1",
                                     .threshold = "v > 5",
                                     .reset = "v = 0",
                                     .events = {{"boost", "t_in_timesteps == 2"}}});
  group.run_on_event("boost", "v = 10");
  auto& spikes = net.spike_monitor(group);
  net.run(1 * ms);
  REQUIRE(spikes.num_spikes() == 1);
  CHECK(spikes.times()[0] == 3 * 1e-4);
}

TEST_CASE("an event called spike is a threshold") {
  Network net;
  auto& group = net.neuron_group(
      2, {.equations = "v : 1", .reset = "v = 0", .events = {{"spike", "v > 5"}}, .refractory = 0.3 * ms});
  group["v"] = "10*i";
  auto& spikes = net.spike_monitor(group);
  net.run(1 * ms);
  CHECK(spikes.counts()[1] == 1);
  CHECK(group["lastspike"].values()[1] == 0);
}

TEST_CASE("the code of spikes may come later, as of every event") {
  Network net;
  auto& group = net.neuron_group(1, {.equations = "v : 1", .threshold = "t_in_timesteps % 2 == 0"});
  group.run_on_event("spike", "v += 1", {.when = "resets"});
  auto& given = net.spike_generator_group(3, {1, 2}, {0 * ms, 0.1 * ms});
  auto& poisson = net.poisson_group(2, 20000 * Hz);
  poisson.run_on_event("spike", "rates = 0*Hz");
  auto& spikes = net.spike_monitor(poisson);
  net.run(1 * ms);
  CHECK(group["v"].values()[0] == 5);
  CHECK(spikes.num_spikes() == 2);  // the first step silences them
  CHECK(given.model().has_event("spike"));
}

TEST_CASE("synapses follow any event of their source") {
  Network net;
  auto& source = net.neuron_group(3, {.equations = "x : 1", .events = {{"boost", "t_in_timesteps == i"}}});
  auto& target = net.neuron_group(3, {.equations = "v : 1\nw : 1"});
  auto& synapses = net.synapses(source, target, {.on_pre = "v += 1", .on_event = "boost"});
  synapses.connect("i == j");
  auto& late =
      net.synapses(source.slice(1, 3), target, {.on_pre = "w += 1", .on_event = "boost", .delay = 0.2 * ms});
  late.connect("i == j");
  net.step(3);
  CHECK(std::ranges::equal(target["v"].values(), std::vector{1., 1., 1.}));
  CHECK(std::ranges::equal(target["w"].values(), std::vector{0., 0., 0.}));
  net.step(2);
  CHECK(std::ranges::equal(target["w"].values(), std::vector{1., 1., 0.}));
}

TEST_CASE("event monitors record an event where it is looked for, before its code runs") {
  Network net;
  auto& group = net.neuron_group(
      4, {.equations = "dv/dt = 1/(0.1*ms) : 1", .events = {{"three", "v > 2.5 + i"}}, .method = "euler"});
  group.set_event_schedule("three", {.when = "before_resets", .order = 2});
  group.run_on_event("three", "v = 0");
  auto& events = net.event_monitor(group.slice(1, 4), "three", {.variables = {"v"}});
  auto& spikes = net.spike_monitor(group);
  net.run(0.7 * ms);
  CHECK(spikes.num_spikes() == 0);
  CHECK(std::vector<std::int32_t>(events.indices().begin(), events.indices().end()) == List{0, 1, 2});
  CHECK(events.times()[0] == 3 * 1e-4);
  CHECK(events.column("v")[2] == doctest::Approx(6));
  CHECK(events.name() == "eventmonitor");
  const auto at = [](const std::string& line) {
    return line.starts_with("before_resets") && line.find(" 3  eventmonitor") != line.npos;
  };
  CHECK(std::ranges::any_of(summary_of(net), at));
  CHECK_THROWS_AS(net.event_monitor(group, "tree"), NetworkError);
}

TEST_CASE("what happened is stored and restored, also if synapses have not followed it yet") {
  Network net;
  auto& source = net.neuron_group(2, {.equations = "x : 1", .events = {{"boost", "t_in_timesteps == i"}}});
  auto& target = net.neuron_group(2, {.equations = "v : 1"});
  auto& synapses = net.synapses(source, target, {.on_pre = "v += 1", .on_event = "boost", .delay = 0.3 * ms});
  synapses.connect("i == j");
  net.step(2);
  net.store();
  net.step(3);
  CHECK(std::ranges::equal(target["v"].values(), std::vector{1., 1.}));
  net.restore();
  CHECK(std::ranges::equal(target["v"].values(), std::vector{0., 0.}));
  net.step(3);
  CHECK(std::ranges::equal(target["v"].values(), std::vector{1., 1.}));
}

TEST_CASE("a threshold that is moved is looked at there") {
  Network net;
  auto& group = net.neuron_group(
      1,
      {.equations = "dv/dt = 1/(0.1*ms) : 1", .threshold = "v > 0.5", .reset = "v = 0", .method = "euler"});
  group.set_event_schedule("spike", {.when = "start"});
  auto& spikes = net.spike_monitor(group, {.when = "end"});
  net.step();
  CHECK(spikes.num_spikes() == 0);  // the state of before the update
  net.step();
  CHECK(spikes.num_spikes() == 1);
  group.set_event_schedule("spike", {.when = "thresholds", .order = 3});
  net.step();
  CHECK(spikes.num_spikes() == 2);
}

TEST_CASE("random conditions of events draw numbers of their own") {
  Network net({.seed = 3});
  auto& group = net.neuron_group(
      1000, {.equations = "a : 1\nb : 1", .events = {{"one", "rand() < 0.1"}, {"two", "rand() < 0.1"}}});
  group.run_on_event("one", "a += 1; b += 0");
  group.run_on_event("two", "b += 1");
  net.run(10 * ms);
  double a = 0, b = 0, ab = 0;
  for (std::size_t k = 0; k < 1000; ++k) {
    const double x = group["a"].values()[k] - 10, y = group["b"].values()[k] - 10;
    a += x, b += y, ab += x * y;
  }
  const double sigma = std::sqrt(1000 * 100 * 0.1 * 0.9);
  CHECK(std::abs(a) < 5 * sigma);
  CHECK(std::abs(b) < 5 * sigma);
  CHECK(std::abs(ab) < 5 * std::sqrt(1000.0) * 9);  // independent: products of variance 9*9
}

TEST_CASE("events that there are not are answered with the nearest") {
  Network net;
  auto& group =
      net.neuron_group(1, {.equations = "x : 1", .events = {{"boost", "x > 1"}, {"spiky", "x > 2"}}});
  auto& silent = net.neuron_group(1, {.equations = "x : 1"});
  CHECK(message_of([&] { group.run_on_event("bost", "x = 0"); }) ==
        "'neurongroup' has no event 'bost'; did you mean 'boost'?");
  CHECK(message_of([&] { group.set_event_schedule("unheard", {.when = "end"}); }) ==
        "'neurongroup' has no event 'unheard'; it has boost, spiky");
  CHECK(message_of([&] { silent.run_on_event("spike", "x = 0"); }) ==
        "'neurongroup_1' has no event 'spike'; it has none: give it a threshold, or events");
  CHECK(message_of([&] { net.synapses(group, group, {.on_pre = "x += 1", .on_event = "bosst"}); }) ==
        "'neurongroup' has no event 'bosst'; did you mean 'boost'?");
  CHECK_THROWS_AS(net.synapses(group, group, {.on_pre = "x += 1"}), ModelError);
}

TEST_CASE("an event has one piece of code") {
  Network net;
  auto& group = net.neuron_group(
      1, {.equations = "x : 1", .threshold = "x > 1", .reset = "x = 0", .events = {{"boost", "x > 0.5"}}});
  group.run_on_event("boost", "x += 1");
  CHECK(message_of([&] { group.run_on_event("boost", "x += 2"); }) ==
        "'neurongroup': the event 'boost' has code already; write all of it there");
  CHECK(message_of([&] { group.run_on_event("spike", "x += 2"); }) ==
        "'neurongroup': the event 'spike' has code already, the reset; write all of it there");
  auto& other = net.neuron_group(1, {.equations = "x : 1", .events = {{"boost", "x > 0.5"}}});
  CHECK(message_of([&] { other.run_on_event("boost", " # nothing"); }) ==
        "'neurongroup_1': there is no code to run on the event 'boost'");
  CHECK_THROWS_AS(other.run_on_event("boost", "y = 1*mV + x"), ModelError);
  other.run_on_event("boost", "x = 0");  // the failed calls changed nothing
  other["x"] = 1.0;
  net.step();
  CHECK(other["x"].values()[0] == 0);
}

TEST_CASE("gotcha 69: groups without equations, threshold or code are legal") {
  Network net;
  auto& empty = net.neuron_group(1, {});
  auto& parameter = net.neuron_group(2, {.equations = "x : 1"});
  auto& spikes = net.spike_monitor(empty);
  net.run(1 * ms);
  CHECK(spikes.num_spikes() == 0);
  CHECK(parameter["x"].values()[1] == 0);
}

TEST_CASE("gotcha 39: the spikes of a group that is not active any more drive nothing") {
  Network net;
  auto& source =
      net.neuron_group(1, {.equations = "dv/dt = 0*Hz : 1", .threshold = "True", .reset = "v = 0"});
  auto& target = net.neuron_group(1, {.equations = "w : 1"});
  auto& synapses = net.synapses(source, target, {.on_pre = "w += 1"});
  synapses.connect();
  net.run(0.5 * ms);
  source.set_active(false);
  net.run(0.5 * ms);
  CHECK(target["w"].values()[0] == 5);
}
