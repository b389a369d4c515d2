// What this machine can do at most, as one JSON line: bandwidths, arithmetic, scattered additions, and how
// long two threads take to meet [s].
#include <atomic>
#include <chrono>
#include <cstdio>
#include <thread>

#include <ranvier/tools/machine_probe.hpp>

namespace {

/// A meeting of two threads that spin, the best of several goes [s].
double barrier() {
  constexpr int meetings = 2000;
  std::atomic<int> here = 0, there = 0;
  double best = 1;
  std::jthread other([&](const std::stop_token& stop) {
    for (int k = 1; !stop.stop_requested(); ++k) {
      while (here.load(std::memory_order_acquire) < k)
        if (stop.stop_requested()) return;
      there.store(k, std::memory_order_release);
    }
  });
  for (int go = 0, met = 0; go < 20; ++go) {
    const auto begin = std::chrono::steady_clock::now();
    for (int k = 0; k < meetings; ++k) {
      here.store(++met, std::memory_order_release);
      while (there.load(std::memory_order_acquire) < met) {
      }
    }
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
    best = std::min(best, taken.count() / meetings);
  }
  return best;
}

}  // namespace

int main() {
  using ranvier::tool::update_bandwidth;
  const ranvier::tool::MachineLimits m = ranvier::tool::measure_machine();
  std::printf(
      "{\"l1\": %.4g, \"l2\": %.4g, \"memory\": %.4g, \"l1_update\": %.4g, \"l2_update\": %.4g, "
      "\"memory_update\": %.4g, "
      "\"multiply_adds\": %.4g, \"divisions\": %.4g, \"scatter_adds_cached\": %.4g, \"scatter_adds\": %.4g, "
      "\"barrier\": %.4g}\n",
      m.l1, m.l2, m.memory, update_bandwidth(m.l1_bytes), update_bandwidth(m.l2_bytes),
      update_bandwidth(m.memory_bytes), m.multiply_adds, m.divisions, m.scatter_adds_cached, m.scatter_adds,
      barrier());
}
