// What a spike monitor records besides times and neurons, and rates of populations and of neurons.
#include <doctest/doctest.h>

#include <cmath>
#include <ranvier/ranvier.hpp>

using namespace ranvier;
using namespace ranvier::units;
using Values = std::vector<double>;

namespace {

/// Neuron k counts up by k+1 a step and spikes beyond 9.5.
struct Counting {
  Network net{{.dt = 1 * second}};
  NeuronGroup& group = net.neuron_group(3, {.equations = "dx/dt = (i + 1)/second : 1\n"
                                                         "y = x + 0.25 : 1\n"
                                                         "fired : integer",
                                            .threshold = "x > 9.5",
                                            .reset = "x = 0; fired += 1",
                                            .method = "euler"});
};

/// Two neurons that spike by hand: (0, 1 ms), (1, 1 ms), (0, 2 ms); 40 steps.
struct ThreeSpikes {
  Network net;
  NeuronGroup& group = net.neuron_group(2, {.equations = "v : 1"});
  SpikeMonitor& spikes = net.spike_monitor(group);
  PopulationRateMonitor& rate = net.population_rate_monitor(group);

  explicit ThreeSpikes(Time dt = 0.1 * ms) : net({.dt = dt}) {
    net.step(10);
    net.inject_spikes(group, std::vector<std::int32_t>{0, 1});
    net.step(10);
    net.inject_spikes(group, std::vector<std::int32_t>{0});
    net.step(20);
  }
};

double sum(const Values& values) {
  double total = 0;
  for (const double x : values) total += x;
  return total;
}

}  // namespace

TEST_CASE("gotcha 62: variables at the spike have their values just before the reset") {
  Counting world;
  auto& before = world.net.spike_monitor(world.group, {.variables = {"x", "y", "fired"}});
  auto& after = world.net.spike_monitor(world.group, {.variables = {"x"}, .when = "after_resets"});
  world.net.step(10);
  CHECK(before.spike_trains().at(1) == Values{4, 9});
  CHECK(before.values("x").at(1) == Values{10, 10});
  CHECK(before.values("y").at(2) == Values{12.25, 12.25});
  CHECK(before.values("fired").at(2) == Values{0, 1});
  CHECK(before.column("x") == Values{12, 10, 12, 10, 10});  // by time, then by neuron
  CHECK(after.column("x") == Values{0, 0, 0, 0, 0});
  CHECK(before.unit("x") == "1");
  const auto all = before.all_values();
  CHECK(all.size() == 4);
  CHECK(all.at("t").at(0) == Values{9});
  CHECK(all.at("x").at(0) == Values{10});
}

TEST_CASE("gotcha 63: monitors of subgroups use relative indices") {
  Counting world;
  auto& m = world.net.spike_monitor(world.group.slice(1, 3), {.variables = {"x"}});
  auto& rate = world.net.population_rate_monitor(world.group.slice(1, 3));
  world.net.step(5);
  const auto [i, t] = m.it();
  CHECK(std::vector<std::int32_t>(i) == std::vector<std::int32_t>{1, 0});
  CHECK(Values(t) == Values{3, 4});
  CHECK(m.values("x").size() == 2);
  CHECK(m.values("x").at(1) == Values{12});
  CHECK(rate.rates()[3] == 0.5);
}

TEST_CASE("a monitor that only counts has no use for variables") {
  Counting world;
  CHECK_THROWS_AS(world.net.spike_monitor(world.group, {.variables = {"x"}, .record = false}), NetworkError);
  CHECK_THROWS_AS(world.net.spike_monitor(world.group, {.variables = {"q"}}), NetworkError);
  auto& counter = world.net.spike_monitor(world.group, {.record = false});
  world.net.step(10);
  CHECK(counter.num_spikes() == 5);
  CHECK(counter.counts()[2] == 2);
  CHECK_THROWS_AS(counter.spike_trains(), NetworkError);
  CHECK_THROWS_AS(counter.table(), NetworkError);
}

