#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <variant>

#include <ranvier/plot/scales.hpp>

namespace ranvier::plot {
namespace {

constexpr double time_margin = 0.02, value_margin = 0.05, index_margin = 0.02;

// Collects the least and the greatest of the values that can be drawn.
struct Extent {
  double lo = std::numeric_limits<double>::infinity(), hi = -lo;

  void add(double value) {
    if (!drawable(value)) return;
    lo = std::min(lo, value);
    hi = std::max(hi, value);
  }
  void add(std::span<const double> values) {
    for (const double value : values) add(value);
  }
  bool empty() const { return lo > hi; }
  Range in(double unit) const { return empty() ? Range{0, 1} : Range{lo / unit, hi / unit}; }
  double largest() const { return empty() ? 0 : std::max(std::abs(lo), std::abs(hi)); }
};

struct AddX {
  Extent& extent;
  void operator()(const Dots& dots) const { extent.add(dots.x); }
  void operator()(const Line& line) const { extent.add(line.x); }
  void operator()(const Bars& bars) const {
    extent.add(bars.first);
    extent.add(bars.first + bars.width * static_cast<double>(bars.heights.size()));
  }
};

struct AddY {
  Extent& extent;
  void operator()(const Dots& dots) const { extent.add(dots.y); }
  void operator()(const Line& line) const { extent.add(line.y); }
  void operator()(const Bars& bars) const { extent.add(bars.heights); }
};

AxisUnit shown_unit(const std::string& label, const AxisUnit& data, const std::optional<AxisUnit>& wanted,
                    double largest) {
  const auto named = unit_in_label(label);
  if (named && compatible(*named, data)) return *named;
  return wanted ? *wanted : with_prefix_for(data, largest);
}

AxisScale time_scale(const Content& content) {
  Extent extent;
  for (const Panel& panel : content.panels)
    if (panel.axis == Panel::Axis::time)
      for (const Series& series : panel.series) std::visit(AddX{extent}, series.shape);
  const AxisUnit milliseconds = axis_unit("ms");
  const AxisUnit unit = shown_unit(content.time_label, axis_unit("s"), milliseconds, 0);
  const std::string label = with_unit(content.time_label.empty() ? "Time" : content.time_label, unit);
  if (const auto& set = content.time_range)
    return {{set->lo / unit.scale, set->hi / unit.scale}, unit.scale, label};
  // A recording that begins soon after zero is drawn from zero: the silence before the first spike is data.
  if (extent.lo > 0 && extent.lo < 0.25 * extent.hi) extent.lo = 0;
  if (extent.empty()) extent = {0, 1};
  return {padded(usable(extent.in(unit.scale)), time_margin), unit.scale, label};
}

AxisScale value_x_scale(const Panel& panel) {
  Extent extent;
  for (const Series& series : panel.series) std::visit(AddX{extent}, series.shape);
  const AxisUnit data = panel.x_unit.value_or(AxisUnit{});
  const AxisUnit unit = shown_unit(panel.x_label, data, std::nullopt, extent.largest());
  return {padded(usable(extent.in(unit.scale)), time_margin), unit.scale, with_unit(panel.x_label, unit)};
}

Range y_range(const Panel& panel, const Extent& extent, double unit) {
  Range range = extent.in(unit);
  if (panel.from_zero && range.lo >= 0) {
    range = usable({0, range.hi > 0 ? range.hi : 1});
    // Bars stand on the axis; a line at zero stays visible above it.
    const double below = panel.axis == Panel::Axis::value ? 0 : value_margin / 2;
    return {-below * range.span(), range.hi + value_margin * range.span()};
  }
  range = usable(range);
  if (!panel.integers) return padded(range, value_margin);
  const double margin = std::max(0.7, index_margin * range.span());
  return {range.lo - margin, range.hi + margin};
}

AxisScale y_scale(const Panel& panel) {
  Extent extent;
  for (const Series& series : panel.series) std::visit(AddY{extent}, series.shape);
  for (const Mark& mark : panel.marks)
    if (mark.kind == Mark::Kind::horizontal) extent.add(mark.from);
  const AxisUnit data = panel.y_unit.value_or(AxisUnit{});
  const AxisUnit unit = shown_unit(panel.y_label, data, panel.y_wanted, extent.largest());
  const std::string label = with_unit(panel.y_label.empty() ? panel.y_name : panel.y_label, unit);
  if (panel.y_range)
    return {usable({panel.y_range->lo / unit.scale, panel.y_range->hi / unit.scale}), unit.scale, label,
            panel.integers};
  return {y_range(panel, extent, unit.scale), unit.scale, label, panel.integers};
}

}  // namespace

std::vector<PanelScales> scales_of(const Content& content) {
  const AxisScale time = time_scale(content);
  std::vector<PanelScales> scales;
  for (const Panel& panel : content.panels)
    scales.push_back({panel.axis == Panel::Axis::value ? value_x_scale(panel) : time, y_scale(panel)});
  return scales;
}

std::string with_unit(const std::string& text, const AxisUnit& unit) {
  const auto named = unit_in_label(text);
  if (unit.symbol.empty() || (named && compatible(*named, unit))) return text;
  return text.empty() ? unit.symbol : text + " (" + unit.symbol + ")";
}

}  // namespace ranvier::plot
