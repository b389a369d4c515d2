#include <algorithm>
#include <ranvier/runtime/spike_monitor.hpp>

namespace ranvier {

SpikeMonitor::SpikeMonitor(Network& network, std::string name, Slice source, SpikeMonitorOptions options)
    : Object(network, std::move(name), source.group().clock()),
      source_(source),
      options_(std::move(options)),
      counts_(static_cast<std::size_t>(source.size()), 0) {}

void SpikeMonitor::require_record() const {
  if (!options_.record)
    throw NetworkError("'" + name() + "' only counts spikes; create it with .record = true for times");
}

std::span<const double> SpikeMonitor::times() const {
  require_record();
  return times_;
}

std::span<const std::int32_t> SpikeMonitor::indices() const {
  require_record();
  return indices_;
}

std::map<std::int32_t, std::vector<double>> SpikeMonitor::spike_trains() const {
  require_record();
  std::map<std::int32_t, std::vector<double>> trains;
  for (std::int32_t k = 0; k < static_cast<std::int32_t>(source_.size()); ++k) trains[k];
  for (std::size_t k = 0; k < times_.size(); ++k) trains[indices_[k]].push_back(times_[k]);
  return trains;
}

void SpikeMonitor::plan(std::vector<PlanEntry>& entries) {
  entries.push_back(
      {options_.when.empty() ? "thresholds" : options_.when, options_.order.value_or(1), 1, name(),
       [](void* self, const Clock& clock) { static_cast<SpikeMonitor*>(self)->observe(clock); }, this});
}

void SpikeMonitor::observe(const Clock& clock) {
  const auto first = static_cast<std::int32_t>(source_.begin());
  const auto spikes = source_.group().history().at(source_.group().clock().timestep);
  const auto from = std::ranges::lower_bound(spikes, first);
  const auto to = std::lower_bound(from, spikes.end(), static_cast<std::int32_t>(source_.end()));
  for (auto spike = from; spike != to; ++spike) {
    ++counts_[static_cast<std::size_t>(*spike - first)];
    ++total_;
    if (!options_.record) continue;
    times_.push_back(clock.t());
    indices_.push_back(*spike - first);
  }
}

}  // namespace ranvier
