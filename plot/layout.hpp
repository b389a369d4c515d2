#pragma once
#include <string>
#include <vector>

#include <ranvier/plot/content.hpp>
#include <ranvier/plot/geometry.hpp>
#include <ranvier/plot/path.hpp>
#include <ranvier/plot/scales.hpp>

namespace ranvier::plot {

/// Sizes of text and the small distances, all in points, from the one font size of a figure.
struct Metrics {
  explicit Metrics(double font_size) : font(font_size) {}
  double font;
  double label = 1.1 * font;  // text beside an axis
  double title = 1.25 * font;
  double outer = 0.8 * font;   // around everything
  double gap = 0.4 * font;     // between things that belong together
  double tick = 0.4 * font;    // length of a tick
  double swatch = 1.8 * font;  // sample of a colour in the legend
  double legend_row = 1.6 * font;
  double legend_space = 1.5 * font;  // between two entries
};

/// A label of the legend. `index` counts the panel's series, then its marks, then the marks of the whole
/// figure.
struct LegendEntry {
  std::size_t index = 0;
  std::string text;
  Point at;  // left end of the swatch, on the line's middle
};

struct PlacedPanel {
  Rect plot;  // the area inside the axes
  PanelScales scales;
  std::vector<Tick> x_ticks, y_ticks;
  bool x_text = true;  // numbers and label under the axis; an inner one of several time axes has none
  std::vector<LegendEntry> legend;
  double label_room = 0;  // length that the text beside the y axis may have

  /// From SI values to the page.
  Mapping mapping() const;
  double x_of_tick(const Tick& tick) const;
  double y_of_tick(const Tick& tick) const;
};

struct Layout {
  Metrics metrics;
  double width = 0, height = 0;  // of the page
  std::vector<PlacedPanel> panels;
};

/// Places everything: plot areas aligned at both sides, numbers that do not touch, legends in rows above
/// their panels. Throws FigureError if the page is too small for its panels.
Layout layout_of(const Content& content);

}  // namespace ranvier::plot
