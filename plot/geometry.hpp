#pragma once

namespace ranvier::plot {

/// Places on the page are in points (1/72 inch) from its upper left corner.
struct Point {
  double x = 0, y = 0;
  friend bool operator==(Point, Point) = default;
};

struct Rect {
  double x = 0, y = 0, width = 0, height = 0;
  double right() const { return x + width; }
  double bottom() const { return y + height; }
  Rect grown(double margin) const {
    return {x - margin, y - margin, width + 2 * margin, height + 2 * margin};
  }
  bool contains(Point p) const { return p.x >= x && p.x <= right() && p.y >= y && p.y <= bottom(); }
};

}  // namespace ranvier::plot
