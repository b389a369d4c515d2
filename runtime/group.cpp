#include <fmt/format.h>
#include <algorithm>
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

Slice Slice::slice(std::int64_t begin, std::int64_t end) const {
  if (begin < 0 || end > size())
    throw NetworkError(fmt::format("slice [{}, {}) of a slice of '{}' with {} elements", begin, end,
                                   group_->name(), size()));
  return {*group_, begin_ + begin, begin_ + end};
}

Group::Group(Network& network, std::string name, std::int64_t count, GroupModel model, Namespace names)
    : Object(network, std::move(name)),
      count_(count),
      model_(std::move(model)),
      names_(std::move(names)),
      history_(count) {
  allocate(count);
  if (Array* lastspike = find_array("lastspike")) std::ranges::fill(lastspike->as<double>(), never);
  if (Array* flag = find_array("not_refractory")) std::ranges::fill(flag->as<std::uint8_t>(), 1);
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
  return const_cast<Group*>(this)->history_.at(network_.clock().timestep - 1);
}

std::string Group::kernel_text() const {
  std::string text;
  if (update_kernel_) text += print(update_kernel_.kernel());
  if (reset_kernel_) text += print(reset_kernel_.kernel());
  return text;
}

Lowered Group::lower(const Namespace& names) {
  GroupKernels kernels = compile_group(model_, names, &network_.compile_times(), network_.dt().si());
  Lowered lowered{{}, std::move(kernels.method), std::move(kernels.reason), std::move(kernels.warnings)};
  if (kernels.update) lowered.kernels.push_back(std::move(*kernels.update));
  if (kernels.reset) lowered.kernels.push_back(std::move(*kernels.reset));
  return lowered;
}

void Group::attach(Lowered lowered, std::vector<ExecutablePtr> code) {
  update_kernel_ = reset_kernel_ = {};
  for (std::size_t k = 0; k < code.size(); ++k) {
    BoundKernel& target = lowered.kernels[k].loop == Loop::list ? reset_kernel_ : update_kernel_;
    target = BoundKernel(std::move(lowered.kernels[k]), std::move(code[k]));
  }
  method_ = std::move(lowered.method);
  method_reason_ = std::move(lowered.reason);
}

void Group::bind(const RunContext& context) {
  if (update_kernel_) update_kernel_.bind(*this, context, name(), "update");
  if (reset_kernel_) reset_kernel_.bind(*this, context, name(), "reset");
}

void Group::plan(std::vector<PlanEntry>& entries) {
  // The threshold is fused behind the update: nothing of another object lies between the two for one group's
  // own state.
  entries.push_back({Slot::groups, 0, 0, name(),
                     [](void* self, const Clock& clock) { static_cast<Group*>(self)->update(clock); }, this});
  if (reset_kernel_)
    entries.push_back({Slot::resets, 0, 0, name(),
                       [](void* self, const Clock& clock) { static_cast<Group*>(self)->reset(clock); },
                       this});
}

void Group::update(const Clock& clock) {
  std::int32_t* list = history_.open(clock.timestep);
  std::int64_t spikes = update_kernel_ ? update_kernel_.run(clock, 0, count_, list) : 0;
  if (!injected_.empty()) spikes = merge_injected(list, spikes, clock);
  history_.close(clock.timestep, spikes);
}

void Group::reset(const Clock& clock) {
  const std::span<std::int32_t> list = history_.at(clock.timestep);
  if (!list.empty()) reset_kernel_.run(clock, 0, std::ssize(list), list.data());
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

Kernel Group::lower_assignment(const std::string& variable, const SourcePtr& value, const Namespace& names) {
  return compile_assignment(model_, variable, value, names);
}
Kernel Group::lower_selection(const SourcePtr& condition, const Namespace& names) {
  return compile_selection(model_, condition, names);
}
Kernel Group::lower_probe(const SourcePtr& expression, const Namespace& names) {
  return compile_probe(model_, expression, names);
}

Namespace Group::all_names() const {
  return network_.names_for(*this);
}

void* Group::address(const Column& column) {
  return array_address(column.variable);
}

double Group::extent(ScalarKind kind) const {
  if (kind == ScalarKind::count) return static_cast<double>(count_);
  if (kind == ScalarKind::first) return 0;
  throw std::logic_error("a group kernel has no such scalar");
}

}  // namespace ranvier
