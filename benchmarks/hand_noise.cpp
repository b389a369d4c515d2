#include <ranvier/benchmarks/hand_noise.hpp>

namespace ranvier::bench {

void NoisyAdexCells::update(std::int64_t begin, std::int64_t count, std::uint8_t* __restrict spiked) {
  if (begin == 0) noise.step = steps++;
  double* __restrict vs = v.data() + begin;
  double* __restrict ws = w.data() + begin;
  constexpr double dt = 1e-4, per_capacity = dt / 281e-12, per_tau = dt / 144e-3;
  const double strength = 4e-3 * std::sqrt(2 / 10e-3) * std::sqrt(dt);
  const Stream stream = noise;
  for (std::int64_t k = 0; k < count; ++k) {
    const double x = vs[k], y = ws[k];
    const double rise = 30e-9 * 2e-3 * exponential((x + 50.4e-3) / 2e-3);
    const double current = 30e-9 * (-70.6e-3 - x) + rise - y + 0.5e-9;
    const double next =
        x + current * per_capacity + strength * stream.normal(static_cast<std::uint64_t>(begin + k));
    vs[k] = next;
    ws[k] = y + (4e-9 * (x + 70.6e-3) - y) * per_tau;
    spiked[k] = static_cast<std::uint8_t>(next > -40.4e-3);
  }
}

}  // namespace ranvier::bench
