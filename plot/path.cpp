#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <utility>

#include <ranvier/plot/path.hpp>
#include <ranvier/plot/ticks.hpp>

namespace ranvier::plot {
namespace {

struct Segment {
  Point from, to;
};

// Liang and Barsky (1984): the part of the segment inside `view`, as two fractions of its length.
bool clip(Segment& segment, const Rect& view) {
  const Point a = segment.from, d{segment.to.x - a.x, segment.to.y - a.y};
  const std::array<std::pair<double, double>, 4> edges = {
      {{-d.x, a.x - view.x}, {d.x, view.right() - a.x}, {-d.y, a.y - view.y}, {d.y, view.bottom() - a.y}}};
  double enter = 0, leave = 1;
  for (const auto& [towards, distance] : edges) {
    if (towards == 0 && distance < 0) return false;
    if (towards < 0) enter = std::max(enter, distance / towards);
    if (towards > 0) leave = std::min(leave, distance / towards);
  }
  if (enter > leave) return false;
  if (leave < 1) segment.to = {a.x + leave * d.x, a.y + leave * d.y};
  if (enter > 0) segment.from = {a.x + enter * d.x, a.y + enter * d.y};
  return true;
}

// Takes points one by one and keeps the lines between them that are in view.
class Pen {
 public:
  explicit Pen(const Rect& view) : view_(view) {}

  void to(Point p) {
    if (down_)
      join(p);
    else if (view_.contains(p))
      lines_.push_back({p});
    at_ = p;
    down_ = true;
  }

  void lift() { down_ = false; }
  std::vector<Polyline> finish() && { return std::move(lines_); }

 private:
  void join(Point p) {
    Segment segment{at_, p};
    if (!clip(segment, view_)) return;
    if (lines_.empty() || lines_.back().back() != segment.from) lines_.push_back({segment.from});
    lines_.back().push_back(segment.to);
  }

  Rect view_;
  Point at_;
  bool down_ = false;
  std::vector<Polyline> lines_;
};

// The samples of one pixel column: all that can be seen of them are these four.
class Column {
 public:
  void add(Point p) {
    if (count_ == 0) first_ = low_ = high_ = {p, 0};
    last_ = {p, count_++};
    if (p.y < low_.point.y) low_ = last_;
    if (p.y > high_.point.y) high_ = last_;
  }
  void add_gap() { gap_ = true; }

  void draw(Pen& pen) {
    if (count_ == 0 && gap_) pen.lift();
    if (count_ > 0) {
      std::array<Entry, 4> entries = {first_, low_, high_, last_};
      std::ranges::sort(entries, {}, &Entry::order);
      for (std::size_t i = 0; i < entries.size(); ++i)
        if (i == 0 || entries[i].order != entries[i - 1].order) pen.to(entries[i].point);
    }
    *this = {};
  }

 private:
  struct Entry {
    Point point;
    std::size_t order = 0;
  };
  Entry first_, low_, high_, last_;
  std::size_t count_ = 0;
  bool gap_ = false;
};

// Far outside the page a place is as good as its limit, and products of places stay finite.
Point bounded(Point p) {
  constexpr double limit = 1e9;
  return {std::clamp(p.x, -limit, limit), std::clamp(p.y, -limit, limit)};
}

void draw_all(std::span<const double> x, std::span<const double> y, const Mapping& mapping, Pen& pen) {
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (drawable(x[i]) && drawable(y[i]))
      pen.to(bounded(mapping(x[i], y[i])));
    else
      pen.lift();
  }
}

void draw_columns(std::span<const double> x, std::span<const double> y, const Mapping& mapping,
                  const Rect& view, double width, Pen& pen) {
  Column column;
  double current = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (!drawable(x[i])) continue;
    const bool gap = !drawable(y[i]);
    const Point p = bounded(mapping(x[i], gap ? 0 : y[i]));
    const double place = std::floor((std::clamp(p.x, view.x - width, view.right() + width) - view.x) / width);
    if (place != current) column.draw(pen);
    current = place;
    if (gap)
      column.add_gap();
    else
      column.add(p);
  }
  column.draw(pen);
}

}  // namespace

std::vector<Polyline> trace_path(std::span<const double> x, std::span<const double> y, const Mapping& mapping,
                                 const Rect& view, double column) {
  Pen pen(view);
  if (static_cast<double>(x.size()) * column <= 4 * view.width)
    draw_all(x, y, mapping, pen);
  else
    draw_columns(x, y, mapping, view, column, pen);
  return std::move(pen).finish();
}

}  // namespace ranvier::plot