TEST_CASE("more spikes in a step than a chunk holds are recorded in order") {
  Network net;
  const std::int32_t n = 50'000;
  auto& group = net.neuron_group(n, {.equations = "x = i*2 : 1", .threshold = "i >= 0"});
  auto& m = net.spike_monitor(group, {.variables = {"x"}});
  net.step(2);
  REQUIRE(m.num_spikes() == 2 * n);
  const auto x = m.column("x");
  bool in_order = true;
  for (std::size_t k = 0; k < x.size(); ++k) {
    const auto neuron = static_cast<std::int32_t>(k % static_cast<std::size_t>(n));
    in_order = in_order && m.indices()[k] == neuron && x[k] == 2.0 * neuron;
  }
  CHECK(in_order);
}

TEST_CASE("an explicit window is scaled to unit sum and must have a middle") {
  ThreeSpikes world;
  const Values same = world.rate.smooth_rate(Values{0, 3, 0});
  CHECK(same == Values(world.rate.rates()));
  const Values late = world.rate.smooth_rate(Values{0, 0, 0, 1, 3});  // a quarter one step late, the rest two
  CHECK(late[10] == 0);
  CHECK(late[11] == doctest::Approx(2500));
  CHECK(late[12] == doctest::Approx(7500));
  CHECK_THROWS_AS(world.rate.smooth_rate(Values{1, 1}), NetworkError);
  CHECK_THROWS_AS(world.rate.smooth_rate(Values{}), NetworkError);
  CHECK_THROWS_AS(world.rate.smooth_rate(Values{-1, 1, 0}), NetworkError);
}

TEST_CASE("a flat window of 0.4 ms covers five steps, and edges are attenuated") {
  ThreeSpikes world;
  const Values smooth = world.rate.smooth_rate("flat", 0.4 * ms);
  CHECK(smooth[8] == doctest::Approx(2000));
  CHECK(smooth[7] == 0);
  const Values wide = world.rate.smooth_rate("flat", 10 * ms);  // longer than the recording
  CHECK(wide.size() == 40);
  CHECK(wide[0] == doctest::Approx(15000.0 / 101));
}

TEST_CASE("rates of single neurons are smoothed and binned like those of populations") {
  ThreeSpikes world;
  const auto smooth = world.spikes.smooth_rate("gaussian", 0.2 * ms);
  const auto mean = world.rate.smooth_rate("gaussian", 0.2 * ms);
  REQUIRE(smooth.size() == 2);
  for (std::size_t k = 0; k < 40; ++k) CHECK((smooth[0][k] + smooth[1][k]) / 2 == doctest::Approx(mean[k]));
  CHECK(sum(world.spikes.smooth_rate(Values{1, 1, 1})[0]) * 1e-4 == doctest::Approx(2));
  const auto [starts, rates] = world.spikes.binned_rate(0.3 * ms);  // 13 bins; the last step belongs to none
  CHECK(starts.size() == 13);
  CHECK(starts[3] == doctest::Approx(0.9e-3));
  CHECK(rates[0][3] == doctest::Approx(1 / 0.3e-3));
  CHECK(rates[1][6] == 0);
  CHECK_THROWS_AS(world.spikes.binned_rate(0.25 * ms), NetworkError);
}

TEST_CASE("a spike in an incomplete last bin is dropped with it") {
  Network net;
  auto& group = net.neuron_group(1, {.equations = "v : 1"});
  auto& m = net.spike_monitor(group);
  auto& rate = net.population_rate_monitor(group);
  net.step(9);
  net.inject_spikes(group, std::vector<std::int32_t>{0});
  net.step(1);
  CHECK(m.binned_rate(0.4 * ms).second == std::vector<Values>{{0, 0}});
  CHECK(rate.binned_rate(0.4 * ms).second == Values{0, 0});
}

TEST_CASE("rates over steps of several lengths are refused") {
  ThreeSpikes world;
  world.net.set_dt(0.2 * ms);
  world.net.step(2);
  CHECK_THROWS_WITH_AS(world.rate.smooth_rate("flat", 1 * ms), doctest::Contains("dt changed"), NetworkError);
  CHECK_THROWS_AS(world.rate.binned_rate(1 * ms), NetworkError);
  CHECK_THROWS_AS(world.spikes.binned_rate(1 * ms), NetworkError);
}
