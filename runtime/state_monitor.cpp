#include <fmt/format.h>
#include <algorithm>
#include <numeric>
#include <ranvier/runtime/network.hpp>
#include <ranvier/runtime/state_monitor.hpp>

namespace ranvier {
namespace {

/// The group's arrays, and a place for the results of a probe.
class ProbeEnvironment : public KernelEnvironment {
 public:
  ProbeEnvironment(const Slice& source, Array& result) : source_(source), result_(result) {}
  void* address(const Column& column) override {
    return column.variable == "_result" ? result_.data() : source_.group().column_address(column);
  }
  double extent(ScalarKind kind) const override {
    // What is recorded is the group's own definition: i and N in it are the group's.
    return kind == ScalarKind::first ? 0 : static_cast<double>(source_.group().size());
  }

 private:
  const Slice& source_;
  Array& result_;
};

}  // namespace

StateMonitor::StateMonitor(Network& network, std::string name, Slice source, const Clock& clock,
                           StateMonitorOptions options)
    : Object(network, std::move(name), clock),
      source_(source),
      when_(std::move(options.when)),
      order_(options.order) {
  if (options.variables.empty())
    throw NetworkError(
        fmt::format("state monitor of '{}': name at least one variable to record", source.group().name()));
  if (options.record)
    elements_ = options.record.list();
  else {
    elements_.resize(static_cast<std::size_t>(source.size()));
    std::iota(elements_.begin(), elements_.end(), 0);
  }
  for (const std::int64_t element : elements_) {
    if (element < 0 || element >= source.size())
      throw NetworkError(
          fmt::format("state monitor of '{}': element {} is out of range; it must lie in [0, {})",
                      source.group().name(), element, source.size()));
    positions_.push_back(static_cast<std::int32_t>(source.begin() + element));
  }
  for (std::string& variable : options.variables) {
    source_[variable];  // throws with the nearest name if there is none
    const bool stored = source.group().find_array(variable) != nullptr;
    columns_.push_back(
        {std::move(variable), {}, {}, Array(Storage::f64, stored ? 0 : source.group().size())});
  }
}

Namespace StateMonitor::names_within(const Namespace& network) const {
  Namespace all = own_names_of(source_.group());
  all.insert(network.begin(), network.end());
  network_.add_linked_names(source_.group().model().variables, all);
  return all;
}

Lowered StateMonitor::lower(const Namespace& names) {
  Lowered lowered;
  for (const Recording& c : columns_)
    if (c.result.size() > 0)
      lowered.kernels.push_back(
          compile_probe(source_.group().model(), make_source("variable of " + name(), c.variable), names));
  return lowered;
}

void StateMonitor::attach(Lowered lowered, std::vector<ExecutablePtr> code) {
  std::size_t next = 0;
  for (Recording& c : columns_) {
    if (c.result.size() == 0) continue;
    c.probe = BoundKernel(std::move(lowered.kernels[next]), std::move(code[next]));
    ++next;
  }
}

void StateMonitor::bind(const RunContext& context) {
  for (Recording& c : columns_) {
    ProbeEnvironment environment(source_, c.result);
    if (c.probe) c.probe.bind(environment, context, name(), c.variable);
  }
}

void StateMonitor::plan(std::vector<PlanEntry>& entries) {
  entries.push_back({when_, order_, 1, name(),
                     [](void* self, const Clock& clock) { static_cast<StateMonitor*>(self)->observe(clock); },
                     this});
}

void StateMonitor::observe(const Clock& clock) {
  times_.push_back(clock.t());
  for (Recording& c : columns_) {
    if (c.probe) c.probe.run(source_.group().clock(), 0, std::ssize(positions_), positions_.data());
    const Array& array = c.probe ? c.result : *source_.group().find_array(c.variable);
    const bool shared = !c.probe && array.size() == 1;
    for (const std::int32_t p : positions_) c.values.push_back(array.get(shared ? 0 : p));
  }
}

void StateMonitor::record_single_timestep() {
  network_.prepare();
  observe(clock());
}

const StateMonitor::Recording& StateMonitor::column(std::string_view variable) const {
  std::vector<std::string> recorded;
  for (const Recording& c : columns_) {
    if (c.variable == variable) return c;
    recorded.push_back(c.variable);
  }
  throw NetworkError(
      fmt::format("'{}' does not record '{}'; it records {}", name(), variable, fmt::join(recorded, ", ")));
}

std::vector<double> StateMonitor::trace(std::string_view variable, std::int64_t element) const {
  const Recording& recording = column(variable);
  const auto found = std::ranges::find(elements_, element);
  if (found == elements_.end())
    throw NetworkError(fmt::format("'{}' does not record element {}; add it to .record", name(), element));
  const auto place = static_cast<std::size_t>(found - elements_.begin());
  std::vector<double> values;
  values.reserve(times_.size());
  for (std::size_t k = place; k < recording.values.size(); k += elements_.size())
    values.push_back(recording.values[k]);
  return values;
}

void StateMonitor::require_dimension(std::string_view variable, const Dimension& given) const {
  const Dimension own = source_[column(variable).variable].dimension();
  if (own == given) return;
  throw NetworkError(fmt::format("'{}' records {} in {}; it cannot be read in {}", name(), variable,
                                 to_string(own), to_string(given)));
}

std::string StateMonitor::unit(std::string_view variable) const {
  return source_[column(variable).variable].unit();
}

}  // namespace ranvier
