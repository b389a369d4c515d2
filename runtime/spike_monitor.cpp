#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <ranvier/runtime/archive.hpp>
#include <ranvier/runtime/memory.hpp>
#include <ranvier/runtime/network.hpp>
#include <ranvier/runtime/rates.hpp>
#include <ranvier/runtime/spike_monitor.hpp>

namespace ranvier {

SpikeMonitor::SpikeMonitor(Network& network, std::string name, Slice source, std::string_view event,
                           const SpikeMonitorOptions& options)
    : Monitor(network, std::move(name), source.group().clock()),
      source_(source),
      event_(&source.group().followed(event)),
      record_spikes_(options.record),
      when_(options.when.empty() ? event_->place.when : options.when),
      order_(options.order.value_or(event_->place.order + 1)),
      observed_(source, options.variables, options.float32),
      counts_(static_cast<std::size_t>(source.size()), 0) {
  if (!record_spikes_ && !(options.variables.empty() && options.file.empty()))
    throw NetworkError(fmt::format(
        "'{}' has .record = false: it only counts, and has no use for variables or a file", this->name()));
  TableInfo info{"spikes", this->name(), source.group().name(), source.size(), 0, {}, {}};
  info.columns = observed_.columns(false);
  info.columns.insert(info.columns.begin(), {{"t", ColumnType::float64, "second"}, {"i", ColumnType::int32}});
  record_.define(std::move(info), options.file);
}

Namespace SpikeMonitor::names_within(const Namespace&) const {
  return network_.names_for(source_.group());
}

void SpikeMonitor::attach(Lowered lowered, std::vector<ExecutablePtr> code) {
  observed_.attach(std::move(lowered), std::move(code));
}

void SpikeMonitor::bind(const RunContext& context) {
  Monitor::bind(context);
  observed_.bind(context, name());
}

const Table& SpikeMonitor::table() const {
  if (!record_spikes_)
    throw NetworkError("'" + name() + "' only counts spikes; create it with .record = true for times");
  return Monitor::table();
}

Series<double> SpikeMonitor::times() const {
  table();
  return record_.series<double>(0);
}

Series<std::int32_t> SpikeMonitor::indices() const {
  table();
  return record_.series<std::int32_t>(1);
}

std::map<std::string, SpikeMonitor::Values> SpikeMonitor::all_values() const {
  std::map<std::string, Values> all;
  for (const ColumnInfo& column : table().info().columns)
    if (column.name != "i") all[column.name] = values(column.name);
  return all;
}

void SpikeMonitor::plan(std::vector<PlanEntry>& entries) {
  const auto observe = [](void* self, const Clock&) { static_cast<SpikeMonitor*>(self)->observe(); };
  entries.push_back({when_, order_, 1, name(), observe, this, nullptr, false, "recording"});
}

void SpikeMonitor::archive(Archive& archive) {
  Monitor::archive(archive);
  archive.array("counts", std::span(counts_));
  archive.number("spikes", total_);
}

void SpikeMonitor::observe() {
  const auto first = static_cast<std::int32_t>(source_.begin());
  const auto spikes = event_->history.at(clock().timestep);
  const auto from = std::ranges::lower_bound(spikes, first);
  const auto to = std::lower_bound(from, spikes.end(), static_cast<std::int32_t>(source_.end()));
  for (auto spike = from; spike != to; ++spike) ++counts_[static_cast<std::size_t>(*spike - first)];
  total_ += to - from;
  if (record_spikes_) record(clock().t(), std::span(from, to));
}

void SpikeMonitor::record(double t, std::span<std::int32_t> spikes) {
  while (!spikes.empty()) {
    const std::int64_t count = record_.open(std::ssize(spikes));
    const auto part = spikes.first(static_cast<std::size_t>(count));
    std::fill_n(record_.cells<double>(0), count, t);
    std::ranges::transform(part, record_.cells<std::int32_t>(1), [&](std::int32_t spike) {
      return spike - static_cast<std::int32_t>(source_.begin());
    });
    for (std::size_t k = 0; k + 2 < record_.info().columns.size(); ++k)
      observed_.read(k, part, record_.cells(k + 2));
    record_.close(count);
    spikes = spikes.subspan(part.size());
  }
}

std::int64_t SpikeMonitor::steps() const {
  return clock().timestep;
}

std::vector<std::vector<double>> SpikeMonitor::zeros(std::int64_t columns) const {
  const auto n = static_cast<std::size_t>(source_.size());
  require_memory(fmt::format("the rates of {} neurons in {} bins", n, columns),
                 static_cast<double>(n) * static_cast<double>(columns) * sizeof(double), network_.limits());
  return {n, std::vector<double>(static_cast<std::size_t>(columns), 0)};
}

std::vector<std::vector<double>> SpikeMonitor::smooth_rate(std::string_view kind, Time width) const {
  return smoothed(smoothing_window(kind, width.si(), record_.even_dt()));
}

std::vector<std::vector<double>> SpikeMonitor::smooth_rate(const std::vector<double>& window) const {
  return smoothed(smoothing_window(window));
}

std::vector<std::vector<double>> SpikeMonitor::smoothed(const std::vector<double>& window) const {
  const double dt = record_.even_dt();
  const auto [i, t] = it();
  std::vector<std::vector<double>> rates = zeros(steps());
  for (std::size_t k = 0; k < i.size(); ++k)
    add_window(window, std::llround(t[k] / dt), 1 / dt, rates[static_cast<std::size_t>(i[k])]);
  return rates;
}

std::pair<std::vector<double>, std::vector<std::vector<double>>> SpikeMonitor::binned_rate(Time bin) const {
  const double dt = record_.even_dt();
  const std::int64_t width = steps_of_bin(bin.si(), dt), bins = steps() / width;
  const auto [i, t] = it();
  std::pair<std::vector<double>, std::vector<std::vector<double>>> rates{{}, zeros(bins)};
  for (std::int64_t k = 0; k < bins; ++k) rates.first.push_back(static_cast<double>(k * width) * dt);
  for (std::size_t k = 0; k < i.size(); ++k) {
    const std::int64_t at = std::llround(t[k] / dt) / width;
    if (at < bins)
      rates.second[static_cast<std::size_t>(i[k])][static_cast<std::size_t>(at)] +=
          1 / (static_cast<double>(width) * dt);
  }
  return rates;
}

}  // namespace ranvier
