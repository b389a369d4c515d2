#include <algorithm>
#include <cmath>
#include <limits>
#include <ranvier/runtime/clock.hpp>

namespace ranvier {

double Clock::t() const {
  if (times.empty()) return static_cast<double>(timestep) * dt;
  const auto k = static_cast<std::size_t>(timestep);
  return k < times.size() ? times[k] : std::numeric_limits<double>::infinity();
}

std::int64_t Renumbering::operator()(std::int64_t step) const {
  return to - std::max(1LL, std::llround(static_cast<double>(from - step) * ratio));
}

std::int64_t Clock::steps_until(double until) const {
  if (!times.empty()) return std::ranges::lower_bound(times, until - same_time * dt) - times.begin();
  const double nearest = std::round(until / dt);
  if (std::abs(nearest * dt - until) / dt <= same_time) return static_cast<std::int64_t>(nearest);
  return static_cast<std::int64_t>(std::ceil(until / dt));
}

}  // namespace ranvier
