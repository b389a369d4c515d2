#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <ranvier/runtime/group.hpp>
#include <ranvier/runtime/monitor.hpp>

namespace ranvier {

struct RateMonitorOptions {
  std::string when = "end";  // slot
  int order = 0;
  std::string file = {};  // records to this file instead of memory: see read_recording
  std::string name = {};  // default: ratemonitor, ratemonitor_1, ...
};

/// Records the population rate of a group or slice at every step: spikes in the step / size / dt.
class PopulationRateMonitor : public Monitor {
 public:
  /// [s] [step] start of each step.
  Series<double> times() const { return record_.series<double>(0); }
  /// [Hz] [step]
  Series<double> rates() const { return record_.series<double>(1); }
  /// [Hz] [step] the rate convolved with a window of unit sum, zero beyond the ends. "flat": a box of
  /// 2*round(width/(2 dt)) + 1 steps; "gaussian": exp(-x^2 / (2 width^2)) cut at 2*width. Throws NetworkError
  /// for other windows.
  std::vector<double> smooth_rate(std::string_view window, Time width) const;
  /// With a window of one's own: an odd number of steps, scaled to unit sum.
  std::vector<double> smooth_rate(const std::vector<double>& window) const;
  /// Start times [s] and mean rates [Hz] of bins; an incomplete last bin is dropped. `bin` must be a multiple
  /// of dt.
  std::pair<std::vector<double>, std::vector<double>> binned_rate(Time bin) const;

 protected:
  friend class Network;
  PopulationRateMonitor(Network& network, std::string name, Slice source, const RateMonitorOptions& options);
  void plan(std::vector<PlanEntry>& entries) override;

 private:
  void observe();
  std::vector<double> smoothed(const std::vector<double>& window) const;

  Slice source_;
  std::string when_;
  int order_;
};

}  // namespace ranvier
