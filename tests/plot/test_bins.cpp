#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <numeric>

#include <ranvier/plot/bins.hpp>

using namespace ranvier::plot;

TEST_CASE("values are counted in equal bins and the greatest is in the last") {
  const Bars bars = count_in_bins({0, 0.5, 1, 1.5, 2, 3.5, 4}, 4);
  CHECK(bars.first == 0);
  CHECK(bars.width == 1);
  CHECK(bars.heights == std::vector<double>{2, 2, 1, 2});
}

TEST_CASE("values that are not finite are not counted") {
  const Bars bars = count_in_bins({1, std::numeric_limits<double>::quiet_NaN(), 2, -INFINITY, 3}, 2);
  CHECK(bars.heights == std::vector<double>{1, 2});
}

TEST_CASE("the number of bins follows from the spread of the data") {
  std::vector<double> values(1000);  // 0 to 999: quartiles 249.75 and 749.25, width 2 * 499.5 / 10
  std::iota(values.begin(), values.end(), 0.0);
  const Bars bars = count_in_bins(values, 0);
  CHECK(bars.heights.size() == 10);  // 999 / 99.9
  CHECK(std::accumulate(bars.heights.begin(), bars.heights.end(), 0.0) == 1000);
}

TEST_CASE("constant, single and missing values give a histogram too") {
  const Bars constant = count_in_bins({5, 5, 5, 5}, 0);
  CHECK(std::accumulate(constant.heights.begin(), constant.heights.end(), 0.0) == 4);
  CHECK(constant.width > 0);
  CHECK(count_in_bins({7}, 3).heights.size() == 3);
  CHECK(count_in_bins({}, 0).heights.empty());
}
