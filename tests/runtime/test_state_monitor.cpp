// What a state monitor records: which variables, which elements, when, and how it is read.
#include <doctest/doctest.h>

#include <cmath>
#include <ranvier/ranvier.hpp>

using namespace ranvier;
using namespace ranvier::units;
using Numbers = std::vector<std::int64_t>;
using Values = std::vector<double>;

namespace {

/// Ten elements: x counts steps from the element's number, s is shared, k and b are no floats.
struct Counters {
  Network net;
  NeuronGroup& group = net.neuron_group(10, {.equations = "dx/dt = 1/(0.1*ms) : 1\n"
                                                          "y = 2*x + i : 1\n"
                                                          "z = 3*s : volt (shared)\n"
                                                          "late = x > 3.5 : boolean\n"
                                                          "whole = int(x) : integer\n"
                                                          "s : volt (shared)\n"
                                                          "k : integer\n"
                                                          "b : boolean",
                                             .method = "euler"});
  Counters() {
    group["x"] = "i";
    group["s"] = 2 * volt;
    group["k"] = "100*i";
    group["b"] = "i % 2 == 1";
  }
};

}  // namespace

TEST_CASE("gotcha 61: a state monitor addresses by element index and records at slot start") {
  Counters world;
  auto& m = world.net.state_monitor(world.group, {.variables = {"x"}, .record = {7, 2}});
  world.net.run(0.3 * ms);
  CHECK(m.trace("x", 2) == Values{2, 3, 4});  // the state before each step's update
  CHECK(m.trace("x", 7) == Values{7, 8, 9});
  CHECK(m.values("x") == std::vector<Values>{{7, 8, 9}, {2, 3, 4}});
  CHECK_THROWS_WITH_AS(m.trace("x", 0), doctest::Contains("does not record element 0"), NetworkError);
  m.record_single_timestep();
  CHECK(m.trace("x", 2).back() == 5);
  CHECK(m.times().back() == 3 * 1e-4);
}

TEST_CASE("elements are recorded as all, none, one, a list, a range or a condition") {
  Counters world;
  const auto recorded = [&](const RecordSelection& record) {
    return world.net.state_monitor(world.group.slice(2, 10), {.variables = {"x"}, .record = record})
        .elements();
  };
  CHECK(recorded({}).size() == 8);
  CHECK(recorded(true).size() == 8);
  CHECK(recorded(false).empty());
  CHECK(recorded(3) == Numbers{3});
  CHECK(recorded(0) == Numbers{0});
  CHECK(recorded({4, 1}) == Numbers{4, 1});
  CHECK(recorded(std::vector<int>{4, 1}) == Numbers{4, 1});
  CHECK(recorded(ElementRange{1, 8, 3}) == Numbers{1, 4, 7});
  CHECK(recorded("x > 6.5") == Numbers{5, 6, 7});  // numbers of the slice
  CHECK_THROWS_AS(recorded(8), NetworkError);
  CHECK_THROWS_AS(recorded({0, -1}), NetworkError);
  CHECK_THROWS_AS(recorded(ElementRange{0, 9}), NetworkError);
  CHECK_THROWS_AS(recorded(ElementRange{0, 8, 0}), NetworkError);
  CHECK_THROWS_AS(recorded("q > 1"), ModelError);
  static_assert(!std::is_constructible_v<RecordSelection, std::vector<bool>>);
}

TEST_CASE("all variables that the equations define are recorded, of every type") {
  Counters world;
  auto& m = world.net.state_monitor(world.group, {.variables = all_variables, .record = {3}});
  world.net.run(0.2 * ms);
  CHECK(m.table().info().columns.size() == 9);  // with t
  CHECK(m.trace("y", 3) == Values{9, 11});
  CHECK(m.trace("late", 3) == Values{0, 1});
  CHECK(m.trace("whole", 3) == Values{3, 4});
  CHECK(m.trace("k", 3) == Values{300, 300});
  CHECK(m.trace("b", 3) == Values{1, 1});
  CHECK(m.unit("z") == "volt");
  CHECK(m.unit("t") == "second");
  CHECK(m.unit("k") == "1");
}

TEST_CASE("a shared variable is recorded once, and read for every element or for none") {
  Counters world;
  auto& m = world.net.state_monitor(world.group, {.variables = {"s", "z", "x"}, .record = {1, 2}});
  auto& none = world.net.state_monitor(world.group, {.variables = "z", .record = false});
  world.net.run(0.2 * ms);
  CHECK(m.trace("s", 2) == Values{2, 2});
  CHECK(m.trace("z") == Values{6, 6});
  CHECK(none.trace("z") == Values{6, 6});
  CHECK(m.values("z") == std::vector<Values>{{6, 6}, {6, 6}});
  CHECK(m.table().info().row_bytes() == 8 + 8 + 8 + 2 * 8);
  CHECK_THROWS_AS(m.trace("x"), NetworkError);
  CHECK_THROWS_AS(none.trace("z", 0), NetworkError);
}

TEST_CASE("restoring gives a monitor the rows that it had, and it goes on from there") {
  Counters world;
  auto& m = world.net.state_monitor(world.group, {.variables = {"x", "b"}, .every = 2});
  world.net.run(0.5 * ms);
  world.net.store();
  const auto before = m.values("x");
  world.net.run(0.5 * ms);
  const auto after = m.values("x");
  world.net.restore();
  CHECK(m.values("x") == before);
  CHECK(m.trace("b", 3) == Values{1, 1, 1});
  world.net.run(0.5 * ms);
  CHECK(m.values("x") == after);
}

