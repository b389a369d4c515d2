#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <ranvier/runtime/monitor.hpp>
#include <ranvier/runtime/observed.hpp>
#include <ranvier/runtime/record_selection.hpp>

namespace ranvier {

struct StateMonitorOptions {
  RecordedVariables variables = {};  // variables or subexpressions: {"v", "w"}, or all_variables
  RecordSelection record =
      {};  // elements, relative to the slice: {0, 5}, ElementRange{0, 100, 10}, "i < 10"; default: all
  std::optional<Time> dt = {};   // default: at every step of the source
  const Clock* clock = nullptr;  // instead of dt: one that the network has
  std::string when = "start";    // slot
  int order = 0;
  std::int64_t every = 1;  // records at every so many steps, beginning with the first
  bool float32 = false;    // keeps floats in half the memory
  std::string file = {};   // records to this file instead of memory: see read_recording
  std::string name = {};   // default: statemonitor, statemonitor_1, ...
};

/// Records variables, unless told otherwise at the start of every step, before the step changes them.
/// Subexpressions are evaluated then. A shared variable is recorded once.
class StateMonitor : public Monitor {
 public:
  /// [s] [step]
  Series<double> times() const { return record_.series<double>(0); }
  /// Recorded elements, in the order given, by the numbers that they had when the monitor was made.
  const std::vector<std::int64_t>& elements() const { return elements_; }
  /// [step] in SI base units: what was recorded of `variable` in `element` (its number, not its position in
  /// `elements`). Throws NetworkError if it was not recorded.
  std::vector<double> trace(std::string_view variable, std::int64_t element) const {
    return table().trace(variable, element);
  }
  /// [step] of a shared variable.
  std::vector<double> trace(std::string_view variable) const { return table().column(variable); }
  template <int... A>
  std::vector<double> trace(std::string_view variable, std::int64_t element, Quantity<A...> unit) const {
    require_dimension(variable, Quantity<A...>::dimension());
    std::vector<double> values = trace(variable, element);
    for (double& x : values) x /= unit.si();
    return values;
  }
  /// [element][step] in SI base units, in the order of `elements`.
  std::vector<std::vector<double>> values(std::string_view variable) const {
    return table().traces(variable);
  }
  /// Unit of a recorded variable as text.
  std::string unit(std::string_view variable) const { return record_.unit(variable); }
  /// Appends the state as it is now: the last state of a run, which a run itself does not record.
  void record_single_timestep();

 protected:
  friend class Network;
  StateMonitor(Network& network, std::string name, Elements source, const Clock& clock,
               StateMonitorOptions options);
  Lowered lower(const Namespace& names) override { return observed_.lower(names, name()); }
  Namespace names_within(const Namespace& network) const override;
  void attach(Lowered lowered, std::vector<ExecutablePtr> code) override;
  void bind(const RunContext& context) override;
  void plan(std::vector<PlanEntry>& entries) override;
  void archive(Archive& archive) override;
  void require_elements(const StateOwner& owner, std::span<const std::int32_t> numbers) const override;
  void renumber_elements(const StateOwner& owner, std::span<const std::int32_t> numbers) override;
  double rows_in(double steps) const override { return steps / static_cast<double>(every_); }

 private:
  void observe();
  void record(double t);
  void require_dimension(std::string_view variable, const Dimension& dimension) const;

  Elements source_;
  std::string when_;
  int order_;
  std::int64_t every_;
  std::int64_t triggers_ = 0;
  std::vector<std::int64_t> elements_;
  std::vector<std::int64_t> numbers_;    // that they have now
  std::vector<std::int32_t> positions_;  // in storage
  ObservedVariables observed_;
};

}  // namespace ranvier
