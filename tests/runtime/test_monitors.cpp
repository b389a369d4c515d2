#include <doctest/doctest.h>

#include <ranvier/runtime/network.hpp>
#include <vector>

using namespace ranvier;
using namespace ranvier::units;

namespace {

/// Two neurons that spike by hand: (0, 1 ms), (1, 1 ms), (0, 2 ms).
struct ThreeSpikes {
  Network net;
  NeuronGroup& group = net.neuron_group(2, {.equations = "v : 1"});
  PopulationRateMonitor& rate = net.population_rate_monitor(group);
  SpikeMonitor& spikes = net.spike_monitor(group);

  ThreeSpikes() {
    net.step(10);
    net.inject_spikes(group, std::vector<std::int32_t>{0, 1});
    net.step(10);
    net.inject_spikes(group, std::vector<std::int32_t>{0});
    net.step(20);
  }
};

}  // namespace

TEST_CASE("the population rate is spikes per neuron and second (vector A8)") {
  ThreeSpikes world;
  for (std::size_t k = 0; k < 40; ++k) {
    CAPTURE(k);
    CHECK(world.rate.rates()[k] == doctest::Approx(k == 10 ? 10000 : k == 20 ? 5000 : 0));
  }
}

TEST_CASE("a flat window of 0.5 ms smooths over five steps (vector A8)") {
  ThreeSpikes world;
  const auto smooth = world.rate.smooth_rate("flat", 0.5 * ms);
  for (std::size_t k = 0; k < 40; ++k) {
    CAPTURE(k);
    CHECK(smooth[k] == doctest::Approx(k >= 8 && k <= 12 ? 2000 : k >= 18 && k <= 22 ? 1000 : 0));
  }
}

TEST_CASE("a gaussian window of 0.2 ms (vector A8)") {
  ThreeSpikes world;
  const auto smooth = world.rate.smooth_rate("gaussian", 0.2 * ms);
  const double bins[] = {276.3055,  662.8225,  1238.3154, 1801.7382, 2041.6369,
                         1801.7382, 1238.3154, 662.8225,  276.3055};
  for (std::size_t k = 0; k < 9; ++k) {
    CHECK(smooth[6 + k] == doctest::Approx(bins[k]).epsilon(1e-7));
    CHECK(smooth[16 + k] == doctest::Approx(bins[k] / 2).epsilon(1e-7));
  }
  CHECK_THROWS_AS(world.rate.smooth_rate("round", 1 * ms), NetworkError);
  CHECK_THROWS_AS(world.rate.smooth_rate("flat", 0 * ms), NetworkError);
}

TEST_CASE("bins must be multiples of the step; an incomplete last bin is dropped") {
  ThreeSpikes world;
  const auto [starts, rates] = world.rate.binned_rate(0.3 * ms);
  CHECK(starts.size() == 13);
  CHECK(rates[3] == doctest::Approx(10000.0 / 3));
  CHECK_THROWS_AS(world.rate.binned_rate(0.25 * ms), NetworkError);
}

TEST_CASE("a spike monitor gives spikes by time, then index, and trains for all neurons") {
  ThreeSpikes world;
  CHECK(std::vector<std::int32_t>(world.spikes.indices().begin(), world.spikes.indices().end()) ==
        std::vector<std::int32_t>{0, 1, 0});
  CHECK(world.spikes.times()[0] == 10 * 1e-4);
  CHECK(world.spikes.counts()[0] == 2);
  CHECK(world.spikes.counts()[1] == 1);
  CHECK(world.spikes.spike_trains().at(1) == std::vector<double>{10 * 1e-4});
}

TEST_CASE("a spike monitor of a slice sees and numbers only its part; one that only counts has no times") {
  Network net;
  auto& group = net.neuron_group(4, {.equations = "v : 1"});
  auto& part = net.spike_monitor(group.slice(1, 3));
  auto& counter = net.spike_monitor(group, {.record = false});
  net.inject_spikes(group, std::vector<std::int32_t>{0, 2, 3});
  net.step();
  CHECK(part.num_spikes() == 1);
  CHECK(part.indices()[0] == 1);
  CHECK(counter.num_spikes() == 3);
  CHECK_THROWS_AS(counter.times(), NetworkError);
}

TEST_CASE("a state monitor records the state before the step, subexpressions too, by element number") {
  Network net({.dt = 1 * ms});
  auto& group = net.neuron_group(
      4, {.equations = "dv/dt = 1*volt/second : volt\nw = v*2 : volt\ns : 1 (shared)", .method = "euler"});
  auto& state = net.state_monitor(group.slice(1, 4), {.variables = {"v", "w", "s"}, .record = {2, 0}});
  group["v"] = "i*volt";
  group["s"] = 3.0;
  net.run(2 * ms);
  state.record_single_timestep();
  CHECK(state.times().size() == 3);
  CHECK(state.trace("v", 2)[0] == 3);
  CHECK(state.trace("v", 0)[2] == doctest::Approx(1.002));
  CHECK(state.trace("w", 2)[1] == doctest::Approx(6.002));
  CHECK(state.trace("s", 0) == std::vector<double>{3, 3, 3});
  CHECK(state.unit("w") == "volt");
  CHECK_THROWS_AS(state.trace("v", 1), NetworkError);
  CHECK_THROWS_AS(state.trace("x", 0), NetworkError);
  CHECK_THROWS_AS(net.state_monitor(group, {.variables = {"vv"}}), NetworkError);
  CHECK_THROWS_AS(net.state_monitor(group, {.variables = {"v"}, .record = {4}}), NetworkError);
}
