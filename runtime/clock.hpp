#pragma once
#include <cstdint>

namespace ranvier {

/// Time as an integer count of steps. `t` is one multiplication away and never accumulated.
struct Clock {
  double dt = 1e-4;  // [s]
  std::int64_t timestep = 0;

  /// [s] start of the current step.
  double t() const { return static_cast<double>(timestep) * dt; }

  /// The number of steps in a time `until` [s] from zero: the nearest integer if it is within 1e-4 of a step,
  /// otherwise rounded up. A run from t0 for D executes steps steps_until(t0) ... steps_until(t0 + D) - 1.
  std::int64_t steps_until(double until) const;
};

}  // namespace ranvier
