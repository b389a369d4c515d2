#include <algorithm>
#include <cmath>
#include <cstddef>

#include <ranvier/plot/error.hpp>
#include <ranvier/plot/layout.hpp>
#include <ranvier/plot/text.hpp>

namespace ranvier::plot {
namespace {

// What stands left and right of all plot areas; found by placing, looking how wide the numbers came out,
// placing again.
struct Sides {
  double left = 0, right = 0;
};

bool shows_x_text(const Content& content, std::size_t i) {
  const auto is_time = [&](std::size_t k) { return content.panels[k].axis != Panel::Axis::value; };
  return !is_time(i) || i + 1 == content.panels.size() || !is_time(i + 1);
}

// Marks on every panel are explained once, at the first of them.
bool explains_common_marks(const Content& content, std::size_t i) {
  const auto is_time = [](const Panel& panel) { return panel.axis != Panel::Axis::value; };
  return std::ranges::find_if(content.panels, is_time) - content.panels.begin() ==
         static_cast<std::ptrdiff_t>(i);
}

std::vector<LegendEntry> labelled(const Content& content, std::size_t i) {
  const Panel& panel = content.panels[i];
  std::vector<LegendEntry> entries;
  if (!content.legend) return entries;
  std::size_t index = 0;
  const auto add = [&](const std::string& label) {
    if (!label.empty()) entries.push_back({index, label, {}});
    ++index;
  };
  for (const Series& series : panel.series) add(series.label);
  for (const Mark& mark : panel.marks) add(mark.label);
  if (!explains_common_marks(content, i)) return entries;
  for (const Mark& mark : content.marks) add(mark.label);
  return entries;
}

// Sets the entries from left to right, in columns if one row is too short; returns the height of all rows.
double flow_legend(std::vector<LegendEntry>& entries, const Metrics& m, double left, double width) {
  double total = 0, widest = 0;
  std::vector<double> lengths;
  for (LegendEntry& entry : entries) {
    entry.text = elide(entry.text, (width - m.swatch - m.gap) / m.font);
    lengths.push_back(m.swatch + m.gap + m.font * text_width(entry.text) + m.legend_space);
    total += lengths.back();
    widest = std::max(widest, lengths.back());
  }
  const bool columns = total - m.legend_space > width;
  Point at{left, m.legend_row / 2};
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const double length = columns ? widest : lengths[i];
    if (at.x > left && at.x + length - m.legend_space > left + width) at = {left, at.y + m.legend_row};
    entries[i].at = at;
    at.x += length;
  }
  return entries.empty() ? 0 : at.y + m.legend_row / 2;
}

double height_below(const PlacedPanel& panel, const Metrics& m) {
  if (!panel.x_text) return m.tick;
  const double numbers = m.tick + m.gap + m.font;
  return numbers + (panel.scales.x.label.empty() ? 0 : m.gap + 1.2 * m.label);
}

// As many ticks as fit without their numbers touching.
std::vector<Tick> fit_x_ticks(const AxisScale& axis, double length, const Metrics& m) {
  for (int count = std::clamp(static_cast<int>(length / (4 * m.font)), 2, 12);; --count) {
    std::vector<Tick> ticks = nice_ticks(axis.range, count, axis.integers);
    if (ticks.size() < 2 || count <= 1) return ticks;
    double widest = 0;
    for (const Tick& tick : ticks) widest = std::max(widest, m.font * text_width(tick.label));
    const double step = (ticks[1].value - ticks[0].value) / axis.range.span() * length;
    if (widest + 1.2 * m.font <= step) return ticks;
  }
}

std::vector<Tick> fit_y_ticks(const AxisScale& axis, double length, const Metrics& m) {
  return nice_ticks(axis.range, std::clamp(static_cast<int>(length / (2 * m.font)), 2, 8), axis.integers);
}

class Placer {
 public:
  explicit Placer(const Content& content) : content_(content), m_(content.options.font_size) {
    layout_.metrics = m_;
    layout_.width = content.options.width_inches * 72;
    layout_.height = content.options.height_inches * 72;
    const std::vector<PanelScales> scales = scales_of(content);
    layout_.panels.resize(scales.size());
    for (std::size_t i = 0; i < scales.size(); ++i) {
      layout_.panels[i].scales = scales[i];
      layout_.panels[i].x_text = shows_x_text(content, i);
    }
  }

  Layout place() && {
    Sides sides{m_.outer, m_.outer};
    for (int round = 0; round < 4; ++round) {
      place_between(sides);
      const Sides needed = needed_sides();
      if (needed.left <= sides.left && needed.right <= sides.right) break;
      sides = {std::max(sides.left, needed.left), std::max(sides.right, needed.right)};
    }
    return std::move(layout_);
  }

