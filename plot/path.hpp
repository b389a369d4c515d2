#pragma once
#include <span>
#include <vector>

#include <ranvier/plot/geometry.hpp>

namespace ranvier::plot {

/// From values to the page: one straight scale per direction.
struct Mapping {
  Point origin, scale;
  Point operator()(double x, double y) const { return {origin.x + scale.x * x, origin.y + scale.y * y}; }
};

using Polyline = std::vector<Point>;

/// The lines to draw for the samples (x[i], y[i]): what lies in `view`, with at most four points for each
/// column of the width `column` (its first, lowest, highest and last sample), which looks the same as all of
/// them. A sample that is not finite makes a gap, where a gap is at least a column wide. A lone sample is a
/// line of one point. `x` and `y` have the same length.
std::vector<Polyline> trace_path(std::span<const double> x, std::span<const double> y, const Mapping& mapping,
                                 const Rect& view, double column);

}  // namespace ranvier::plot
