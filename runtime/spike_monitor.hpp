#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <ranvier/runtime/group.hpp>
#include <ranvier/runtime/monitor.hpp>
#include <ranvier/runtime/observed.hpp>

namespace ranvier {

struct SpikeMonitorOptions {
  std::vector<std::string> variables = {};  // recorded at the spike, with the values just before the reset
  bool record = true;                       // false: counts only
  std::string when = {};  // slot; default: where the event is looked for, so that values are those before the
                          // reset
  std::optional<int> order = {};  // default: behind that
  bool float32 = false;           // keeps these variables in half the memory
  std::string file = {};          // records to this file instead of memory: see read_recording
  std::string name = {};          // default: spikemonitor, spikemonitor_1, ...
};

/// Records the spikes, or other events, of a group or slice: by time, then by ascending index (relative to
/// the slice).
class SpikeMonitor : public Monitor {
 public:
  using Values = std::map<std::int32_t, std::vector<double>>;

  const Table& table() const override;
  /// [s] [spike] start of the step in which each spike was detected. Throws NetworkError with `record =
  /// false`.
  Series<double> times() const;
  /// [spike] the neuron of each spike.
  Series<std::int32_t> indices() const;
  /// Neurons and times.
  std::pair<Series<std::int32_t>, Series<double>> it() const { return {indices(), times()}; }
  /// [neuron] number of spikes of each.
  std::span<const std::int64_t> counts() const { return counts_; }
  std::int64_t num_spikes() const { return total_; }
  /// [spike] a recorded variable, in SI base units.
  std::vector<double> column(std::string_view variable) const { return table().column(variable); }
  /// Times [s] of each neuron, also of those that never spiked.
  Values spike_trains() const { return values("t"); }
  /// A recorded variable at the spikes of each neuron, in SI base units.
  Values values(std::string_view variable) const { return table().by_element(variable); }
  /// `values` of all recorded variables, and of "t".
  std::map<std::string, Values> all_values() const;
  /// Unit of a recorded variable as text.
  std::string unit(std::string_view variable) const { return record_.unit(variable); }

  /// [Hz] [neuron][step] from time zero to now: see PopulationRateMonitor.
  std::vector<std::vector<double>> smooth_rate(std::string_view window, Time width) const;
  std::vector<std::vector<double>> smooth_rate(const std::vector<double>& window) const;
  /// Start times [s] and rates [Hz] [neuron][bin], from time zero to now; an incomplete last bin is dropped.
  /// `bin` must be a multiple of dt.
  std::pair<std::vector<double>, std::vector<std::vector<double>>> binned_rate(Time bin) const;
  Slice source() const { return source_; }

 protected:
  friend class Network;
  SpikeMonitor(Network& network, std::string name, Slice source, std::string_view event,
               const SpikeMonitorOptions& options);
  Lowered lower(const Namespace& names) override { return observed_.lower(names, name()); }
  Namespace names_within(const Namespace& network) const override;
  void attach(Lowered lowered, std::vector<ExecutablePtr> code) override;
  void bind(const RunContext& context) override;
  void plan(std::vector<PlanEntry>& entries) override;
  void archive(Archive& archive) override;
  double rows_in(double) const override { return 0; }  // nobody knows

 private:
  void observe();
  void record(double t, std::span<std::int32_t> spikes);
  std::vector<std::vector<double>> smoothed(const std::vector<double>& window) const;
  std::vector<std::vector<double>> zeros(std::int64_t columns) const;
  std::int64_t steps() const;

  Slice source_;
  GroupEvent* event_;
  bool record_spikes_;
  std::string when_;
  int order_;
  ObservedVariables observed_;
  std::vector<std::int64_t> counts_;
  std::int64_t total_ = 0;
};

}  // namespace ranvier
