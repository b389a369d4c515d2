// Spikes at given times: steps, periods, mistakes.
#include <doctest/doctest.h>

#include <cmath>
#include <ranvier/ranvier.hpp>
#include <ranvier/tests/support/message_of.hpp>

using namespace ranvier;
using namespace ranvier::units;
using test::message_of;

namespace {

using Steps = std::vector<std::int64_t>;
using Indices = std::vector<std::int32_t>;

Steps steps_of(const SpikeMonitor& monitor, double dt = 1e-4) {
  Steps steps;
  for (const double t : monitor.times()) steps.push_back(std::llround(t / dt));
  return steps;
}

Indices indices_of(const SpikeMonitor& monitor) {
  return {monitor.indices().begin(), monitor.indices().end()};
}

}  // namespace

TEST_CASE("a spike generator spikes when it is told to, in the order of steps and neurons") {
  Network net;
  auto& source = net.spike_generator_group(4, {2, 0, 3, 1, 0}, {1 * ms, 1 * ms, 0 * ms, 2 * ms, 2 * ms});
  auto& spikes = net.spike_monitor(source);
  net.run(3 * ms);
  CHECK(steps_of(spikes) == Steps{0, 10, 10, 20, 20});
  CHECK(indices_of(spikes) == Indices{3, 0, 2, 0, 1});
  CHECK(spikes.times()[1] == 10 * 1e-4);
}

TEST_CASE("gotcha 58: times are binned by truncation with a slack of a thousandth of a step") {
  Network net;
  auto& source = net.spike_generator_group(5, {0, 1, 2, 3, 4},
                                           {0.0999 * ms, 0.1 * ms, 0.09989 * ms, 0.09 * ms, 0.19991 * ms});
  auto& spikes = net.spike_monitor(source);
  net.run(0.3 * ms);
  CHECK(steps_of(spikes) == Steps{0, 0, 1, 1, 2});
  CHECK(indices_of(spikes) == Indices{2, 3, 0, 1, 4});
}

TEST_CASE("gotcha 58: multiples of dt stay in their own step for long times") {
  std::vector<Time> times;
  for (int k = 0; k < 50000; ++k) times.push_back(k * (0.1 * ms));
  Network net;
  auto& source =
      net.spike_generator_group(1, std::vector<std::int64_t>(times.size(), 0), times, {.sorted = true});
  auto& spikes = net.spike_monitor(source, {.record = false});
  net.run(5 * second);
  CHECK(spikes.num_spikes() == 50000);
}

TEST_CASE("a period brings the spikes again, and again") {
  Network net;
  auto& source = net.spike_generator_group(2, {0, 1, 1}, {0 * ms, 0.2 * ms, 0.4 * ms}, {.period = 0.5 * ms});
  auto& spikes = net.spike_monitor(source);
  net.run(0.7 * ms);
  net.run(0.5 * ms);
  CHECK(steps_of(spikes) == Steps{0, 2, 4, 5, 7, 9, 10});
  CHECK(indices_of(spikes) == Indices{0, 1, 1, 0, 1, 1, 0});
}

TEST_CASE("gotcha 58: a time that is rounded to the end of the period first comes there") {
  Network net;
  auto& source = net.spike_generator_group(2, {0, 1}, {0.3 * ms, 0.99995 * ms}, {.period = 1 * ms});
  auto& spikes = net.spike_monitor(source);
  net.run(2.1 * ms);
  CHECK(steps_of(spikes) == Steps{3, 10, 13, 20});
  CHECK(indices_of(spikes) == Indices{0, 1, 0, 1});
}

TEST_CASE("gotcha 59: spikes and period may be changed between runs, and the period is not kept") {
  Network net;
  auto& source = net.spike_generator_group(2, {0}, {0.1 * ms}, {.period = 0.5 * ms});
  auto& spikes = net.spike_monitor(source);
  net.run(1 * ms);
  source.set_spikes({1, 0}, {1.3 * ms, 1.1 * ms});
  net.run(1 * ms);
  source.set_spikes({1}, {0.2 * ms}, {.period = 0.3 * ms});
  net.run(0.5 * ms);
  CHECK(steps_of(spikes) == Steps{1, 6, 11, 13, 20, 23});
  CHECK(indices_of(spikes) == Indices{0, 0, 0, 1, 1, 1});
}

TEST_CASE("a very long period is fine") {
  Network net;
  auto& source = net.spike_generator_group(3, {0, 1, 2}, {0 * ms, 1 * ms, 2 * ms}, {.period = 1e6 * second});
  auto& spikes = net.spike_monitor(source);
  net.run(10 * ms);
  CHECK(steps_of(spikes) == Steps{0, 10, 20});
}

TEST_CASE("spikes of a generator with steps of its own, and after dt changed") {
  Network net;
  auto& source = net.spike_generator_group(1, {0, 0, 0}, {1 * ms, 2 * ms, 3.5 * ms}, {.dt = 0.5 * ms});
  auto& other = net.spike_generator_group(1, {0, 0}, {1 * ms, 3.5 * ms});
  auto& spikes = net.spike_monitor(source);
  auto& others = net.spike_monitor(other);
  net.run(3 * ms);
  CHECK(steps_of(spikes, 5e-4) == Steps{2, 4});
  net.set_dt(0.2 * ms);
  net.run(1 * ms);
  CHECK(steps_of(spikes, 5e-4) == Steps{2, 4, 7});
  REQUIRE(others.num_spikes() == 2);
  CHECK(others.times()[1] == doctest::Approx(3.4e-3));
}

