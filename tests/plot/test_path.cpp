#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

#include <ranvier/plot/path.hpp>

using namespace ranvier::plot;

namespace {

const double missing = std::numeric_limits<double>::quiet_NaN();
const Rect page{0, 0, 100, 100};
const Mapping same{{0, 0}, {1, 1}};

std::size_t points(const std::vector<Polyline>& lines) {
  return std::accumulate(lines.begin(), lines.end(), std::size_t{0},
                         [](std::size_t sum, const Polyline& line) { return sum + line.size(); });
}

std::vector<double> ramp(std::size_t n, double end) {
  std::vector<double> x(n);
  for (std::size_t i = 0; i < n; ++i) x[i] = end * static_cast<double>(i) / static_cast<double>(n);
  return x;
}

struct Extremes {
  double lo = 1e9, hi = -1e9;
  void add(double v) {
    lo = std::min(lo, v);
    hi = std::max(hi, v);
  }
};

}  // namespace

TEST_CASE("a short trace is drawn as it is") {
  const std::vector<double> x = {10, 20, 30}, y = {5, 50, 25};
  const auto lines = trace_path(x, y, same, page, 1);
  REQUIRE(lines.size() == 1);
  CHECK(lines[0] == Polyline{{10, 5}, {20, 50}, {30, 25}});
}

TEST_CASE("values are mapped to the page") {
  const std::vector<double> x = {1, 2}, y = {0, 1};
  const auto lines = trace_path(x, y, {{5, 90}, {10, -80}}, page, 1);
  REQUIRE(lines.size() == 1);
  CHECK(lines[0] == Polyline{{15, 90}, {25, 10}});
}

TEST_CASE("what is not finite leaves a gap, and a lone sample is kept") {
  const std::vector<double> x = {1, 2, 3, 4, 5, 6, 7}, y = {1, 1, missing, 4, INFINITY, 6, 6};
  const auto lines = trace_path(x, y, same, page, 1);
  REQUIRE(lines.size() == 3);
  CHECK(lines[0] == Polyline{{1, 1}, {2, 1}});
  CHECK(lines[1] == Polyline{{4, 4}});
  CHECK(lines[2] == Polyline{{6, 6}, {7, 6}});
}

TEST_CASE("a line that leaves the page is cut where it crosses the edge") {
  const std::vector<double> x = {50, 50, 80, 80}, y = {50, 150, 150, 50};
  const auto lines = trace_path(x, y, same, page, 1);
  REQUIRE(lines.size() == 2);
  CHECK(lines[0] == Polyline{{50, 50}, {50, 100}});
  CHECK(lines[1] == Polyline{{80, 100}, {80, 50}});
}

TEST_CASE("a line between two points outside crosses the page") {
  const std::vector<double> x = {-100, 200}, y = {-100, 200}, above = {-1, -1};
  const auto lines = trace_path(x, y, same, page, 1);
  REQUIRE(lines.size() == 1);
  CHECK(lines[0].front().x == doctest::Approx(0));
  CHECK(lines[0].back().y == doctest::Approx(100));
  CHECK(trace_path(x, above, same, page, 1).empty());
}

TEST_CASE("values far outside do not bend what is inside") {
  const std::vector<double> x = {40, 60}, y = {50, 1e299};
  const auto lines = trace_path(x, y, same, page, 1);
  REQUIRE(lines.size() == 1);
  CHECK(lines[0].back().x == doctest::Approx(40).epsilon(1e-6));
  CHECK(lines[0].back().y == doctest::Approx(100));
}

TEST_CASE("a million samples become four points a column with the same extremes") {
  const std::size_t n = 1'000'000;
  const std::vector<double> x = ramp(n, 100);
  std::vector<double> y(n);
  std::map<int, Extremes> expected, drawn;
  for (std::size_t i = 0; i < n; ++i) {
    y[i] = 50 + 30 * std::sin(x[i] * x[i]) + (i == 123'456 ? 19 : 0);
    expected[static_cast<int>(x[i])].add(y[i]);
  }
  const auto lines = trace_path(x, y, same, page, 1);
  CHECK(lines.size() == 1);
  CHECK(points(lines) <= 400);
  for (const Point& p : lines[0]) drawn[static_cast<int>(p.x)].add(p.y);
  REQUIRE(drawn.size() == 100);
  for (const auto& [column, extremes] : expected) {
    CHECK(drawn[column].lo == extremes.lo);
    CHECK(drawn[column].hi == extremes.hi);
  }
}

TEST_CASE("a long trace keeps the gaps that can be seen") {
  const std::size_t n = 100'000;
  const std::vector<double> x = ramp(n, 100);
  std::vector<double> y(n, 50);
  std::fill(y.begin() + 40'000, y.begin() + 45'000, missing);  // columns 40 to 44
  y[70'500] = missing;                                         // a thousandth of a column
  const auto lines = trace_path(x, y, same, page, 1);
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].back().x < 40);
  CHECK(lines[1].front().x == doctest::Approx(45));
}

TEST_CASE("of a long trace only the visible part is drawn") {
  const std::vector<double> x = ramp(100'000, 10'000), y(100'000, 50);
  const auto lines = trace_path(x, y, {{-5000, 0}, {1, 1}}, page, 1);
  REQUIRE(lines.size() == 1);
  CHECK(lines[0].front().x == doctest::Approx(0));
  CHECK(lines[0].back().x == doctest::Approx(100));
  CHECK(points(lines) <= 410);
}
