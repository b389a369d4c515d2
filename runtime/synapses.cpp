#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <limits>
#include <ranvier/runtime/names.hpp>
#include <ranvier/runtime/network.hpp>
#include <ranvier/runtime/synapses.hpp>

namespace ranvier {

Synapses::Synapses(Network& network, std::string name, Slice source, Slice target, SynapsesModel model,
                   Namespace names, Time delay)
    : Object(network, std::move(name), source.group().clock()),
      source_(source),
      target_(target),
      model_(std::move(model)),
      events_(&source.group().followed(model_.on_event).history),
      names_(std::move(names)),
      delay_(delay.si()),
      delay_steps_(static_cast<std::int64_t>(std::trunc(delay_ / source.group().clock().dt + 0.5))),
      connectivity_(source.size()) {
  allocate(0);
  events_->deepen(delay_steps_ + 1);
}

const Variable* Synapses::special(std::string_view name) const {
  static const Variable known[] = {special_variable("i", false), special_variable("j", false),
                                   special_variable("N", true), special_variable("N_incoming", false),
                                   special_variable("N_outgoing", false)};
  static const Variable copy_number = special_variable("", false);
  if (!model_.multisynaptic_index.empty() && name == model_.multisynaptic_index) return &copy_number;
  const auto found = std::ranges::find(known, name, &Variable::name);
  return found == std::end(known) ? nullptr : found;
}

void Synapses::require_connected(std::string_view what) const {
  if (!connected_)
    throw NetworkError(fmt::format("'{}' has no synapses yet; call connect() before {}", name(), what));
}

VariableView Synapses::operator[](std::string_view variable) {
  require_connected(fmt::format("using '{}'", variable));
  return {*this, std::string(variable), 0, size()};
}

std::vector<std::pair<std::int32_t, std::int32_t>> Synapses::pairs() const {
  std::vector<std::pair<std::int32_t, std::int32_t>> list(static_cast<std::size_t>(size()));
  for (std::size_t s = 0; s + 1 < connectivity_.row.size(); ++s)
    for (auto k = static_cast<std::size_t>(connectivity_.row[s]);
         k < static_cast<std::size_t>(connectivity_.row[s + 1]); ++k) {
      const std::size_t number =
          connectivity_.creation.empty() ? k : static_cast<std::size_t>(connectivity_.creation[k]);
      list[number] = {static_cast<std::int32_t>(s),
                      connectivity_.target[k] - static_cast<std::int32_t>(target_.begin())};
    }
  return list;
}

void Synapses::set(const std::string& constant, const NamespaceValue& value) {
  check_constant(constant, value);
  if (model_.find(constant))
    throw NetworkError(
        fmt::format("'{0}' is a variable of '{1}', not a constant; assign {1}[\"{0}\"]", constant, name()));
  names_[constant] = value;
  network_.structure_changed();
}

std::int32_t Synapses::position(std::int64_t element) const {
  return positions_.empty() ? static_cast<std::int32_t>(element)
                            : positions_[static_cast<std::size_t>(element)];
}

void Synapses::commit(Connectivity added) {
  constexpr std::int64_t most = std::numeric_limits<std::int32_t>::max();
  if (size() + added.size() > most)
    throw NetworkError(fmt::format("'{}' would have more than {} synapses", name(), most));
  std::vector<std::int64_t> from;
  Connectivity all = append(connectivity_, std::move(added), from);
  std::map<std::string, Array, std::less<>> moved;
  for (const auto& [variable, old] : arrays_) {
    const bool shared = declared(variable).shared;
    Array array(old.storage(), shared ? 1 : all.size());
    if (shared)
      array.set(0, old.get(0));
    else
      for (std::size_t k = 0; k < from.size(); ++k)
        if (from[k] >= 0) array.set(static_cast<std::int64_t>(k), old.get(from[k]));
    moved.emplace(variable, std::move(array));
  }
  remember_rows_of_spikes_in_flight(all);
  connectivity_ = std::move(all);
  arrays_ = std::move(moved);
  number_positions();
  structural_.clear();
  connected_ = true;
  ++connect_calls_;
  network_.structure_changed();
}

void Synapses::number_positions() {
  positions_.resize(connectivity_.creation.size());
  for (std::size_t k = 0; k < positions_.size(); ++k)
    positions_[static_cast<std::size_t>(connectivity_.creation[k])] = static_cast<std::int32_t>(k);
}

void Synapses::remember_rows_of_spikes_in_flight(const Connectivity& all) {
  const std::int64_t now = clock().timestep;
  std::erase_if(older_rows_, [&](const OlderRows& r) { return r.before <= now - delay_steps_; });
  if (delay_steps_ == 0 || !events_->any_since(now - delay_steps_)) return;
  // New synapses stand behind the old ones of the same source: what is in flight needs only where the old
  // ones end.
  for (OlderRows& rows : older_rows_)
    for (std::size_t s = 0; s < rows.end.size(); ++s) rows.end[s] += all.row[s] - connectivity_.row[s];
  OlderRows rows{now, std::vector<std::int64_t>(static_cast<std::size_t>(all.sources()))};
  for (std::size_t s = 0; s < rows.end.size(); ++s)
    rows.end[s] = all.row[s] + connectivity_.row[s + 1] - connectivity_.row[s];
  older_rows_.push_back(std::move(rows));
}

Lowered Synapses::lower(const Namespace& names) {
  Lowered lowered;
  KernelSet::add(lowered, compile_constants(model_, names, &network_.compile_times(), clock().dt));
  if (model_.on_pre.empty()) return lowered;
  PathwayKernel pathway = compile_pathway(model_, names, &network_.compile_times(), clock().dt);
  KernelSet::add(lowered, role::pathway, std::move(pathway.kernel));
  lowered.warnings = std::move(pathway.warnings);
  lowered.fixed = std::move(pathway.fixed);
  return lowered;
}

void Synapses::attach(Lowered lowered, std::vector<ExecutablePtr> code) {
  kernels_.attach(std::move(lowered), std::move(code));
}

void Synapses::refuse_ambiguous_constants(const Namespace& names) const {
  for (const Group* group : {&source_.group(), &target_.group()})
    for (const auto& [constant, value] : own_names_of(*group)) {
      const auto reads = [&](const Variable& v) {
        return !is_stored(v) && v.rhs && uses_name(v.rhs, constant, names);
      };
      if (names.at(constant) == value || std::ranges::none_of(group->model().variables, reads)) continue;
      throw NetworkError(
          fmt::format("'{}': the constant '{}' has one value in a subexpression of '{}' and another here; "
                      "give one of them another name",
                      name(), constant, group->name()));
    }
}

void Synapses::bind(const RunContext& context) {
  refuse_ambiguous_constants(*context.names);
  for (const auto* variables : all_variables())
    network_.refuse_ambiguous_links(*variables, *context.names, name());
  check_link_indices();
  if (!connected_)
    throw NetworkError(
        fmt::format("'{}' was never connected; call connect() before running, or connect({{.p = 0}}) for "
                    "no synapses",
                    name()));
  delay_steps_ = static_cast<std::int64_t>(std::trunc(delay_ / context.dt + 0.5));
  events_->deepen(delay_steps_ + 1);
  kernels_.bind(*this, context, name());
}

void Synapses::renumber_steps(const Clock& changed, const Renumbering& renumbered) {
  if (&changed != &clock()) return;
  for (OlderRows& rows : older_rows_) rows.before = renumbered(rows.before);
}

void Synapses::plan(std::vector<PlanEntry>& entries) {
  if (kernels_.has_constants())
    entries.push_back(
        {"before_start", 0, 0, name(),
         [](void* self, const Clock& clock) { static_cast<Synapses*>(self)->compute_constants(clock); }, this,
         nullptr, false, "constants over dt"});
  if (kernels_.has(role::pathway))
    entries.push_back({"synapses", -1, 0, name() + "_pre",
                       [](void* self, const Clock& clock) { static_cast<Synapses*>(self)->deliver(clock); },
                       this, nullptr, false, "pathway"});
}

void Synapses::deliver(const Clock& clock) {
  const std::int64_t step = clock.timestep - delay_steps_;
  std::span<std::int32_t> spikes = events_->at(step);
  if (spikes.empty()) return;
  const auto first = std::ranges::lower_bound(spikes, static_cast<std::int32_t>(source_.begin()));
  const auto last = std::ranges::lower_bound(first, spikes.end(), static_cast<std::int32_t>(source_.end()));
  if (first == last) return;
  const auto rows = std::ranges::find_if(older_rows_, [&](const OlderRows& r) { return step < r.before; });
  const std::int64_t* end = rows == older_rows_.end() ? connectivity_.row.data() + 1 : rows->end.data();
  BoundKernel& pathway = kernels_[role::pathway];
  pathway.set_column("_row_end", const_cast<std::int64_t*>(end));
  pathway.run(clock, 0, last - first, &*first);
}

Kernel Synapses::lower_assignment(const std::string& variable, AssignOp op, const SourcePtr& value,
                                  const Namespace& names, std::vector<Diagnostic>& warnings) {
  return compile_assignment(model_, variable, value, names, op, &warnings);
}
Kernel Synapses::lower_selection(const SourcePtr& condition, const Namespace& names,
                                 std::vector<Diagnostic>& warnings) {
  return compile_selection(model_, condition, names, &warnings);
}
Kernel Synapses::lower_probe(const SourcePtr& expression, const Namespace& names,
                             std::vector<Diagnostic>& warnings) {
  return compile_probe(model_, expression, names, nullptr, &warnings);
}

Namespace Synapses::all_names() const {
  return network_.names_for(*this);
}

Namespace Synapses::names_within(const Namespace& network) const {
  Namespace all = Object::names_within(network);
  for (const Group* group : {&target_.group(), &source_.group()})  // for their subexpressions
    all.insert(own_names_of(*group).begin(), own_names_of(*group).end());
  for (const auto* variables : all_variables()) network_.add_linked_names(*variables, all);
  return all;
}

void* Synapses::address(const Column& column) {
  if (column.owner == Owner::source) return source_.group().column_address(column);
  if (column.owner == Owner::target) return target_.group().column_address(column);
  if (column.owner == Owner::self || column.variable == "_result") return array_address(column.variable);
  if (column.variable == "_row") return connectivity_.row.data();
  if (column.variable == "_row_end") return connectivity_.row.data() + 1;
  if (column.variable == "_target") return connectivity_.target.data();
  if (column.variable == "delay") return &delay_;
  return structural_column(column.variable);
}

double Synapses::extent(ScalarKind kind) const {
  switch (kind) {
    case ScalarKind::count:
      return static_cast<double>(size());
    case ScalarKind::count_pre:
      return static_cast<double>(source_.size());
    case ScalarKind::count_post:
      return static_cast<double>(target_.size());
    case ScalarKind::first_pre:
      return static_cast<double>(source_.begin());
    case ScalarKind::first_post:
      return static_cast<double>(target_.begin());
    case ScalarKind::size_pre:
      return static_cast<double>(source_.group().size());
    case ScalarKind::size_post:
      return static_cast<double>(target_.group().size());
    case ScalarKind::first:
      return 0;
    default:
      throw std::logic_error("a synapse kernel has no such scalar");
  }
}

}  // namespace ranvier
