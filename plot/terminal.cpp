#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <variant>

#include <ranvier/plot/error.hpp>
#include <ranvier/plot/path.hpp>
#include <ranvier/plot/scales.hpp>
#include <ranvier/plot/terminal.hpp>

namespace ranvier::plot {
namespace {

// A page of dots; its unit of length is one dot.
class DotGrid {
 public:
  DotGrid(int columns, int rows)
      : columns_(columns),
        rows_(rows),
        cells_(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows)) {}

  Rect area() const { return {0, 0, columns_ * 2.0 - 1, rows_ * 4.0 - 1}; }

  void dot(Point p) {
    if (!area().grown(0.49).contains(p)) return;
    const int x = static_cast<int>(std::lround(p.x)), y = static_cast<int>(std::lround(p.y));
    // Order of the dots inside a braille character: down the left, down the right, then the lowest row.
    static constexpr std::uint8_t bits[4][2] = {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};
    cells_[static_cast<std::size_t>(y / 4 * columns_ + x / 2)] |= bits[y % 4][x % 2];
  }

  void line(Point a, Point b) {
    const int steps =
        std::max(1, static_cast<int>(std::ceil(std::max(std::abs(b.x - a.x), std::abs(b.y - a.y)))));
    for (int i = 0; i <= steps; ++i) {
      const double part = static_cast<double>(i) / steps;
      dot({std::lerp(a.x, b.x, part), std::lerp(a.y, b.y, part)});
    }
  }

  std::string row(int y) const {
    std::string text;
    for (int x = 0; x < columns_; ++x) {
      const std::uint8_t cell = cells_[static_cast<std::size_t>(y * columns_ + x)];
      text += {'\xe2', static_cast<char>(0xa0 | cell >> 6), static_cast<char>(0x80 | (cell & 0x3f))};
    }
    return text;
  }

 private:
  int columns_, rows_;
  std::vector<std::uint8_t> cells_;
};

struct Plotter {
  DotGrid& grid;
  Mapping mapping;

  void operator()(const Dots& dots) const {
    for (std::size_t i = 0; i < dots.x.size(); ++i)
      if (drawable(dots.x[i])) grid.dot(mapping(dots.x[i], dots.y[i]));
  }
  void operator()(const Line& line) const {
    if (line.width == 0) return (*this)(Dots{line.x, line.y});
    for (const Polyline& part : trace_path(line.x, line.y, mapping, grid.area(), 1)) {
      grid.dot(part.front());
      for (std::size_t i = 1; i < part.size(); ++i) grid.line(part[i - 1], part[i]);
    }
  }
  void operator()(const Bars& bars) const {
    for (std::size_t i = 0; i < bars.heights.size(); ++i) {
      const double left = bars.first + bars.width * static_cast<double>(i);
      const Point top = mapping(left, bars.heights[i]), foot = mapping(left + bars.width, 0);
      if (bars.heights[i] <= 0) continue;
      grid.line({top.x, foot.y}, top);
      grid.line(top, {foot.x, top.y});
      grid.line({foot.x, top.y}, foot);
    }
  }
};

std::size_t length(const std::string& text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (c & 0xc0) != 0x80; }));
}

std::string spaces(std::size_t count) {
  return std::string(count, ' ');
}

// `text` ending at column `width`.
std::string right_aligned(const std::string& text, std::size_t width) {
  return spaces(width - std::min(width, length(text))) + text;
}

struct Side {
  std::vector<Tick> ticks;
  std::size_t width = 0;
};

Side side_of(const AxisScale& axis, int rows) {
  Side side{nice_ticks(axis.range, std::max(2, rows / 3), axis.integers), 0};
  for (const Tick& tick : side.ticks) side.width = std::max(side.width, length(tick.label));
  return side;
}

std::string ruler(const AxisScale& axis, std::size_t margin, int columns) {
  std::string line;
  for (const Tick& tick : nice_ticks(axis.range, std::max(2, columns / 12), axis.integers)) {
    const double part = (tick.value - axis.range.lo) / axis.range.span();
    const std::size_t centre = margin + static_cast<std::size_t>(std::lround(part * (columns - 1)));
    const std::size_t begin = centre - std::min(centre, length(tick.label) / 2);
    if (begin > length(line) || line.empty()) line += spaces(begin - length(line)) + tick.label;
  }
  const auto width = static_cast<std::size_t>(columns);
  return line + "\n" + spaces(margin + (width - std::min(width, length(axis.label))) / 2) + axis.label + "\n";
}

std::string draw_panel(const Panel& panel, const PanelScales& scales, std::size_t margin, int columns,
                       int rows) {
  DotGrid grid(columns, rows);
  const Range x = scales.x.range, y = scales.y.range;
  const double x_scale = grid.area().width / x.span(), y_scale = -grid.area().height / y.span();
  const Mapping mapping{{-x.lo * x_scale, grid.area().height - y.lo * y_scale},
                        {x_scale / scales.x.unit, y_scale / scales.y.unit}};
  for (const Series& series : panel.series) std::visit(Plotter{grid, mapping}, series.shape);
  std::vector<std::string> numbers(static_cast<std::size_t>(rows));
  for (const Tick& tick : side_of(scales.y, rows).ticks) {
    const double place = (y.hi - tick.value) / y.span() * (rows * 4 - 1) / 4;
    numbers[std::min(numbers.size() - 1, static_cast<std::size_t>(place))] = tick.label;
  }
  std::string text = scales.y.label.empty() ? "" : scales.y.label + "\n";
  for (int row = 0; row < rows; ++row) {
    const std::string& number = numbers[static_cast<std::size_t>(row)];
    text += right_aligned(number, margin - 1) + (number.empty() ? "│" : "┤") + grid.row(row) + "\n";
  }
  return text;
}

}  // namespace

std::string draw_terminal(const Content& content, int columns, int rows) {
  const std::vector<PanelScales> scales = scales_of(content);
  const int panels = static_cast<int>(scales.size());
  const int each = (rows - 2) / panels - 1;
  std::size_t margin = 0;
  for (const PanelScales& panel : scales) margin = std::max(margin, side_of(panel.y, each).width + 1);
  const int width = columns - static_cast<int>(margin);
  if (each < 2 || width < 10 || columns > 10'000 || rows > 10'000)
    throw FigureError("a terminal of " + std::to_string(columns) + " x " + std::to_string(rows) +
                      " characters cannot hold " + std::to_string(panels) + " panel(s)");
  std::string text = content.title.empty() ? "" : content.title + "\n";
  for (std::size_t i = 0; i < scales.size(); ++i) {
    const bool own_x = content.panels[i].axis == Panel::Axis::value;
    const bool last = i + 1 == scales.size() || content.panels[i + 1].axis == Panel::Axis::value;
    text += draw_panel(content.panels[i], scales[i], margin, width, each);
    if (own_x || last) text += ruler(scales[i].x, margin, width);
  }
  return text;
}

}  // namespace ranvier::plot