 private:
  void place_between(Sides sides) {
    const double width = layout_.width - sides.left - sides.right;
    std::vector<double> above;
    double fixed = m_.outer * 2 + (content_.title.empty() ? 0 : 1.8 * m_.title), relative = 0;
    for (std::size_t i = 0; i < layout_.panels.size(); ++i) {
      PlacedPanel& panel = layout_.panels[i];
      panel.legend = labelled(content_, i);
      const double rows = flow_legend(panel.legend, m_, sides.left, width);
      above.push_back(rows + (rows > 0 ? 0 : m_.gap) + (i == 0 ? 0 : m_.gap));
      fixed += above.back() + height_below(panel, m_);
      relative += content_.panels[i].height;
    }
    const double unit = (layout_.height - fixed) / relative;
    require_room(width, unit);
    double top = m_.outer + (content_.title.empty() ? 0 : 1.8 * m_.title);
    for (std::size_t i = 0; i < layout_.panels.size(); ++i) {
      PlacedPanel& panel = layout_.panels[i];
      for (LegendEntry& entry : panel.legend) entry.at.y += top + (i == 0 ? 0 : m_.gap);
      panel.plot = {sides.left, top + above[i], width, unit * content_.panels[i].height};
      panel.x_ticks = fit_x_ticks(panel.scales.x, panel.plot.width, m_);
      panel.y_ticks = fit_y_ticks(panel.scales.y, panel.plot.height, m_);
      top = panel.plot.bottom() + height_below(panel, m_);
    }
    for (std::size_t i = 0; i < layout_.panels.size(); ++i) layout_.panels[i].label_room = label_room(i);
  }

  // Half way to the neighbours above and below, alike on both sides of the panel's middle.
  double label_room(std::size_t i) const {
    const Rect& plot = layout_.panels[i].plot;
    const double above = i == 0 ? plot.y - m_.outer : (plot.y - layout_.panels[i - 1].plot.bottom()) / 2;
    const bool last = i + 1 == layout_.panels.size();
    const double below =
        last ? layout_.height - m_.outer - plot.bottom() : (layout_.panels[i + 1].plot.y - plot.bottom()) / 2;
    return plot.height + 2 * std::min(above, below) - m_.gap;
  }

  void require_room(double width, double unit) const {
    const double smallest = 2 * m_.font;
    for (const Panel& panel : content_.panels)
      if (width < smallest || unit * panel.height < smallest)
        throw FigureError(
            "the figure is too small for its " + std::to_string(content_.panels.size()) +
            " panel(s) and their text: raise .width_inches or .height_inches, or lower .font_size");
  }

  Sides needed_sides() const {
    Sides sides{m_.outer, m_.outer};
    for (const PlacedPanel& panel : layout_.panels) {
      double numbers = 0;
      for (const Tick& tick : panel.y_ticks) numbers = std::max(numbers, m_.font * text_width(tick.label));
      const double label = panel.scales.y.label.empty() ? 0 : 1.2 * m_.label + m_.gap;
      sides.left = std::max(sides.left, m_.outer + label + numbers + m_.gap + m_.tick);
      if (!panel.x_text || panel.x_ticks.empty()) continue;
      const Tick& last = panel.x_ticks.back();
      const double end = panel.x_of_tick(last) + m_.font * text_width(last.label) / 2;
      sides.right = std::max(sides.right, m_.outer + end - panel.plot.right());
    }
    return sides;
  }

  const Content& content_;
  Metrics m_;
  Layout layout_{m_, 0, 0, {}};
};

}  // namespace

Mapping PlacedPanel::mapping() const {
  const Range x = scales.x.range, y = scales.y.range;
  const double x_scale = plot.width / x.span(), y_scale = -plot.height / y.span();
  return {{plot.x - x.lo * x_scale, plot.bottom() - y.lo * y_scale},
          {x_scale / scales.x.unit, y_scale / scales.y.unit}};
}

double PlacedPanel::x_of_tick(const Tick& tick) const {
  return plot.x + (tick.value - scales.x.range.lo) / scales.x.range.span() * plot.width;
}

double PlacedPanel::y_of_tick(const Tick& tick) const {
  return plot.bottom() - (tick.value - scales.y.range.lo) / scales.y.range.span() * plot.height;
}

Layout layout_of(const Content& content) {
  return Placer(content).place();
}

}  // namespace ranvier::plot
