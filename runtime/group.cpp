#include <fmt/format.h>
#include <algorithm>
#include <ranges>
#include <ranvier/runtime/group.hpp>
#include <ranvier/runtime/names.hpp>
#include <ranvier/runtime/network.hpp>

namespace ranvier {
namespace {

constexpr double never = -1e4;  // [s] lastspike of a neuron that has not spiked

}  // namespace

Slice::Slice(Group& group) : Slice(group, 0, group.size()) {}

Slice::Slice(Group& group, std::int64_t begin, std::int64_t end) : group_(&group), begin_(begin), end_(end) {
  if (begin < 0 || end > group.size() || begin >= end)
    throw NetworkError(fmt::format("slice [{}, {}) of '{}': it must be a part of [0, {}) that is not empty",
                                   begin, end, group.name(), group.size()));
}

VariableView Slice::operator[](std::string_view variable) const {
  return {*group_, std::string(variable), begin_, end_};
}

std::vector<std::int64_t> Slice::indices(std::string_view condition) const {
  return static_cast<StateOwner*>(group_)->indices(condition, begin_, end_);
}

Slice Slice::slice(std::int64_t begin, std::int64_t end) const {
  if (begin < 0 || end > size())
    throw NetworkError(fmt::format("slice [{}, {}) of a slice of '{}' with {} elements", begin, end,
                                   group_->name(), size()));
  return {*group_, begin_ + begin, begin_ + end};
}

Group::Group(Network& network, std::string name, std::int64_t count, GroupModel model,
             const GroupPlace& place, Namespace names)
    : Object(network, std::move(name), place.clock),
      count_(count),
      order_(place.order),
      model_(std::move(model)),
      names_(std::move(names)) {
  events_.push_back({this, "spike", SpikeHistory(count), {"thresholds", order_}, {"resets", order_}});
  for (const Event& event : model_.events)
    events_.push_back({this, event.name, SpikeHistory(count), {"after_thresholds", order_}, {}});
  allocate(count);
  if (Array* lastspike = find_array("lastspike")) std::ranges::fill(lastspike->as<double>(), never);
  if (Array* flag = find_array("not_refractory")) std::ranges::fill(flag->as<std::uint8_t>(), 1);
}

const Variable* Group::special(std::string_view name) const {
  static const Variable known[] = {special_variable("i", false), special_variable("N", true)};
  const auto found = std::ranges::find(known, name, &Variable::name);
  return found == std::end(known) ? nullptr : found;
}

VariableView Group::operator[](std::string_view variable) {
  return {*this, std::string(variable), 0, count_};
}

void Group::set(const std::string& constant, const NamespaceValue& value) {
  check_constant(constant, value);
  if (model_.find(constant))
    throw NetworkError(
        fmt::format("'{0}' is a variable of '{1}', not a constant; assign {1}[\"{0}\"]", constant, name()));
  names_[constant] = value;
  network_.structure_changed();
}

std::span<const std::int32_t> Group::spikes() const {
  return events_.front().history.latest();
}

Namespace Group::names_within(const Namespace& network) const {
  Namespace all = Object::names_within(network);
  network_.add_linked_names(model_.variables, all);
  return all;
}

Lowered Group::lower(const Namespace& names) {
  GroupKernels kernels = compile_group(model_, names, &network_.compile_times(), clock().dt, apart_);
  Lowered lowered;
  lowered.method = std::move(kernels.method);
  lowered.reason = std::move(kernels.reason);
  lowered.warnings = std::move(kernels.warnings);
  lowered.fixed = std::move(kernels.fixed);
  KernelSet::add(lowered, std::move(kernels.constants));
  KernelSet::add(lowered, role::update, std::move(kernels.update));
  KernelSet::add(lowered, role::threshold, std::move(kernels.threshold));
  KernelSet::add(lowered, role::reset, std::move(kernels.reset));
  for (std::size_t k = 0; k < kernels.events.size(); ++k) {
    const std::string& event = model_.events[k].name;
    KernelSet::add(lowered, role::event(event), std::move(kernels.events[k].condition));
    KernelSet::add(lowered, role::event_code(event), std::move(kernels.events[k].code));
  }
  return lowered;
}

void Group::attach(Lowered lowered, std::vector<ExecutablePtr> code) {
  method_ = std::move(lowered.method);
  method_reason_ = std::move(lowered.reason);
  kernels_.attach(std::move(lowered), std::move(code));
  threshold_ = kernels_.find(is_fused() ? role::update : role::threshold);
  events_.front().code = kernels_.find(role::reset);
  for (GroupEvent& event : events_ | std::views::drop(1)) {
    event.condition = kernels_.find(role::event(event.name));
    event.code = kernels_.find(role::event_code(event.name));
  }
}

void Group::archive(Archive& archive) {
  Object::archive(archive);
  archive_state(archive, count_);
  for (GroupEvent& event : events_) archive_event(archive, event);
  if (archive.checking())
    for (const std::int32_t k : archive.stored<std::int32_t>("injected"))
      archive.require(0 <= k && k < count_, "a spike is injected into no neuron");
  archive.list("injected", injected_);
}

void Group::renumber_steps(const Clock& changed, const Renumbering& renumbered) {
  if (&changed != &clock()) return;
  for (GroupEvent& event : events_)
    if (event.repetition) event.repetition->renumber(renumbered);  // looks up the old numbers
  for (GroupEvent& event : events_) event.history.renumber(renumbered);
}

void Group::bind(const RunContext& context) {
  network_.refuse_ambiguous_links(model_.variables, *context.names, name());
  check_link_indices();
  kernels_.bind(*this, context, name());
  bind_events();
}

void Group::plan(std::vector<PlanEntry>& entries) {
  const bool own_state_only = std::ranges::none_of(model_.variables, &Variable::linked);
  const auto add = [&](const SlotPlace& place, const char* action, void (*call)(void*, const Clock&)) {
    entries.push_back({place.when, place.order, 0, name(), call, this, nullptr, own_state_only, action});
  };
  if (kernels_.has_constants())
    add({"before_start", order_}, "constants over dt",
        [](void* self, const Clock& c) { static_cast<Group*>(self)->compute_constants(c); });
  const bool fused = is_fused();
  if (kernels_.has(role::update) && !fused)
    add({"groups", order_}, "state update",
        [](void* self, const Clock& c) { static_cast<Group*>(self)->integrate(c); });
  const char* action = model_.threshold      ? "threshold"
                       : model_.spikes_given ? "given spikes"
                                             : "injected spikes";
  if (fused) action = model_.threshold ? "state update, threshold" : "state update";
  add(fused ? SlotPlace{"groups", order_} : events_.front().place, action,
      [](void* self, const Clock& c) { static_cast<Group*>(self)->detect(c); });
  plan_events(entries);
}

bool Group::is_fused() const {
  return kernels_.has(role::update) && !kernels_.has(role::threshold);
}

bool Group::fuse(bool possible) {
  const bool changes = is_fused() != possible && kernels_.has(role::update) && model_.threshold;
  if (changes) apart_ = !possible;
  return changes;
}

void Group::integrate(const Clock& clock) {
  kernels_[role::update].run(clock, 0, count_);
  check_integration(clock, method_, "neuron");
}

std::int64_t Group::spikes_of_step(const Clock& clock, std::int32_t* list) {
  return threshold_ ? threshold_->run(clock, 0, count_, list) : 0;
}

void Group::detect(const Clock& clock) {
  SpikeHistory& history = events_.front().history;
  std::int32_t* list = history.open(clock.timestep);
  std::int64_t spikes = spikes_of_step(clock, list);
  if (!injected_.empty()) spikes = merge_injected(list, spikes, clock);
  history.close(clock.timestep, spikes);
  if (is_fused()) check_integration(clock, method_, "neuron");
}

std::int64_t Group::merge_injected(std::int32_t* list, std::int64_t count, const Clock& clock) {
  std::vector<std::int32_t> merged;
  std::ranges::set_union(std::span(list, static_cast<std::size_t>(count)), injected_,
                         std::back_inserter(merged));
  std::ranges::copy(merged, list);
  Array* lastspike = find_array("lastspike");
  Array* flag = find_array("not_refractory");
  for (const std::int32_t element : injected_) {
    if (lastspike) lastspike->set(element, clock.t());
    if (flag) flag->set(element, 0);
  }
  injected_.clear();
  return std::ssize(merged);
}

void Group::inject(std::span<const std::int32_t> elements) {
  std::vector<std::int32_t> all(injected_);
  all.insert(all.end(), elements.begin(), elements.end());
  std::ranges::sort(all);
  const auto repeated = std::ranges::unique(all);
  all.erase(repeated.begin(), repeated.end());
  injected_ = std::move(all);
}

Kernel Group::lower_assignment(const std::string& variable, AssignOp op, const SourcePtr& value,
                               const Namespace& names, std::vector<Diagnostic>& warnings) {
  return compile_assignment(model_, variable, value, names, op, &warnings);
}
Kernel Group::lower_selection(const SourcePtr& condition, const Namespace& names,
                              std::vector<Diagnostic>& warnings) {
  return compile_selection(model_, condition, names, &warnings);
}
Kernel Group::lower_probe(const SourcePtr& expression, const Namespace& names,
                          std::vector<Diagnostic>& warnings) {
  return compile_probe(model_, expression, names, nullptr, &warnings);
}

Namespace Group::all_names() const {
  return network_.names_for(*this);
}

void* Group::address(const Column& column) {
  return array_address(column.variable);
}

double Group::extent(ScalarKind kind) const {
  if (kind == ScalarKind::count || kind == ScalarKind::size) return static_cast<double>(count_);
  if (kind == ScalarKind::first) return 0;
  throw std::logic_error("a group kernel has no such scalar");
}

}  // namespace ranvier
