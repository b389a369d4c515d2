#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <ranvier/runtime/group.hpp>

namespace ranvier {

struct SpikeMonitorOptions {
  bool record = true;     // false: counts only
  std::string when = {};  // slot; default: that of the threshold, so that values are those before the reset
  std::optional<int> order = {};  // default: behind the threshold
  std::string name = {};          // default: spikemonitor, spikemonitor_1, ...
};

/// Records the spikes of a group or slice: by time, then by ascending index (relative to the slice).
class SpikeMonitor : public Object {
 public:
  /// [s] [spike] start of the step in which each spike was detected. Throws NetworkError with `record =
  /// false`.
  std::span<const double> times() const;
  /// [spike] the neuron of each spike.
  std::span<const std::int32_t> indices() const;
  /// [neuron] number of spikes of each.
  std::span<const std::int64_t> counts() const { return counts_; }
  std::int64_t num_spikes() const { return total_; }
  /// Times [s] of each neuron, also of those that never spiked.
  std::map<std::int32_t, std::vector<double>> spike_trains() const;
  Slice source() const { return source_; }

 protected:
  friend class Network;
  SpikeMonitor(Network& network, std::string name, Slice source, SpikeMonitorOptions options);
  void plan(std::vector<PlanEntry>& entries) override;

 private:
  void observe(const Clock& clock);
  void require_record() const;

  Slice source_;
  SpikeMonitorOptions options_;
  std::vector<double> times_;
  std::vector<std::int32_t> indices_;
  std::vector<std::int64_t> counts_;
  std::int64_t total_ = 0;
};

}  // namespace ranvier
