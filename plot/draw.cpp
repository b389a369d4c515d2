#include <algorithm>
#include <cmath>
#include <variant>

#include <ranvier/plot/draw.hpp>
#include <ranvier/plot/text.hpp>

namespace ranvier::plot {
namespace {

constexpr double axis_width = 0.8, bar_width = 0.9;

// Small enough that a busy raster keeps its texture, large enough that a sparse one can be seen.
double dot_size(const Dots& dots, std::size_t spikes_in_panel) {
  if (dots.size > 0) return dots.size;
  return std::clamp(150 / std::sqrt(static_cast<double>(std::max<std::size_t>(spikes_in_panel, 1))), 1.1,
                    3.2);
}

// Cuts a text to `width`, but keeps the unit in parentheses at its end.
std::string elide_label(const std::string& label, double width) {
  const std::size_t open = label.ends_with(')') ? label.rfind(" (") : std::string::npos;
  if (open == std::string::npos || text_width(label) <= width) return elide(label, width);
  const std::string unit = label.substr(open);
  return elide(label.substr(0, open), width - text_width(unit)) + unit;
}

class PanelPainter {
 public:
  PanelPainter(const Content& content, std::size_t index, const Layout& layout, Canvas& canvas)
      : content_(content),
        panel_(content.panels[index]),
        placed_(layout.panels[index]),
        m_(layout.metrics),
        mapping_(placed_.mapping()),
        canvas_(canvas) {
    for (const Series& series : panel_.series)
      if (const auto* dots = std::get_if<Dots>(&series.shape)) spikes_ += dots->x.size();
  }

  void paint() {
    canvas_.clip(placed_.plot);
    for_marks([&](const Mark& mark) {
      if (mark.kind == Mark::Kind::shade) shade(mark);
    });
    for (const Series& series : panel_.series)
      std::visit([&](const auto& shape) { paint(shape, series.colour); }, series.shape);
    for_marks([&](const Mark& mark) {
      if (mark.kind != Mark::Kind::shade) rule(mark);
    });
    canvas_.unclip();
    axes();
    for (const LegendEntry& entry : placed_.legend) legend(entry);
  }

 private:
  template <class Function>
  void for_marks(Function function) const {
    for (const Mark& mark : panel_.marks) function(mark);
    if (panel_.axis == Panel::Axis::value) return;
    for (const Mark& mark : content_.marks) function(mark);
  }

  void paint(const Dots& dots, const Colour& colour) {
    canvas_.marks(in_reach(dots.x, dots.y), mark_style(dots, colour));
  }

  std::vector<Point> in_reach(std::span<const double> x, std::span<const double> y) const {
    std::vector<Point> points;
    const Rect reach = placed_.plot.grown(10);
    for (std::size_t i = 0; i < x.size(); ++i) {
      const Point p = mapping_(x[i], y[i]);
      if (drawable(x[i]) && drawable(y[i]) && reach.contains(p)) points.push_back(p);
    }
    return points;
  }

  void paint(const Line& line, const Colour& colour) {
    if (line.dot > 0) canvas_.marks(in_reach(line.x, line.y), {colour, line.dot, 0});
    if (line.width == 0) return;
    const double column = 72 / content_.options.dpi;
    for (const Polyline& part : trace_path(line.x, line.y, mapping_, placed_.plot.grown(5), column)) {
      if (part.size() == 1)
        canvas_.marks(part, {colour, 1.5 * line.width, 0});
      else
        canvas_.polyline(part, {colour, line.width, false});
    }
  }

  void paint(const Bars& bars, const Colour& colour) {
    const double width = bars.width * mapping_.scale.x;
    const double gap = std::min(0.5, 0.1 * width), floor = mapping_(0, 0).y;
    for (std::size_t i = 0; i < bars.heights.size(); ++i) {
      const Point top = mapping_(bars.first + bars.width * static_cast<double>(i), bars.heights[i]);
      if (bars.heights[i] > 0) canvas_.rect({top.x + gap / 2, top.y, width - gap, floor - top.y}, colour);
    }
  }

  MarkStyle mark_style(const Dots& dots, const Colour& colour) const {
    const double row = -mapping_.scale.y;
    const bool bars = dots.marker == Marker::bar || (dots.marker == Marker::automatic && row >= 4);
    if (bars) return {colour, dots.size > 0 ? dots.size : bar_width, std::clamp(0.8 * row, 2.0, 16.0)};
    return {colour, dot_size(dots, spikes_), 0};
  }

  void shade(const Mark& mark) {
    const Rect& plot = placed_.plot;
    const double left = std::clamp(mapping_(mark.from, 0).x, plot.x, plot.right());
    const double right = std::clamp(mapping_(mark.to, 0).x, plot.x, plot.right());
    if (right > left) canvas_.rect({left, plot.y, right - left, plot.height}, mark.colour);
  }

  void rule(const Mark& mark) {
    const Rect& plot = placed_.plot;
    const Point at = mapping_(mark.from, mark.from);
    const Stroke stroke{mark.colour, 1, true};
    if (mark.kind == Mark::Kind::horizontal && at.y >= plot.y && at.y <= plot.bottom())
      canvas_.line({plot.x, at.y}, {plot.right(), at.y}, stroke);
    if (mark.kind == Mark::Kind::vertical && at.x >= plot.x && at.x <= plot.right())
      canvas_.line({at.x, plot.bottom()}, {at.x, plot.y}, stroke);
  }

