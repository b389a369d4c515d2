#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <limits>
#include <ranvier/runtime/names.hpp>
#include <ranvier/runtime/network.hpp>
#include <ranvier/runtime/synapses.hpp>

namespace ranvier {
namespace {

std::string role_of(const Pathway& pathway) {
  return "pathway " + pathway.name();
}

}  // namespace

Synapses::Synapses(Network& network, std::string name, Elements source, Elements target, SynapsesModel model,
                   const GroupPlace& place, Namespace names, const std::vector<Time>& delays)
    : Object(network, std::move(name), place.clock),
      source_(source),
      target_(target),
      model_(std::move(model)),
      names_(std::move(names)),
      connectivity_(source.size()),
      order_(place.order) {
  declare_sums();
  allocate(0);
  for (const Elements* end : {&source_, &target_})
    if (end->synapses()) end->synapses()->pin();
  for (std::size_t k = 0; k < model_.pathways.size(); ++k)
    pathways_.emplace_back(*this, model_.pathways[k], delays[k]);
}

Pathway& Synapses::pathway(std::string_view name) {
  std::vector<std::string> known;
  for (Pathway& pathway : pathways_) {
    if (pathway.name() == name) return pathway;
    known.push_back(pathway.name());
  }
  throw NetworkError(no_pathway(this->name(), name, known));
}

const Variable* Synapses::special(std::string_view name) const {
  static const Variable known[] = {special_variable("i", false), special_variable("j", false),
                                   special_variable("N", true), special_variable("N_incoming", false),
                                   special_variable("N_outgoing", false)};
  static const Variable copy_number = special_variable("", false);
  if (!model_.multisynaptic_index.empty() && name == model_.multisynaptic_index) return &copy_number;
  static const Variable delay = [] {
    Variable variable = special_variable("delay", false);
    variable.type = Type::real;
    variable.dimension = dimensions::second;
    return variable;
  }();
  if (pathway_of_delay(name)) return &delay;
  const auto found = std::ranges::find(known, name, &Variable::name);
  return found == std::end(known) ? nullptr : found;
}

/// "delay" is that of the pathway pre, "post.delay" that of another.
const Pathway* Synapses::pathway_of_delay(std::string_view variable) const {
  if (variable != "delay" && !variable.ends_with(".delay")) return nullptr;
  const std::string_view name =
      variable == "delay" ? "pre" : variable.substr(0, variable.size() - std::string_view(".delay").size());
  const auto found = std::ranges::find(pathways_, name, &Pathway::name);
  return found == pathways_.end() ? nullptr : &*found;
}

std::vector<double> Synapses::kept(std::string_view variable, std::span<const std::int32_t> positions) const {
  return pathway_of_delay(variable)->delays_at(positions);
}

void Synapses::keep(std::string_view variable, std::span<const std::int32_t> positions,
                    std::span<const double> values) {
  const_cast<Pathway*>(pathway_of_delay(variable))->set_delays(positions, values);
}

void Synapses::require_connected(std::string_view what) const {
  if (!connected_)
    throw NetworkError(fmt::format("'{}' has no synapses yet: connect it before {}", name(), what));
}

VariableView Synapses::operator[](std::string_view variable) {
  require_connected(fmt::format("using '{}'", variable));
  return {*this, std::string(variable), 0, size()};
}

std::vector<std::pair<std::int32_t, std::int32_t>> Synapses::pairs() const {
  std::vector<std::pair<std::int32_t, std::int32_t>> list(static_cast<std::size_t>(size()));
  const std::vector<std::int32_t> numbers = connectivity_.numbers();
  for (std::size_t s = 0; s + 1 < connectivity_.row.size(); ++s)
    for (auto k = static_cast<std::size_t>(connectivity_.row[s]);
         k < static_cast<std::size_t>(connectivity_.row[s + 1]); ++k)
      list[static_cast<std::size_t>(numbers[k])] = {
          static_cast<std::int32_t>(s), connectivity_.target[k] - static_cast<std::int32_t>(target_.begin())};
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
  if (stored_in_order()) return static_cast<std::int32_t>(element);
  if (positions_.empty()) positions_ = connectivity_.creation.places(size());
  return positions_[static_cast<std::size_t>(element)];
}

std::vector<std::int32_t> Synapses::positions(std::int64_t begin, std::int64_t end) const {
  const std::vector<std::int32_t> all = connectivity_.creation.places(size());
  return {all.begin() + begin, all.begin() + end};
}

void Synapses::commit(Connectivity added) {
  constexpr std::int64_t most = std::numeric_limits<std::int32_t>::max();
  if (size() + added.size() > most)
    throw NetworkError(fmt::format("'{}' would have more than {} synapses", name(), most));
  settle();
  std::vector<std::int64_t> from;
  Connectivity all = append(connectivity_, std::move(added), from);
  restructure(std::move(all), from);
  connected_ = true;
  ++connect_calls_;
}

Array Synapses::moved(const std::string& variable, const Array& old, std::int64_t count,
                      const std::vector<std::int64_t>& from) const {
  if (declared(variable).shared) return old.copy();
  Array array(old.storage(), count);
  for (std::size_t k = 0; k < from.size(); ++k)
    if (from[k] >= 0) array.set(static_cast<std::int64_t>(k), old.get(from[k]));
  return array;
}

void Synapses::restructure(Connectivity connectivity, const std::vector<std::int64_t>& from) {
  std::map<std::string, Array, std::less<>> arrays;
  for (const auto& [variable, old] : arrays_)
    arrays.emplace(variable, moved(variable, old, connectivity.size(), from));
  std::vector<std::optional<Array>> delays;
  for (const Pathway& pathway : pathways_) delays.push_back(pathway.moved_delays(connectivity.size(), from));
  for (Pathway& pathway : pathways_) pathway.hold_spikes();
  if (std::ranges::any_of(pathways_, &Pathway::has_due)) {
    std::vector<std::int32_t> to(static_cast<std::size_t>(size()), -1);
    for (std::size_t k = 0; k < from.size(); ++k)
      if (from[k] >= 0) to[static_cast<std::size_t>(from[k])] = static_cast<std::int32_t>(k);
    for (Pathway& pathway : pathways_) pathway.move(to);
  }
  network_.expect_elements(*this, connectivity.size());
  for (std::size_t k = 0; k < delays.size(); ++k) pathways_[k].take_delays(std::move(delays[k]));
  connectivity_ = std::move(connectivity);
  connectivity_.target.shrink_to_fit();
  arrays_ = std::move(arrays);
  begin_event_driven(from);
  forget_derived();
  network_.follow_elements(*this);
  network_.structure_changed();
}

const RowBlocks& Synapses::row_blocks() {
  if (!row_blocks_)
    row_blocks_ = blocks_of(connectivity_, target_.begin(), target_.size(), network_.team().size());
  return *row_blocks_;
}

std::int64_t Synapses::synapses_of(std::span<const std::int32_t> neurons, bool of_target) {
  const std::vector<std::int64_t>& row = of_target ? incoming_synapses().row : connectivity_.row;
  std::int64_t count = 0;
  for (const std::int32_t neuron : neurons) {
    const auto k = static_cast<std::size_t>(neuron - (of_target ? target_ : source_).begin());
    count += row[k + 1] - row[k];
  }
  return count;
}

Incoming& Synapses::incoming_synapses() {
  if (!incoming_) incoming_ = incoming_of(connectivity_, target_.begin(), target_.size());
  return *incoming_;
}

Lowered Synapses::lower(const Namespace& names) {
  std::vector<PathwayUse> uses;
  for (Pathway& pathway : pathways_) uses.push_back(pathway.use());
  SynapsesKernels code = compile_synapses(model_, names, &network_.compile_times(), clock().dt, uses);
  Lowered lowered;
  for (std::size_t k = 0; k < pathways_.size(); ++k)
    for (auto* kernel : {&code.pathways[k].rows, &code.pathways[k].list})
      KernelSet::add(lowered, role_of(pathways_[k]), std::move(*kernel));
  lower_step(code, lowered);
  lowered.warnings = std::move(code.warnings);
  lowered.fixed = std::move(code.fixed);
  return lowered;
}

void Synapses::attach(Lowered lowered, std::vector<ExecutablePtr> code) {
  method_ = std::move(lowered.method);
  method_reason_ = std::move(lowered.reason);
  Lowered rest;
  std::vector<ExecutablePtr> code_of_rest;
  for (Pathway& pathway : pathways_) pathway.detach();
  for (std::size_t k = 0; k < code.size(); ++k) {
    const auto owner = std::ranges::find(pathways_, lowered.roles[k], role_of);
    if (owner != pathways_.end()) {
      owner->attach({std::move(lowered.kernels[k]), std::move(code[k])});
      continue;
    }
    KernelSet::add(rest, lowered.roles[k], std::move(lowered.kernels[k]));
    code_of_rest.push_back(std::move(code[k]));
  }
  kernels_.attach(std::move(rest), std::move(code_of_rest));
}

std::string Synapses::kernel_text() const {
  std::string text = kernels_.text();
  for (const Pathway& pathway : pathways_) text += pathway.kernel_text();
  return text;
}

void Synapses::refuse_ambiguous_constants(const Namespace& names) const {
  for (const Object* object : objects_behind())
    for (const auto& [constant, value] : own_names_of(*object)) {
      const auto reads = [&](const Variable& v) {
        return !is_stored(v) && v.rhs && uses_name(v.rhs, constant, names);
      };
      if (names.at(constant) == value || std::ranges::none_of(*declared_variables_of(*object), reads))
        continue;
      throw NetworkError(
          fmt::format("'{}': the constant '{}' has one value in a subexpression of '{}' and another here; "
                      "give one of them another name",
                      name(), constant, object->name()));
    }
}

void Synapses::bind(const RunContext& context) {
  refuse_ambiguous_constants(*context.names);
  network_.refuse_ambiguous_links(model_.variables, *context.names, name());
  for (const Object* object : objects_behind())
    network_.refuse_ambiguous_links(*declared_variables_of(*object), *context.names, name());
  check_link_indices();
  if (!connected_)
    throw NetworkError(fmt::format(
        "'{}' was never connected: connect it before the run, with p = 0 for no synapses", name()));
  kernels_.bind(*this, context, name());
  for (Pathway& pathway : pathways_) pathway.bind(context);
}

void Synapses::require_steps(const Clock& clock, const Clock& changed) const {
  for (const Pathway& pathway : pathways_)
    if (&clock == &pathway.clock()) pathway.require_steps(changed);
}

void Synapses::renumber_steps(const Clock& changed, const Renumbering& renumbered) {
  settle();
  if (&changed == &clock()) renumber_last_steps(renumbered);
  for (Pathway& pathway : pathways_)
    if (&changed == &pathway.clock()) pathway.renumber_steps(renumbered);
}

void Synapses::plan(std::vector<PlanEntry>& entries) {
  if (kernels_.has_constants())
    entries.push_back(
        {"before_start", order_, 0, name(),
         [](void* self, const Clock& clock) { static_cast<Synapses*>(self)->compute_constants(clock); }, this,
         nullptr, false, "constants over dt"});
  plan_step(entries);
  for (Pathway& pathway : pathways_) pathway.plan(entries);
}

Kernel Synapses::lower_assignment(const std::string& variable, AssignOp op, const SourcePtr& value,
                                  const Namespace& names, std::vector<Diagnostic>& warnings) {
  if (const Pathway* pathway = pathway_of_delay(variable)) {
    // As if it were assigned to a variable of the same kind.
    SynapsesModel model = model_;
    Variable& delay = model.variables.emplace_back();
    delay.name = "new_delay";
    while (model_.find(delay.name)) delay.name += '_';
    delay.dimension = dimensions::second;
    model.delay_of = pathway->name();
    return compile_assignment(model, delay.name, value, names, op, &warnings);
  }
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
  const std::vector<const Object*> behind = objects_behind();
  for (const Object* object : behind)  // for their subexpressions
    all.insert(own_names_of(*object).begin(), own_names_of(*object).end());
  network_.add_linked_names(model_.variables, all);
  for (const Object* object : behind) network_.add_linked_names(*declared_variables_of(*object), all);
  return all;
}

void* Synapses::address(const Column& column) {
  if (column.owner == Owner::source) return source_.owner().named_array(column.variable);
  if (column.owner == Owner::target) return target_.owner().named_array(column.variable);
  if (column.owner == Owner::self || column.variable == "_result") return array_address(column.variable);
  if (column.variable == "_row" || column.variable == "_row_end") return nullptr;  // of each call its own
  if (column.variable == "_target" || column.variable == "_targets") return target_positions();
  if (void* delay = delay_address(column.variable)) return delay;
  if (column.variable == "_current_step") return const_cast<std::int64_t*>(&clock().timestep);
  if (column.variable == "_own_dt") return const_cast<double*>(&clock().dt);
  return structural_column(column.variable);
}

/// "pre.delay", and "pre.delay_steps" of single synapses.
void* Synapses::delay_address(std::string_view column) {
  for (Pathway& pathway : pathways_) {
    if (column == pathway.name() + ".delay") return &pathway.delay_;
    if (column == pathway.name() + ".delay_steps") return pathway.delays_->data();
    if (column == pathway.name() + ".delay_dt") return const_cast<double*>(&pathway.clock().dt);
  }
  return nullptr;
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
      return static_cast<double>(source_.whole_size());
    case ScalarKind::size_post:
      return static_cast<double>(target_.whole_size());
    case ScalarKind::first:
      return 0;
    default:
      throw std::logic_error("a synapse kernel has no such scalar");
  }
}

}  // namespace ranvier
