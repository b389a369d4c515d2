#pragma once
#include <cstdint>
#include <span>

#include <ranvier/benchmarks/hand.hpp>
#include <ranvier/benchmarks/hand_random.hpp>

namespace ranvier::bench {

/// B7 by hand, for HandNetwork: the adaptive exponential neuron by Euler and Maruyama, with jumps of the
/// voltage at spikes. A step is 0.1 ms.
struct NoisyAdexCells {
  std::int64_t n = 0;
  Column<double> v, w;
  Rows excitation, inhibition;  // empty rows of excitatory neurons in front
  std::int32_t border = 0;
  Stream noise = {};
  std::uint64_t steps = 0;

  std::int64_t size() const { return n; }
  void update(std::int64_t begin, std::int64_t count, std::uint8_t* __restrict spiked);
  void receive(std::span<const std::int32_t> sources) {
    const auto middle = std::ranges::lower_bound(sources, border);
    excitation.deliver(std::span(sources.begin(), middle), 0.2e-3, v.data());
    inhibition.deliver(std::span(middle, sources.end()), -1e-3, v.data());
  }
  void reset(std::int32_t k) {
    v.data()[k] = -70.6e-3;
    w.data()[k] += 80.5e-12;
  }
};

}  // namespace ranvier::bench
