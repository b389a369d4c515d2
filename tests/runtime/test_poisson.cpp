// Poisson neurons: both ways of drawing have one distribution, and follow their rates.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <ranvier/ranvier.hpp>
#include <utility>

using namespace ranvier;
using namespace ranvier::units;

namespace {

struct Moments {
  double mean = 0, variance = 0;
};

Moments moments(const std::vector<double>& values) {
  Moments m;
  const auto n = static_cast<double>(values.size());
  for (const double x : values) m.mean += x / n;
  for (const double x : values) m.variance += (x - m.mean) * (x - m.mean) / (n - 1);
  return m;
}

std::vector<double> counts(const SpikeMonitor& monitor) {
  return {monitor.counts().begin(), monitor.counts().end()};
}

std::vector<std::vector<std::int64_t>> trains(const SpikeMonitor& monitor) {
  std::vector<std::vector<std::int64_t>> all;
  for (const auto& [neuron, times] : monitor.spike_trains()) {
    all.emplace_back();
    for (const double t : times) all.back().push_back(std::llround(t / 1e-4));
  }
  return all;
}

/// Values draw by jumps, texts in every step.
const Rates ways[] = {3000 * Hz, "3000*Hz"};

}  // namespace

TEST_CASE("counts of Poisson neurons have the mean and variance of independent steps") {
  for (const Rates& rates : {Rates(90 * Hz), Rates("90*Hz")}) {
    Network net({.seed = 5});
    auto& input = net.poisson_group(2000, rates);
    auto& spikes = net.spike_monitor(input, {.record = false});
    net.run(500 * ms);
    const double p = 0.009, expected = 5000 * p, variance = expected * (1 - p);
    const Moments m = moments(counts(spikes));
    CHECK(std::abs(m.mean - expected) < 5 * std::sqrt(variance / 2000));
    CHECK(std::abs(m.variance - variance) < 5 * variance * std::sqrt(2.0 / 1999));
  }
}

TEST_CASE("intervals of Poisson neurons are geometric, whichever way they are drawn") {
  for (const Rates& rates : ways) {
    Network net({.seed = 6});
    auto& input = net.poisson_group(300, rates);
    auto& spikes = net.spike_monitor(input);
    net.run(200 * ms);
    std::vector<double> intervals(12);
    double total = 0;
    for (const auto& train : trains(spikes))
      for (std::size_t k = 1; k < train.size() && train[k - 1] < 1900; ++k, ++total)
        ++intervals[static_cast<std::size_t>(std::min<std::int64_t>(train[k] - train[k - 1], 11))];
    REQUIRE(total > 100000);
    for (std::size_t k = 1; k < 11; ++k) {
      const double p = 0.3 * std::pow(0.7, static_cast<double>(k) - 1);
      CHECK(std::abs(intervals[k] - total * p) < 5 * std::sqrt(total * p * (1 - p)));
    }
  }
}

TEST_CASE("Poisson neurons are independent of each other, and of their own past") {
  for (const Rates& rates : ways) {
    Network net({.seed = 7});
    auto& input = net.poisson_group(100, rates);
    auto& spikes = net.spike_monitor(input);
    net.run(200 * ms);
    std::vector<std::vector<double>> raster(100, std::vector<double>(2000));
    const auto spiked = trains(spikes);
    for (std::size_t k = 0; k < 100; ++k)
      for (const std::int64_t step : spiked[k]) raster[k][static_cast<std::size_t>(step)] = 1;
    double neighbours = 0, past = 0;
    for (std::size_t k = 0; k < 99; ++k)
      for (std::size_t s = 1; s < 2000; ++s) {
        neighbours += (raster[k][s] - 0.3) * (raster[k + 1][s] - 0.3);
        past += (raster[k][s] - 0.3) * (raster[k][s - 1] - 0.3);
      }
    const double sigma = 0.3 * 0.7 * std::sqrt(99.0 * 1999.0);
    CHECK(std::abs(neighbours) < 5 * sigma);
    CHECK(std::abs(past) < 5 * sigma);
  }
}

TEST_CASE("the way of drawing can be asked for") {
  Network net;
  auto& values = net.poisson_group(2, {1 * Hz, 2 * Hz});
  auto& text = net.poisson_group(2, "(1 + i)*Hz");
  net.prepare();
  CHECK(values.method() == "jumps");
  CHECK(text.method() == "steps");
  CHECK(values.method_reason() == "the rates are values: every neuron draws the step of its next spike");
  CHECK(net.scheduling_summary().find("given spikes") != std::string::npos);
}

TEST_CASE("any split of a run, and any company, gives the same Poisson spikes") {
  const auto run = [](const std::vector<int>& splits, bool company) {
    Network net({.seed = 8});
    if (company) net.poisson_group(10, 5000 * Hz, {.name = "company"});
    auto& input = net.poisson_group(20, 500 * Hz, {.name = "input"});
    auto& spikes = net.spike_monitor(input);
    for (const int n : splits) net.step(n), net.run(0 * ms);
    return trains(spikes);
  };
  const auto whole = run({500}, false);
  CHECK(run({1, 2, 3, 94, 400}, false) == whole);
  CHECK(run({500}, true) == whole);
}

