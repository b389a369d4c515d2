#include <algorithm>
#include <cmath>
#include <cstdint>

#include <ranvier/plot/ticks.hpp>

namespace ranvier::plot {
namespace {

// A tick is index * mantissa * 10^exponent: whole numbers, so that labels are exact and 3 * 0.1 is 0.3.
struct Step {
  int mantissa = 1;
  int exponent = 0;
};

double value_of(std::int64_t units, int exponent) {
  const double count = static_cast<double>(units);
  return exponent >= 0 ? count * std::pow(10.0, exponent) : count / std::pow(10.0, -exponent);
}

struct Indices {
  std::int64_t first = 0, last = -1;
  std::int64_t count() const { return last - first + 1; }
};

Indices inside(Range range, Step step) {
  const double size = value_of(step.mantissa, step.exponent);
  const double slack = 1e-9 * range.span() / size;  // an end that is a tick up to rounding has its tick
  return {static_cast<std::int64_t>(std::ceil(range.lo / size - slack)),
          static_cast<std::int64_t>(std::floor(range.hi / size + slack))};
}

Step choose_step(Range range, int max_count, bool integers) {
  int exponent = static_cast<int>(std::floor(std::log10(range.span() / (max_count + 1))));
  if (integers) exponent = std::max(exponent, 0);
  for (;; ++exponent)
    for (const int mantissa : {1, 2, 5})
      if (inside(range, {mantissa, exponent}).count() <= max_count) return {mantissa, exponent};
}

std::string superscript(int number) {
  static constexpr const char* digits[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string text = number < 0 ? "⁻" : "";
  for (const char c : std::to_string(std::abs(number))) text += digits[c - '0'];
  return text;
}

std::string plain(std::string digits, int exponent) {
  if (exponent >= 0)
    return digits == "0" ? digits : digits + std::string(static_cast<std::size_t>(exponent), '0');
  const auto decimals = static_cast<std::size_t>(-exponent);
  if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
  return digits.insert(digits.size() - decimals, ".");
}

std::string scientific(std::string digits, int exponent) {
  const int power = exponent + static_cast<int>(digits.size()) - 1;
  digits.erase(digits.find_last_not_of('0') + 1);
  if (digits.size() > 1) digits.insert(1, ".");
  return digits + "×10" + superscript(power);
}

std::string label_of(std::int64_t units, int exponent, bool powers) {
  const std::string digits = std::to_string(std::abs(units));
  const std::string sign = units < 0 ? "−" : "";
  if (!powers) return sign + plain(digits, exponent);
  return units == 0 ? "0" : sign + scientific(digits, exponent);
}

}  // namespace

std::vector<Tick> nice_ticks(Range range, int max_count, bool integers) {
  range = usable(range);
  const Step step = choose_step(range, std::max(max_count, 1), integers);
  const double size = std::max(std::abs(range.lo), std::abs(range.hi));
  const bool powers = size >= 1e6 || size < 1e-3;
  std::vector<Tick> ticks;
  const Indices indices = inside(range, step);
  for (std::int64_t index = indices.first; index <= indices.last; ++index) {
    const std::int64_t units = index * step.mantissa;
    ticks.push_back({value_of(units, step.exponent), label_of(units, step.exponent, powers)});
  }
  return ticks;
}

Range usable(Range range) {
  if (!drawable(range.lo) || !drawable(range.hi)) return {0, 1};
  if (range.lo > range.hi) std::swap(range.lo, range.hi);
  const double size = std::max(std::abs(range.lo), std::abs(range.hi));
  if (size < 1e-250) return {-0.5, 0.5};
  if (range.span() > 1e-9 * size) return range;
  const double centre = range.lo / 2 + range.hi / 2;
  return {centre - 0.1 * size, centre + 0.1 * size};
}

Range padded(Range range, double fraction) {
  const double pad = fraction * range.span();
  return {range.lo - pad, range.hi + pad};
}

bool drawable(double value) {
  return std::abs(value) <= 1e300;
}

}  // namespace ranvier::plot