TEST_CASE("what cannot be recorded is named") {
  Counters world;
  const auto error = [&](const StateMonitorOptions& options) {
    try {
      world.net.state_monitor(world.group, options);
    } catch (const NetworkError& e) {
      return std::string(e.what());
    }
    return std::string();
  };
  CHECK(error({.variables = {"lat"}}).find("did you mean 'late'") != std::string::npos);
  CHECK(error({.variables = {}}).find("at least one variable") != std::string::npos);
  CHECK(error({.variables = {"x"}, .every = 0}).find(".every is 0") != std::string::npos);
  CHECK(error({.variables = {"x"}, .record = 10}).find("must lie in [0, 10)") != std::string::npos);
  CHECK(world.net.state_monitor(world.group, {.variables = {"x"}}).name() == "statemonitor");
}

TEST_CASE("gotcha 77: state monitors on event clocks and with other dt take their own clock's times") {
  Counters world;
  const std::vector<Time> times{0.7 * ms, 0.15 * ms, 0.3 * ms};
  auto& events = world.net.state_monitor(
      world.group, {.variables = {"x", "y"}, .record = 0, .clock = &world.net.clock(times)});
  auto& coarse = world.net.state_monitor(world.group, {.variables = {"x"}, .record = 0, .dt = 0.4 * ms});
  auto& late = world.net.state_monitor(world.group, {.variables = {"x"}, .record = 0, .when = "end"});
  world.net.run(1 * ms);
  CHECK(Values(events.times()) == Values{0.15e-3, 0.3e-3, 0.7e-3});
  CHECK(events.trace("x", 0) == Values{2, 3, 7});  // 0.15 ms: after the steps at 0 and 0.1 ms
  CHECK(events.trace("y", 0) == Values{4, 6, 14});
  CHECK(coarse.trace("x", 0) == Values{0, 4, 8});
  CHECK(late.trace("x", 0)[0] == 1);
  events.record_single_timestep();
  CHECK(events.times().back() == 1e-3);
  CHECK(events.trace("x", 0).back() == 10);
}

TEST_CASE("an inactive monitor records nothing") {
  Counters world;
  auto& m = world.net.state_monitor(world.group, {.variables = {"x"}, .record = 0});
  world.net.run(0.2 * ms);
  m.set_active(false);
  world.net.run(0.2 * ms);
  m.set_active(true);
  world.net.run(0.1 * ms);
  CHECK(m.trace("x", 0) == Values{0, 1, 4});
}

TEST_CASE("decimation records every k-th step, however runs are split") {
  Counters one, split;
  auto& a = one.net.state_monitor(one.group, {.variables = {"x"}, .record = 0, .every = 4});
  auto& b = split.net.state_monitor(split.group, {.variables = {"x"}, .record = 0, .every = 4});
  one.net.run(1.1 * ms);
  for (int k = 0; k < 11; ++k) split.net.run(0.1 * ms);
  CHECK(a.trace("x", 0) == Values{0, 4, 8});
  CHECK(b.trace("x", 0) == a.trace("x", 0));
}

TEST_CASE("float32 keeps floats rounded to single precision, in half the memory") {
  Network net;
  auto& group = net.neuron_group(2, {.equations = "v : volt\nn : integer"});
  group["v"] = 0.1 * volt;
  group["n"] = 123456789.0;
  auto& m = net.state_monitor(group, {.variables = {"v", "n"}, .float32 = true});
  net.step();
  CHECK(m.trace("v", 1)[0] == static_cast<double>(0.1f));
  CHECK(m.trace("n", 1)[0] == 123456789);
  CHECK(m.table().info().row_bytes() == 8 + 2 * 4 + 2 * 4);
}

TEST_CASE("recordings of many chunks read like one") {
  Network net;
  auto& group = net.neuron_group(300, {.equations = "x : 1"});
  group["x"] = "i";
  auto& m = net.state_monitor(group, {.variables = {"x"}});
  const std::int64_t steps = 1000;
  net.step(steps);
  CHECK(m.table().chunks() > 5);
  const Series<double> times = m.times();
  REQUIRE(std::ssize(times) == steps);
  for (std::int64_t k = 0; k < steps; ++k)
    CHECK(times[static_cast<std::size_t>(k)] == static_cast<double>(k) * 1e-4);
  CHECK(Values(times).back() == times.back());
  CHECK(m.trace("x", 299) == Values(steps, 299));
}

TEST_CASE("synapses are recorded by their numbers, also after others were made") {
  Network net;
  auto& group = net.neuron_group(3, {.equations = "v : 1", .threshold = "v > 1"});
  auto& synapses =
      net.synapses(group, group, {.equations = "w : 1\ndouble = 2*w : 1", .on_pre = "v_post += w"});
  CHECK_THROWS_AS(net.state_monitor(synapses, {.variables = {"w"}}), NetworkError);
  synapses.connect({.i = {2, 0}, .j = {1, 1}});
  synapses["w"] = std::vector<double>{20, 1};
  auto& m = net.state_monitor(synapses, {.variables = {"w", "double"}});
  auto& some = net.state_monitor(synapses, {.variables = {"w"}, .record = "i == 2"});
  net.step();
  synapses.connect({.i = {1}, .j = {0}});
  net.step();
  CHECK(m.elements() == Numbers{0, 1});
  CHECK(m.trace("w", 0) == Values{20, 20});
  CHECK(m.trace("double", 1) == Values{2, 2});
  CHECK(some.elements() == Numbers{0});
  CHECK(some.trace("w", 0) == Values{20, 20});
}
