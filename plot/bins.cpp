#include <algorithm>
#include <cmath>
#include <cstddef>

#include <ranvier/plot/bins.hpp>
#include <ranvier/plot/ticks.hpp>

namespace ranvier::plot {
namespace {

// Linear interpolation between the sorted values.
double quantile(const std::vector<double>& sorted, double fraction) {
  const double place = fraction * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return std::lerp(sorted[below], sorted[above], place - std::floor(place));
}

int suitable_bins(const std::vector<double>& sorted) {
  const double n = static_cast<double>(sorted.size());
  const double width = 2 * (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / std::cbrt(n);
  const double wanted = width > 0 ? (sorted.back() - sorted.front()) / width : std::log2(n) + 1;
  return static_cast<int>(std::ceil(std::clamp(wanted, 1.0, 200.0)));
}

}  // namespace

Bars count_in_bins(std::vector<double> values, int bins) {
  std::erase_if(values, [](double value) { return !drawable(value); });
  if (values.empty()) return {};
  std::ranges::sort(values);
  if (bins == 0) bins = suitable_bins(values);
  const Range range = usable({values.front(), values.back()});
  Bars bars{range.lo, range.span() / bins, std::vector<double>(static_cast<std::size_t>(bins))};
  for (const double value : values) {
    const auto bin = static_cast<int>((value - range.lo) / bars.width);
    bars.heights[static_cast<std::size_t>(std::clamp(bin, 0, bins - 1))] += 1;
  }
  return bars;
}

}  // namespace ranvier::plot
