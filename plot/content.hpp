#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <ranvier/plot/axis_unit.hpp>
#include <ranvier/plot/colour.hpp>
#include <ranvier/plot/ticks.hpp>

/// What a figure shows, free of any page: values in SI base units, no places, no ticks. `Figure` fills it,
/// `scales`, `layout` and `draw` read it.
namespace ranvier::plot {

struct FigureOptions {
  double width_inches = 6;
  double height_inches = 4;
  double dpi = 150;      // pixels per inch of a PNG; also how finely long traces are drawn everywhere
  double font_size = 9;  // of the numbers at the axes, in points; other text follows
  std::string title = {};
};

/// How a spike is drawn: `automatic` takes bars where rows are few and high, else dots.
enum class Marker { automatic, dot, bar };

struct Dots {
  std::vector<double> x, y;
  double size = 0;  // diameter in points; 0: chosen from the number of spikes
  Marker marker = Marker::automatic;
};

struct Line {
  std::vector<double> x, y;
  double width = 1;  // points
  double dot = 0;    // diameter of a dot at each sample, in points; 0: none
};

struct Bars {
  double first = 0, width = 1;  // the left edge of the first bar, and the width of each
  std::vector<double> heights;
};

struct Series {
  std::string label;
  Colour colour;
  std::variant<Dots, Line, Bars> shape;
};

/// A line or a band across a panel. Times in seconds, heights in SI units.
struct Mark {
  enum class Kind { vertical, horizontal, shade };
  Kind kind = Kind::vertical;
  double from = 0, to = 0;
  std::string label;
  Colour colour;
};

struct Panel {
  enum class Axis { undecided, time, value };

  double height = 1;  // relative to the other panels
  Axis axis = Axis::undecided;
  std::vector<Series> series;
  std::vector<Mark> marks;
  std::size_t cycled = 0;            // series that took their colour from the cycle
  std::optional<AxisUnit> x_unit;    // of a value axis
  std::optional<AxisUnit> y_unit;    // of the data; absent until the first data
  std::optional<AxisUnit> y_wanted;  // the unit asked for by an option
  std::string x_label, y_label, y_name;
  std::optional<Range> y_range;
  bool from_zero = false;  // counts and rates stand on zero
  bool integers = false;   // the y axis counts neurons
};

struct Content {
  FigureOptions options;
  std::vector<Panel> panels{1};
  std::vector<Mark> marks;  // on every time axis
  std::string title, time_label;
  std::optional<Range> time_range;
  bool legend = false;
};

}  // namespace ranvier::plot
