#pragma once
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <ranvier/runtime/group.hpp>

namespace ranvier {

/// Records the population rate of a group or slice at every step: spikes in the step / size / dt.
class PopulationRateMonitor : public Object {
 public:
  /// [s] [step] start of each step.
  std::span<const double> times() const { return times_; }
  /// [Hz] [step]
  std::span<const double> rates() const { return rates_; }
  /// [Hz] [step] the rate convolved with a window of unit sum, zero beyond the ends. "flat": a box of
  /// 2*round(width/(2 dt)) + 1 steps; "gaussian": exp(-x^2 / (2 width^2)) cut at 2*width. Throws NetworkError
  /// for other windows.
  std::vector<double> smooth_rate(std::string_view window, Time width) const;
  /// Start times [s] and mean rates [Hz] of bins; an incomplete last bin is dropped. `bin` must be a multiple
  /// of dt.
  std::pair<std::vector<double>, std::vector<double>> binned_rate(Time bin) const;

 protected:
  friend class Network;
  PopulationRateMonitor(Network& network, std::string name, Slice source)
      : Object(network, std::move(name), source.group().clock()), source_(source) {}
  void bind(const RunContext& context) override { dt_ = context.dt; }
  void plan(std::vector<PlanEntry>& entries) override;

 private:
  void observe(const Clock& clock);

  Slice source_;
  double dt_ = 0;
  std::vector<double> times_;
  std::vector<double> rates_;
};

}  // namespace ranvier
