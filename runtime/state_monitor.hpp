#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <ranvier/runtime/elements.hpp>
#include <ranvier/runtime/group.hpp>

namespace ranvier {

struct StateMonitorOptions {
  std::vector<std::string> variables = {};  // variables or subexpressions of the group
  Elements record = {};                     // elements, relative to the slice; none: all
  std::optional<Time> dt = {};              // default: at every step of the group
  const Clock* clock = nullptr;             // instead of dt: one that the network has
  std::string when = "start";               // slot
  int order = 0;
  std::string name = {};  // default: statemonitor, statemonitor_1, ...
};

/// Records variables, unless told otherwise at the start of every step, before the step changes them.
/// Subexpressions are evaluated then.
class StateMonitor : public Object {
 public:
  /// [s] [step]
  std::span<const double> times() const { return times_; }
  /// Recorded elements, in the order given.
  const std::vector<std::int64_t>& elements() const { return elements_; }
  /// [step] in SI base units: what was recorded of `variable` in `element` (its number, not its position in
  /// `elements`). Throws NetworkError if it was not recorded.
  std::vector<double> trace(std::string_view variable, std::int64_t element) const;
  template <int... A>
  std::vector<double> trace(std::string_view variable, std::int64_t element, Quantity<A...> unit) const {
    require_dimension(variable, Quantity<A...>::dimension());
    std::vector<double> values = trace(variable, element);
    for (double& x : values) x /= unit.si();
    return values;
  }
  /// Unit of a recorded variable as text.
  std::string unit(std::string_view variable) const;
  /// Appends the state as it is now: the last state of a run, which a run itself does not record.
  void record_single_timestep();

 protected:
  friend class Network;
  StateMonitor(Network& network, std::string name, Slice source, const Clock& clock,
               StateMonitorOptions options);
  Lowered lower(const Namespace& names) override;
  Namespace names_within(const Namespace& network) const override;
  void attach(Lowered lowered, std::vector<ExecutablePtr> code) override;
  void bind(const RunContext& context) override;
  void plan(std::vector<PlanEntry>& entries) override;

 private:
  /// One recorded variable: its values [step][element], and what computes them if they are not stored.
  struct Recording {
    std::string variable;
    std::vector<double> values;
    BoundKernel probe;
    Array result;
  };

  void observe(const Clock& clock);
  void require_dimension(std::string_view variable, const Dimension& dimension) const;
  const Recording& column(std::string_view variable) const;

  Slice source_;
  std::string when_;
  int order_;
  std::vector<std::int64_t> elements_;
  std::vector<std::int32_t> positions_;  // in the group
  std::vector<Recording> columns_;
  std::vector<double> times_;
};

}  // namespace ranvier
