// A host that owns the loop; and the time of section 7 where dt changes. See docs/embedding.md.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <ranvier/ranvier.hpp>

using namespace ranvier;
using namespace ranvier::units;

TEST_CASE("a host adds currents, injects and reads spikes step by step") {
  Network net;
  auto& neurons = net.neuron_group(3, {.equations = "dv/dt = I/(0.1*ms) : 1\nI : 1",
                                       .threshold = "v >= 1",
                                       .reset = "v = 0",
                                       .method = "euler"});
  const auto v = neurons["v"].values();
  std::vector<std::pair<int, int>> seen;
  for (int step = 0; step < 6; ++step) {
    neurons["I"] = 0;
    neurons["I"].slice(1, 3) += 0.25 * step;
    const std::vector<std::int32_t> first{0};
    if (step == 4) net.inject_spikes(neurons, first);
    net.step();
    for (const std::int32_t k : net.spikes(neurons)) seen.emplace_back(step, k);
  }
  // 0, 0.25, 0.75, 1.5 -> 0, 1 -> 0, 1.25 -> 0
  CHECK(seen == std::vector<std::pair<int, int>>{{3, 1}, {3, 2}, {4, 0}, {4, 1}, {4, 2}, {5, 1}, {5, 2}});
  CHECK(v[0] == 0);
  CHECK(net.clock().timestep == 6);
}

TEST_CASE("dt changes between runs reach exact propagators, timed arrays and Poisson neurons") {  // gotcha 37
  Network net({.seed = 4});
  const TimedArray steps({1.0, 2.0, 3.0, 4.0}, 1 * ms);
  auto& group = net.neuron_group(
      1,
      {.equations = "dv/dt = -v/(10*ms) : 1\nx = f(t) : 1", .method = "exact", .namespace_ = {{"f", steps}}});
  auto& input = net.poisson_group(20000, 100 * Hz);
  auto& counter = net.spike_monitor(input);
  auto& monitor = net.state_monitor(group, {.variables = {"v", "x"}});
  group["v"] = 1;
  net.run(2 * ms);
  const auto before = counter.num_spikes();
  net.set_dt(0.5 * ms);
  net.run(0.5 * ms);
  CHECK(group["v"][0] == doctest::Approx(std::exp(-0.25)).epsilon(1e-14));  // right after the change
  net.run(1.5 * ms);
  const auto x = monitor.trace("x", 0);
  CHECK(std::vector(x.end() - 4, x.end()) == std::vector<double>{3, 3, 4, 4});
  const auto after = static_cast<double>(counter.num_spikes() - before);
  for (const double spikes : {static_cast<double>(before), after})
    CHECK(std::abs(spikes - 4000) < 5 * std::sqrt(4000.0));  // 20000*100 Hz*2 ms, within 5 sigma
}