TEST_CASE("rates change between runs, by the host and by code") {
  Network net({.seed = 9});
  auto& input = net.poisson_group(1000, 0 * Hz);
  auto& spikes = net.spike_monitor(input, {.record = false});
  auto since = [&, last = std::int64_t{0}]() mutable {
    const std::int64_t before = std::exchange(last, spikes.num_spikes());
    return static_cast<double>(last - before);
  };
  const auto expect = [&](double mean) { CHECK(std::abs(since() - mean) < 5 * std::sqrt(mean) + 1e-9); };
  net.run(10 * ms);
  expect(0);
  input["rates"] = 100 * Hz;
  net.run(10 * ms);
  expect(1000);
  input["rates"].values()[0] = 1e4;  // behind the network's back
  net.step(100);
  CHECK(spikes.counts()[0] > 90);
  since();
  input["rates"] = 0 * Hz;
  net.run(1 * ms);
  expect(0);
  input.run_regularly("rates = 1000*Hz*int(t_in_timesteps >= 400)");
  net.run(50 * ms - net.time());
  expect(1000 * 1000 * 0.01);
}

TEST_CASE("a rate of zero is silence, one beyond 1/dt a spike in every step") {
  Network net;
  auto& input = net.poisson_group(3, {0 * Hz, 10 * kHz, 25 * kHz});
  auto& spikes = net.spike_monitor(input);
  net.run(2 * ms);
  CHECK(counts(spikes) == std::vector<double>{0, 20, 20});
  REQUIRE(net.warnings().size() == 1);
  CHECK(net.warnings()[0].code == DiagnosticCode::rate_beyond_step);
}

TEST_CASE("another dt keeps the rates") {
  Network net({.seed = 10});
  auto& input = net.poisson_group(2000, 100 * Hz);
  auto& spikes = net.spike_monitor(input, {.record = false});
  net.run(50 * ms);
  net.set_dt(0.5 * ms);
  const auto before = static_cast<double>(spikes.num_spikes());
  net.run(50 * ms);
  const double expected = 2000 * 100 * 0.05;
  CHECK(std::abs(before - expected) < 5 * std::sqrt(expected));
  CHECK(std::abs(static_cast<double>(spikes.num_spikes()) - before - expected) < 5 * std::sqrt(expected));
}

TEST_CASE("an inactive Poisson group is silent, and goes on as if it had not been") {
  Network net({.seed = 11});
  auto& input = net.poisson_group(2000, 100 * Hz);
  auto& spikes = net.spike_monitor(input);
  net.run(20 * ms);
  input.set_active(false);
  net.run(20 * ms);
  input.set_active(true);
  net.run(20 * ms);
  std::vector<double> thirds(3);
  for (const double t : spikes.times()) ++thirds[static_cast<std::size_t>(t / 0.02 + 1e-9)];
  CHECK(std::abs(thirds[0] - 4000) < 5 * std::sqrt(4000.0));
  CHECK(thirds[1] == 0);
  CHECK(std::abs(thirds[2] - 4000) < 5 * std::sqrt(4000.0));
}

TEST_CASE("what was stored comes again with its random numbers, or goes another way without") {
  Network net({.seed = 12});
  auto& input = net.poisson_group(100, 200 * Hz);
  auto& given = net.spike_generator_group(1, {0, 0}, {5 * ms, 15 * ms});
  net.run(10 * ms);
  net.store();
  const auto next = [&] {
    std::vector<std::int32_t> spikes;
    for (int k = 0; k < 100; ++k) {
      net.step();
      spikes.insert(spikes.end(), input.spikes().begin(), input.spikes().end());
      for (const std::int32_t neuron : given.spikes()) spikes.push_back(1000 + neuron);
    }
    return spikes;
  };
  const auto first = next();
  CHECK(std::ranges::count(first, 1000) == 1);
  given.set_spikes({}, {});
  net.restore("default", {.random_state = true});
  CHECK(next() == first);
  net.restore("default", {.random_state = false});
  const auto other = next();
  CHECK(other != first);
  CHECK(std::ranges::count(other, 1000) == 1);
}

TEST_CASE("rates that cannot be are refused") {
  Network net;
  CHECK_THROWS_AS(net.poisson_group(3, {1 * Hz, 2 * Hz}), NetworkError);
  CHECK_THROWS_AS(net.poisson_group(2, {1 * Hz, -2 * Hz}), NetworkError);
  CHECK_THROWS_AS(net.poisson_group(2, "10*mV"), ModelError);
  const Clock& times = net.clock(std::array{1 * ms});
  CHECK_THROWS_AS(net.poisson_group(2, 10 * Hz, {.clock = &times}), NetworkError);
  CHECK_THROWS_AS(net.spike_generator_group(2, {}, {}, {.clock = &times}), NetworkError);
  auto& input = net.poisson_group(2, 10 * Hz);
  net.run(1 * ms);
  input["rates"][1] = -1 * Hz;
  CHECK_THROWS_AS(net.run(1 * ms), NetworkError);
  input["rates"] = 0 * Hz;
  net.run(1 * ms);
}