  void axes() {
    const Rect& plot = placed_.plot;
    const Stroke stroke{{}, axis_width, false};
    canvas_.polyline(std::array<Point, 2>{{{plot.x, plot.y}, {plot.x, plot.bottom()}}}, stroke);
    canvas_.polyline(
        std::array<Point, 2>{{{plot.x - axis_width / 2, plot.bottom()}, {plot.right(), plot.bottom()}}},
        stroke);
    for (const Tick& tick : placed_.x_ticks) x_tick(tick, stroke);
    for (const Tick& tick : placed_.y_ticks) y_tick(tick, stroke);
    if (placed_.x_text && !placed_.scales.x.label.empty()) x_label();
    if (!placed_.scales.y.label.empty()) y_label();
  }

  void x_tick(const Tick& tick, const Stroke& stroke) {
    const double x = placed_.x_of_tick(tick), y = placed_.plot.bottom();
    canvas_.line({x, y}, {x, y + m_.tick}, stroke);
    if (placed_.x_text)
      canvas_.text({x, y + m_.tick + m_.gap + 2 * baseline_drop * m_.font}, tick.label,
                   {m_.font, TextStyle::Anchor::middle, false});
  }

  void y_tick(const Tick& tick, const Stroke& stroke) {
    const double x = placed_.plot.x, y = placed_.y_of_tick(tick);
    canvas_.line({x - m_.tick, y}, {x, y}, stroke);
    canvas_.text({x - m_.tick - m_.gap, y + baseline_drop * m_.font}, tick.label,
                 {m_.font, TextStyle::Anchor::end, false});
  }

  void x_label() {
    const Rect& plot = placed_.plot;
    const std::string text = elide_label(placed_.scales.x.label, plot.width / m_.label);
    const double y = plot.bottom() + m_.tick + 2 * m_.gap + m_.font + 0.8 * m_.label;
    canvas_.text({plot.x + plot.width / 2, y}, text, {m_.label, TextStyle::Anchor::middle, false});
  }

  // A label longer than its panel is first set smaller, then cut: labels of neighbours never touch.
  void y_label() {
    const Rect& plot = placed_.plot;
    const std::string& label = placed_.scales.y.label;
    const double room = placed_.label_room;
    const double size = std::clamp(room / text_width(label), 0.75 * m_.label, m_.label);
    canvas_.text({m_.outer + 0.8 * m_.label, plot.y + plot.height / 2}, elide_label(label, room / size),
                 {size, TextStyle::Anchor::middle, true});
  }

  void legend(const LegendEntry& entry) {
    const double drop = baseline_drop * m_.font;
    if (entry.index < panel_.series.size()) {
      const Series& series = panel_.series[entry.index];
      std::visit([&](const auto& shape) { swatch(shape, series.colour, entry.at); }, series.shape);
    } else {
      const std::size_t mark = entry.index - panel_.series.size();
      const bool own = mark < panel_.marks.size();
      swatch(own ? panel_.marks[mark] : content_.marks[mark - panel_.marks.size()], entry.at);
    }
    canvas_.text({entry.at.x + m_.swatch + m_.gap, entry.at.y + drop}, entry.text,
                 {m_.font, TextStyle::Anchor::start, false});
  }

  void swatch(const Dots& dots, const Colour& colour, Point at) {
    MarkStyle style = mark_style(dots, colour);
    if (style.height > 0) style.height = 0.9 * m_.font;
    if (style.height == 0) style.width = std::max(style.width, 0.4 * m_.font);
    canvas_.marks(std::array{Point{at.x + m_.swatch / 2, at.y}}, style);
  }
  void swatch(const Line& line, const Colour& colour, Point at) {
    if (line.dot > 0) canvas_.marks(std::array{Point{at.x + m_.swatch / 2, at.y}}, {colour, line.dot, 0});
    if (line.width == 0) return;
    canvas_.line(at, {at.x + m_.swatch, at.y}, {colour, std::max(line.width, 1.2), false});
  }
  void swatch(const Bars&, const Colour& colour, Point at) { box(colour, at); }
  void swatch(const Mark& mark, Point at) {
    if (mark.kind == Mark::Kind::shade) return box(mark.colour, at);
    canvas_.line(at, {at.x + m_.swatch, at.y}, {mark.colour, 1, true});
  }
  void box(const Colour& colour, Point at) {
    const double half = 0.4 * m_.font;
    canvas_.rect({at.x + 0.1 * m_.swatch, at.y - half, 0.8 * m_.swatch, 2 * half}, colour);
  }

  const Content& content_;
  const Panel& panel_;
  const PlacedPanel& placed_;
  const Metrics& m_;
  Mapping mapping_;
  Canvas& canvas_;
  std::size_t spikes_ = 0;
};

void title(const Content& content, const Layout& layout, Canvas& canvas) {
  const Metrics& m = layout.metrics;
  const Rect& plot = layout.panels.front().plot;
  const double half = std::min(plot.x + plot.width / 2, layout.width - plot.x - plot.width / 2) - m.gap;
  canvas.text({plot.x + plot.width / 2, m.outer + 0.9 * m.title}, elide(content.title, 2 * half / m.title),
              {m.title, TextStyle::Anchor::middle, false});
}

}  // namespace

void draw(const Content& content, const Layout& layout, Canvas& canvas) {
  canvas.rect({0, 0, layout.width, layout.height}, {255, 255, 255, 1});
  if (!content.title.empty()) title(content, layout, canvas);
  for (std::size_t i = 0; i < content.panels.size(); ++i) PanelPainter(content, i, layout, canvas).paint();
}

}  // namespace ranvier::plot
