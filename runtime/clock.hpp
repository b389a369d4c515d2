#pragma once
#include <cstdint>
#include <vector>

namespace ranvier {

/// Time as an integer count of steps. `t` is one multiplication away and never accumulated. A clock with
/// `times` is an event clock: it ticks at these times instead of at multiples of dt.
struct Clock {
  double dt = 1e-4;  // [s]
  std::int64_t timestep = 0;
  std::vector<double> times{};  // [s] ascending
  // The network's, while it runs.
  std::int64_t end = 0;  // the first step that is not part of the run
  bool due = false;      // part of the sweep in progress

  /// [s] start of the current step; infinite for an event clock that has no times left.
  double t() const;
  /// The number of steps in a time `until` [s] from zero: the nearest integer if it is within 1e-4 of a step,
  /// otherwise rounded up. A run from t0 for D executes steps steps_until(t0) ... steps_until(t0 + D) - 1.
  std::int64_t steps_until(double until) const;
};

/// What becomes of the numbers of past steps when dt changes: as far back in time as they were, at least one
/// step.
struct Renumbering {
  std::int64_t from;  // the next step, by its number before
  std::int64_t to;    // and now
  double ratio;       // of the length of steps before to that now
  std::int64_t operator()(std::int64_t step) const;
};

/// Times closer than this part of a step are one.
inline constexpr double same_time = 1e-4;

}  // namespace ranvier
