#include <algorithm>
#include <numeric>
#include <ranvier/runtime/rate_monitor.hpp>
#include <ranvier/runtime/rates.hpp>

namespace ranvier {

PopulationRateMonitor::PopulationRateMonitor(Network& network, std::string name, Slice source,
                                             const RateMonitorOptions& options)
    : Monitor(network, std::move(name), source.group().clock()),
      source_(source),
      when_(options.when),
      order_(options.order) {
  TableInfo info{"rate", this->name(), source.group().name(), source.size(), 0, {}, {}};
  info.columns = {{"t", ColumnType::float64, "second"}, {"rate", ColumnType::float64, "Hz"}};
  record_.define(std::move(info), options.file);
}

void PopulationRateMonitor::plan(std::vector<PlanEntry>& entries) {
  const auto observe = [](void* self, const Clock&) { static_cast<PopulationRateMonitor*>(self)->observe(); };
  entries.push_back({when_, order_, 1, name(), observe, this, nullptr, false, "recording"});
}

void PopulationRateMonitor::observe() {
  const auto spikes = source_.group().history().at(clock().timestep);
  const auto from = std::ranges::lower_bound(spikes, static_cast<std::int32_t>(source_.begin()));
  const auto to = std::lower_bound(from, spikes.end(), static_cast<std::int32_t>(source_.end()));
  record_.open(1);
  *record_.cells<double>(0) = clock().t();
  *record_.cells<double>(1) =
      static_cast<double>(to - from) / static_cast<double>(source_.size()) / clock().dt;
  record_.close(1);
}

std::vector<double> PopulationRateMonitor::smooth_rate(std::string_view kind, Time width) const {
  if (rates().empty()) return {};
  return smoothed(smoothing_window(kind, width.si(), record_.even_dt()));
}

std::vector<double> PopulationRateMonitor::smooth_rate(const std::vector<double>& window) const {
  record_.even_dt();
  return smoothed(smoothing_window(window));
}

std::vector<double> PopulationRateMonitor::smoothed(const std::vector<double>& window) const {
  const Series<double> recorded = rates();
  std::vector<double> smooth(recorded.size(), 0);
  for (std::size_t k = 0; k < recorded.size(); ++k)
    if (recorded[k] != 0) add_window(window, static_cast<std::int64_t>(k), recorded[k], smooth);
  return smooth;
}

std::pair<std::vector<double>, std::vector<double>> PopulationRateMonitor::binned_rate(Time bin) const {
  const std::int64_t width = steps_of_bin(bin.si(), record_.even_dt());
  const Series<double> recorded = rates(), starts = times();
  std::pair<std::vector<double>, std::vector<double>> bins;
  for (auto rate = recorded.begin(); recorded.end() - rate >= width; rate += width) {
    bins.first.push_back(starts.begin()[rate - recorded.begin()]);
    bins.second.push_back(std::accumulate(rate, rate + width, 0.0) / static_cast<double>(width));
  }
  return bins;
}

}  // namespace ranvier
