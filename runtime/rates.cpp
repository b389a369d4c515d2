#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <numeric>
#include <ranvier/grammar/diagnostics.hpp>
#include <ranvier/runtime/rates.hpp>

namespace ranvier {

std::vector<double> smoothing_window(std::string_view kind, double width, double dt) {
  const bool gaussian = kind == "gaussian";
  if (!gaussian && kind != "flat")
    throw NetworkError(
        fmt::format("smooth_rate: window '{}' is unknown; it must be 'flat' or 'gaussian'", kind));
  if (!(width > 0 && width / dt < 1e7))
    throw NetworkError("smooth_rate: the width must be a positive time of less than ten million steps");
  const auto half = static_cast<std::int64_t>(std::nearbyint(gaussian ? 2 * width / dt : width / (2 * dt)));
  std::vector<double> window;
  for (std::int64_t k = -half; k <= half; ++k) {
    const double x = static_cast<double>(k) * dt;
    window.push_back(gaussian ? std::exp(-x * x / (2 * width * width)) : 1);
  }
  return smoothing_window(std::move(window));
}

std::vector<double> smoothing_window(std::vector<double> window) {
  const double sum = std::accumulate(window.begin(), window.end(), 0.0);
  if (window.size() % 2 == 0)
    throw NetworkError(
        fmt::format("smooth_rate: a window of {} steps has no middle; give an odd number", window.size()));
  if (!(sum > 0) || !std::isfinite(sum))
    throw NetworkError(fmt::format("smooth_rate: the window sums up to {}, but it must be positive", sum));
  for (double& w : window) w /= sum;
  return window;
}

void add_window(std::span<const double> window, std::int64_t step, double height, std::span<double> rates) {
  const std::int64_t half = std::ssize(window) / 2, n = std::ssize(rates);
  for (std::int64_t w = std::max(-half, -step); w <= std::min(half, n - 1 - step); ++w)
    rates[static_cast<std::size_t>(step + w)] += window[static_cast<std::size_t>(half + w)] * height;
}

std::int64_t steps_of_bin(double bin, double dt) {
  const double steps = dt > 0 ? std::round(bin / dt) : 0;
  if (!(steps >= 1 && steps < 1e15) || std::abs(steps * dt - bin) > 1e-4 * dt)
    throw NetworkError(fmt::format("binned_rate: the bin of {} s must be a multiple of dt = {} s", bin, dt));
  return static_cast<std::int64_t>(steps);
}

}  // namespace ranvier
