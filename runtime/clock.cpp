#include <cmath>
#include <ranvier/runtime/clock.hpp>

namespace ranvier {

std::int64_t Clock::steps_until(double until) const {
  const double nearest = std::round(until / dt);
  if (std::abs(nearest * dt - until) / dt <= 1e-4) return static_cast<std::int64_t>(nearest);
  return static_cast<std::int64_t>(std::ceil(until / dt));
}

}  // namespace ranvier
