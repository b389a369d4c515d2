#pragma once
#include <array>
#include <memory>
#include <span>
#include <string>

#include <ranvier/plot/colour.hpp>
#include <ranvier/plot/geometry.hpp>

namespace ranvier::plot {

struct Stroke {
  Colour colour;
  double width = 0.8;
  bool dashed = false;
};

/// One mark for each of many points: a dot of diameter `width`, or, with a height, an upright bar around the
/// point.
struct MarkStyle {
  Colour colour;
  double width = 2;
  double height = 0;
};

struct TextStyle {
  enum class Anchor { start, middle, end };
  double size = 9;
  Anchor anchor = Anchor::start;
  bool upwards = false;  // read from bottom to top
};

/// A page to draw on; one implementation for each file format. What is drawn later lies on top.
class Canvas {
 public:
  virtual ~Canvas() = default;
  /// Draws through all points, with round joins.
  virtual void polyline(std::span<const Point> points, const Stroke& stroke) = 0;
  virtual void marks(std::span<const Point> points, const MarkStyle& style) = 0;
  virtual void rect(const Rect& rect, const Colour& fill) = 0;
  /// Writes clean text; `at` is on the baseline, at the anchor.
  virtual void text(Point at, const std::string& text, const TextStyle& style) = 0;
  /// Until `unclip`, only what lies in `rect` is drawn. Not nested.
  virtual void clip(const Rect& rect) = 0;
  virtual void unclip() = 0;
  /// The bytes of the finished file. Last call on a canvas.
  virtual std::string finish() = 0;

  void line(Point from, Point to, const Stroke& stroke) { polyline(std::array{from, to}, stroke); }
};

struct PageSize {
  double width_inches = 6, height_inches = 4;
};

std::unique_ptr<Canvas> make_svg_canvas(PageSize size, const std::string& title);
/// The Cairo canvases throw FigureError when the library was built without Cairo.
std::unique_ptr<Canvas> make_png_canvas(PageSize size, double dpi);
std::unique_ptr<Canvas> make_pdf_canvas(PageSize size, const std::string& title);

}  // namespace ranvier::plot
