#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <numeric>
#include <ranvier/runtime/rate_monitor.hpp>

namespace ranvier {
namespace {

std::vector<double> window_of(std::string_view kind, double width, double dt) {
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
  const double sum = std::accumulate(window.begin(), window.end(), 0.0);
  for (double& w : window) w /= sum;
  return window;
}

}  // namespace

void PopulationRateMonitor::plan(std::vector<PlanEntry>& entries) {
  entries.push_back(
      {"end", 0, 1, name(),
       [](void* self, const Clock& clock) { static_cast<PopulationRateMonitor*>(self)->observe(clock); },
       this});
}

void PopulationRateMonitor::observe(const Clock& clock) {
  const auto spikes = source_.group().history().at(clock.timestep);
  const auto from = std::ranges::lower_bound(spikes, static_cast<std::int32_t>(source_.begin()));
  const auto to = std::lower_bound(from, spikes.end(), static_cast<std::int32_t>(source_.end()));
  times_.push_back(clock.t());
  rates_.push_back(static_cast<double>(to - from) / static_cast<double>(source_.size()) / clock.dt);
}

std::vector<double> PopulationRateMonitor::smooth_rate(std::string_view kind, Time width) const {
  if (rates_.empty()) return {};
  const std::vector<double> window = window_of(kind, width.si(), dt_);
  const std::int64_t half = std::ssize(window) / 2, n = std::ssize(rates_);
  std::vector<double> smooth(rates_.size(), 0);
  for (std::int64_t k = 0; k < n; ++k)
    for (std::int64_t w = std::max(-half, -k); w <= std::min(half, n - 1 - k); ++w)
      smooth[static_cast<std::size_t>(k)] +=
          window[static_cast<std::size_t>(half - w)] * rates_[static_cast<std::size_t>(k + w)];
  return smooth;
}

std::pair<std::vector<double>, std::vector<double>> PopulationRateMonitor::binned_rate(Time bin) const {
  const double steps = dt_ > 0 ? std::round(bin.si() / dt_) : 0;
  if (!(steps >= 1 && steps < 1e15) || std::abs(steps * dt_ - bin.si()) > 1e-4 * dt_)
    throw NetworkError(
        fmt::format("binned_rate: the bin of {} s must be a multiple of dt = {} s", bin.si(), dt_));
  const auto width = static_cast<std::size_t>(steps);
  std::pair<std::vector<double>, std::vector<double>> bins;
  for (std::size_t k = 0; k + width <= rates_.size(); k += width) {
    bins.first.push_back(times_[k]);
    const auto begin = rates_.begin() + static_cast<std::ptrdiff_t>(k);
    bins.second.push_back(std::accumulate(begin, begin + static_cast<std::ptrdiff_t>(width), 0.0) / steps);
  }
  return bins;
}

}  // namespace ranvier
