#pragma once
#include <string>
#include <vector>

namespace ranvier::plot {

/// A closed interval on an axis.
struct Range {
  double lo = 0, hi = 1;
  double span() const { return hi - lo; }
  friend bool operator==(const Range&, const Range&) = default;
};

struct Tick {
  double value = 0;
  std::string label;
};

/// At most `max_count` round numbers (1, 2 or 5 times a power of ten apart) inside `range`, all that its step
/// gives. Labels share their number of decimals; large and tiny numbers read 2×10⁶. With `integers`, only
/// whole numbers.
std::vector<Tick> nice_ticks(Range range, int max_count, bool integers = false);

/// `range` made fit for an axis: an empty or reversed one becomes a unit around its centre, one too narrow to
/// tell its ends apart is widened.
Range usable(Range range);

/// `range` with `fraction` of its length added at each end.
Range padded(Range range, double fraction);

/// True if a value can have a place on an axis. Values beyond 1e300 count as infinite: a diverged simulation
/// leaves a gap, and lengths of ranges never overflow.
bool drawable(double value);

}  // namespace ranvier::plot
