#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include <ranvier/plot/ticks.hpp>

using namespace ranvier::plot;

namespace {

std::string labels(Range range, int count, bool integers = false) {
  std::string text;
  for (const Tick& tick : nice_ticks(range, count, integers)) text += (text.empty() ? "" : " ") + tick.label;
  return text;
}

}  // namespace

TEST_CASE("ticks are multiples of 1, 2 or 5 and as many as fit") {
  CHECK(labels({0, 10}, 11) == "0 1 2 3 4 5 6 7 8 9 10");
  CHECK(labels({0, 10}, 6) == "0 2 4 6 8 10");
  CHECK(labels({0, 10}, 5) == "0 5 10");
  CHECK(labels({0, 10}, 2) == "0 10");
  CHECK(labels({-10, 510}, 6) == "0 100 200 300 400 500");
  CHECK(labels({0, 1000}, 4) == "0 500 1000");
}

TEST_CASE("ticks stay inside a range that does not begin at a round number") {
  CHECK(labels({-70.6, -40.4}, 5) == "−70 −60 −50");
  CHECK(labels({-70.6, -40.4}, 6) == "−70 −65 −60 −55 −50 −45");
  CHECK(labels({3.1, 3.9}, 4) == "3.2 3.4 3.6 3.8");
}

TEST_CASE("labels of one axis share their decimals") {
  CHECK(labels({0, 1}, 6) == "0.0 0.2 0.4 0.6 0.8 1.0");
  CHECK(labels({-0.05, 0.05}, 3) == "−0.05 0.00 0.05");
}

TEST_CASE("values of ticks are the doubles that their labels read as") {
  const auto ticks = nice_ticks({0, 1}, 11);
  REQUIRE(ticks.size() == 11);
  for (const Tick& tick : ticks) CHECK(tick.value == std::stod(tick.label));
  CHECK(ticks[3].value == 0.3);
}

TEST_CASE("large and tiny numbers are written with powers of ten") {
  CHECK(labels({0, 2e7}, 4) == "0 1×10⁷ 2×10⁷");
  CHECK(labels({0, 2e7}, 5) == "0 5×10⁶ 1×10⁷ 1.5×10⁷ 2×10⁷");
  CHECK(labels({0, 3e-4}, 5) == "0 1×10⁻⁴ 2×10⁻⁴ 3×10⁻⁴");
  CHECK(labels({-2e12, 0}, 3) == "−2×10¹² −1×10¹² 0");
}

TEST_CASE("an axis of indices has whole numbers only") {
  CHECK(labels({-0.5, 2.5}, 8, true) == "0 1 2");
  CHECK(labels({-0.5, 2.5}, 8, false) == "−0.5 0.0 0.5 1.0 1.5 2.0 2.5");
}

TEST_CASE("a range without length becomes one around its value") {
  CHECK(usable({5, 5}) == Range{4.5, 5.5});
  CHECK(usable({0, 0}) == Range{-0.5, 0.5});
  CHECK(usable({2, 1}) == Range{1, 2});
  const Range narrow = usable({1, 1 + 1e-15});
  CHECK(narrow.lo < 1);
  CHECK(narrow.hi > 1);
}

TEST_CASE("any range whatever gives few ticks that lie inside") {
  const double huge = 1e300, tiny = 1e-240, infinity = std::numeric_limits<double>::infinity();
  const Range ranges[] = {{-huge, huge},    {0, tiny},     {-tiny, tiny},
                          {1e15, 1e15 + 1}, {0, infinity}, {infinity, -infinity},
                          {std::nan(""), 1}};
  for (const Range& range : ranges) {
    const auto ticks = nice_ticks(range, 7);
    CHECK(ticks.size() <= 7);
    const Range used = usable(range);
    for (const Tick& tick : ticks) {
      CHECK(tick.value >= used.lo - 1e-9 * used.span());
      CHECK(tick.value <= used.hi + 1e-9 * used.span());
    }
  }
}

TEST_CASE("what is not finite has no place on an axis") {
  CHECK(drawable(-1e300));
  CHECK_FALSE(drawable(1.1e300));
  CHECK_FALSE(drawable(std::numeric_limits<double>::infinity()));
  CHECK_FALSE(drawable(std::nan("")));
}