TEST_CASE("spikes before the beginning of a run never come, with a warning") {
  Network net;
  auto& early = net.spike_generator_group(1, {0, 0}, {0.5 * ms, 1.5 * ms});
  net.run(1 * ms);
  CHECK(net.warnings().empty());
  early.set_spikes({0, 0, 0}, {0.2 * ms, 0.5 * ms, 1 * ms});
  auto& spikes = net.spike_monitor(early);
  net.run(1 * ms);
  CHECK(steps_of(spikes) == Steps{10});
  REQUIRE(net.warnings().size() == 1);
  CHECK(code_name(net.warnings()[0].code) == "RV0623");
  CHECK(net.warnings()[0].message ==
        "'spikegeneratorgroup': 2 of its spikes lie before 0.001 s, when it was given them, and never come");
}

TEST_CASE("what cannot be a list of spikes is refused where it is given") {
  Network net;
  const auto make = [&](std::vector<std::int64_t> indices, std::vector<Time> times,
                        SpikeGeneratorGroupOptions options = {}) {
    return message_of([&] { net.spike_generator_group(2, indices, times, options); });
  };
  const std::string at = "'spikegeneratorgroup': ";
  CHECK(make({0, 1}, {1 * ms}) == at + "2 indices, but 1 times; each spike has one of both");
  CHECK(make({0, 2}, {1 * ms, 1 * ms}) ==
        at + "spike 1 is of neuron 2, which is out of range; it must lie in [0, 2)");
  CHECK(make({-1}, {1 * ms}) == at + "spike 0 is of neuron -1, which is out of range; it must lie in [0, 2)");
  CHECK(make({0}, {-1 * ms}) == at + "spike 0 comes at -0.001 s; times must be zero or positive");
  CHECK(make({0}, {1 * ms}, {.period = 1 * ms}) ==
        at + "the period of 0.001 s must be longer than the last time, 0.001 s");
  CHECK(make({0}, {1 * ms}, {.period = -1 * ms}) ==
        at + "a period of -0.001 s; it must be positive, or 0 for none");
  CHECK(make({0, 0}, {2 * ms, 1 * ms}, {.sorted = true}) ==
        at + "the times were said to be sorted, but they do not ascend");
  CHECK_THROWS_AS(net.spike_generator_group(0, {}, {}), NetworkError);
  auto& group = net.spike_generator_group(2, {0}, {0 * ms});
  CHECK(group.name() == "spikegeneratorgroup");
  CHECK_THROWS_AS(group.set_spikes({5}, {1 * ms}), NetworkError);
  net.step();
  CHECK(group.spikes().size() == 1);
}

TEST_CASE("two spikes of a neuron in one step are an error, also if others stand between them") {
  Network net;
  auto& group = net.spike_generator_group(2, {0, 1, 0}, {1.01 * ms, 1.02 * ms, 1.03 * ms});
  CHECK(message_of([&] { net.run(1 * ms); }) ==
        "'spikegeneratorgroup': neuron 0 has two spikes in one step of 0.0001 s, at 0.00101 s and at 0.00103 "
        "s; "
        "leave one out or shorten dt");
  group.set_spikes({0, 1, 0}, {1.01 * ms, 1.02 * ms, 1.13 * ms});
  net.run(2 * ms);
  CHECK(net.time().in(ms) == doctest::Approx(2));
}

TEST_CASE("a period is a whole number of steps") {
  Network net;
  net.spike_generator_group(1, {0}, {0 * ms}, {.period = 0.25 * ms, .name = "wrong"});
  CHECK(message_of([&] { net.prepare(); }) ==
        "'wrong': the period of 0.00025 s is not a whole number of its steps of 0.0001 s");
  Network fine;
  fine.spike_generator_group(1, {0}, {0 * ms}, {.period = 0.3 * ms});
  fine.run(1 * ms);
}

TEST_CASE("a spike generator is a source of synapses, whole or in slices") {
  Network net;
  auto& source = net.spike_generator_group(4, {0, 3, 2, 1}, {0 * ms, 0 * ms, 0.1 * ms, 0.1 * ms});
  auto& target = net.neuron_group(2, {.equations = "v : 1"});
  auto& all = net.synapses(source, target, {.on_pre = "v += 1"});
  all.connect({.i = Indices{0, 1, 2, 3}, .j = Indices{0, 0, 0, 0}});
  auto& part = net.synapses(source.slice(2, 4), target, {.on_pre = "v += 10**i", .delay = 0.1 * ms});
  part.connect({.i = Indices{0, 1}, .j = Indices{1, 1}});
  net.step();
  CHECK(target["v"].values()[0] == 2);
  CHECK(target["v"].values()[1] == 0);
  net.step(2);
  CHECK(target["v"].values()[0] == 4);
  CHECK(target["v"].values()[1] == 11);
}

TEST_CASE("any split of a run gives a generator's spikes") {
  const auto run = [](std::vector<int> splits) {
    Network net;
    auto& source = net.spike_generator_group(3, {0, 1, 2, 0}, {0.1 * ms, 0.3 * ms, 0.3 * ms, 0.6 * ms},
                                             {.period = 0.7 * ms});
    auto& spikes = net.spike_monitor(source);
    for (const int n : splits) net.step(n);
    return steps_of(spikes);
  };
  CHECK(run({30}) == run({1, 2, 3, 4, 5, 6, 9}));
  CHECK(run({30}).size() == 17);
}
