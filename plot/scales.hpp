#pragma once
#include <string>
#include <vector>

#include <ranvier/plot/content.hpp>

namespace ranvier::plot {

/// What an axis spans and says: the range in the unit that is drawn, that unit's size in SI, the text beside
/// the axis.
struct AxisScale {
  Range range;
  double unit = 1;
  std::string label;
  bool integers = false;
};

struct PanelScales {
  AxisScale x, y;
};

/// The axes of every panel. All time axes are one; ranges cover the data with a margin unless they were set.
std::vector<PanelScales> scales_of(const Content& content);

/// `text` with the unit in parentheses, unless it names a unit of this dimension already.
std::string with_unit(const std::string& text, const AxisUnit& unit);

}  // namespace ranvier::plot
