#include <fmt/format.h>
#include <algorithm>
#include <ostream>
#include <ranvier/compiler/backends/backend.hpp>
#include <ranvier/compiler/passes/inline_subexpressions.hpp>
#include <ranvier/compiler/passes/resolve.hpp>
#include <ranvier/compiler/scope.hpp>
#include <ranvier/grammar/codes.hpp>
#include <ranvier/grammar/print.hpp>
#include <ranvier/tools/cost.hpp>
#include <ranvier/tools/kernels_of.hpp>
#include <ranvier/tools/line.hpp>
#include <ranvier/tools/says.hpp>
#include <ranvier/tools/show.hpp>

// What becomes of the texts: units, expanded equations, kernels, machine code.
namespace ranvier::tool {
namespace {

/// The group or the synapses that a command names, or what is open.
const Step& owner_step(Session& session, Reader& reader) {
  const Description& now = session.description();
  if (reader.done()) {
    const Step* open = now.find(now.open);
    if (!open) throw NetworkError("there is no group yet: begin with `group cells 100`, or with an equation");
    return *open;
  }
  const Place place = reader.rest("a group or synapses");
  const Step* step = now.owner(place.text());
  if (!step) throw unknown("groups or synapses", place, now.handles());
  return *step;
}

void show_generated(Session& session, Reader& reader, const std::string& what) {
  const Step& step = owner_step(session, reader);
  const auto backend = make_backend({});
  for (const UsedKernel& used : kernels_of(session, step))
    session.out() << backend->inspect(used.kernel, what) << '\n';
}

/// The declaration of a variable of what is open, or of anything else.
std::pair<const Step*, const Variable*> find_variable(Session& session, std::string_view name) {
  const Description& now = session.description();
  std::vector<const Step*> steps{now.find(now.open)};
  for (const Step& step : now.steps) steps.push_back(&step);
  if (const std::size_t dot = name.find('.'); dot != name.npos) {  // cells.v
    steps = {now.find(name.substr(0, dot))};
    name.remove_prefix(dot + 1);
  }
  Built& built = session.built();
  for (const Step* step : steps) {
    StateOwner* owner = step && !step->handle.empty() ? built.owner(step->handle) : nullptr;
    if (!owner) continue;
    const auto& variables = owner->variables();
    const auto found = std::ranges::find(variables, name, &Variable::name);
    if (found != variables.end()) return {step, &*found};
  }
  return {nullptr, nullptr};
}

constexpr const char* kinds[] = {"parameter", "subexpression", "differential equation"};

std::string flags_of(const Variable& variable) {
  std::string flags;
  const auto add = [&](bool given, const char* flag) {
    if (given) flags += std::string(flags.empty() ? " (" : ", ") + flag;
  };
  add(variable.constant, "constant");
  add(variable.shared, "shared");
  add(variable.unless_refractory, "unless refractory");
  add(variable.event_driven, "event-driven");
  add(variable.summed, "summed");
  return flags.empty() ? flags : flags + ")";
}

void explain_equation(Session& session, const Step& step, const Variable& variable) {
  Group& group = session.built().neurons(step.handle).group();
  const Scope scope = scope_of(group.model(), session.built().network().names_for(group));
  Diagnostics ignored;
  const Expr expanded =
      pass::inline_subexpressions(pass::resolve(variable.rhs, scope, ignored, pass::NoiseRule::any), scope);
  const std::string left =
      variable.kind == EquationKind::differential ? fmt::format("d{}/dt", variable.name) : variable.name;
  session.out() << fmt::format("  written   {} = {}\n  expanded  {} = {}\n", left, print(variable.rhs), left,
                               print(expanded));
  session.built().network().prepare();
  if (variable.kind == EquationKind::differential)
    session.out() << fmt::format("  method    {}: {}\n", group.method(), group.method_reason());
}

std::string last_word(const Kernel& kernel) {
  return kernel.name.substr(kernel.name.rfind('_') + 1);
}

/// What the kernels assign to the variable.
void explain_code(Session& session, const std::vector<UsedKernel>& kernels, const std::string& name) {
  for (const auto& [kernel, often] : kernels)
    for (const Assign& assign : kernel.body)
      if (assign.target == name || assign.target.ends_with("_" + name))
        session.out() << fmt::format("  {:<9} {} = {}\n", last_word(kernel), assign.target,
                                     print(assign.value));
}

void explain_least(Session& session, const KernelCost& cost, std::int64_t elements) {
  const LeastTime least = least_time(cost, elements);
  session.out() << fmt::format(
      "{:<12}at least {:.2g} ns on one core of this machine, held by {} ({:.2g} and {:.2g})\n", "",
      least.seconds() * 1e9, least.arithmetic > least.memory ? "arithmetic" : "memory",
      least.arithmetic * 1e9, least.memory * 1e9);
}

/// What steps and events cost where the variable is one of several.
void explain_cost(Session& session, const Step& step, const std::vector<UsedKernel>& kernels) {
  const bool neurons = std::holds_alternative<GroupStep>(step.what);
  KernelCost each_step;
  bool any = false;
  for (const auto& [kernel, often] : kernels)
    if (often == Often::step) any = true, each_step += cost_of(kernel);
  if (any) {
    session.out() << fmt::format("  cost      {} and step: {}\n", neurons ? "a neuron" : "a synapse",
                                 to_string(each_step));
    const Built& built = session.built();
    explain_least(session, each_step,
                  neurons ? built.neurons(step.handle).size() : built.synapses(step.handle)->size());
  }
  for (const auto& [kernel, often] : kernels)
    if (often == Often::event)
      session.out() << fmt::format("  {:<9} {}: {}\n", last_word(kernel),
                                   neurons ? "an event" : "a synapse and event", to_string(cost_of(kernel)));
}

void explain_name(Session& session, const Place& place) {
  const std::string name(place.text());
  if (const CodeText* row = find_code(name)) {
    session.out() << fmt::format("{}: {}\n{}\n", code_name(row->code), row->title, row->text);
    return;
  }
  if (const Command* command = find_command(name)) {
    session.out() << fmt::format("{}\n{}\n", command->syntax, command->help);
    return;
  }
  const auto& constants = session.description().constants;
  if (const auto found = constants.find(name); found != constants.end()) {
    session.out() << fmt::format("{}: a constant, {}\n", name, to_string(found->second));
    return;
  }
  const auto [step, variable] = find_variable(session, name);
  if (!variable) {
    std::vector<std::string> known;
    for (const auto& [constant, value] : constants) known.push_back(constant);
    for (const Step& each : session.description().steps)
      if (const auto* group = std::get_if<GroupStep>(&each.what))
        for (const EquationLine& line : group->equations) known.push_back(line.name);
    throw unknown("variables or constants", place, known);
  }
  const std::string unit =
      variable->dimension.dimensionless() ? "without unit" : "in " + to_string(variable->dimension);
  session.out() << fmt::format("{} of {}: {}, {} {}{}\n", name, step->handle,
                               kinds[static_cast<std::size_t>(variable->kind)], to_string(variable->type),
                               unit, flags_of(*variable));
  if (variable->rhs && std::holds_alternative<GroupStep>(step->what))
    explain_equation(session, *step, *variable);
  const std::vector<UsedKernel> kernels = kernels_of(session, *step);
  explain_code(session, kernels, name);
  explain_cost(session, *step, kernels);
}

}  // namespace

std::string owner_of(Session& session, std::string_view variable) {
  if (session.description().steps.empty()) return {};
  const Step* step = find_variable(session, variable).first;
  return step ? step->handle : std::string();
}

void say_explain(Session& session, Reader& reader) {
  explain_name(session, unquoted(reader.rest("a variable, a constant, a command or a diagnostic")));
}

void say_kernel(Session& session, Reader& reader) {
  const Step& step = owner_step(session, reader);
  for (const UsedKernel& used : kernels_of(session, step)) session.out() << print(used.kernel) << '\n';
}

void say_ir(Session& session, Reader& reader) {
  show_generated(session, reader, "ir");
}

void say_asm(Session& session, Reader& reader) {
  show_generated(session, reader, "asm");
}

void say_units(Session& session, Reader& reader) {
  const Place place = unquoted(reader.rest("a variable or an expression"));
  const auto [step, variable] = session.description().steps.empty()
                                    ? std::pair<const Step*, const Variable*>{}
                                    : find_variable(session, place.text());
  const Dimension dimension = variable ? variable->dimension : session.value(place).dimension;
  session.out() << (dimension.dimensionless() ? "1 (a number)" : to_string(dimension)) << '\n';
}

void say_warnings(Session& session, Reader& reader) {
  reader.end();
  session.built().network().prepare();
  const auto& warnings = session.built().network().warnings();
  session.out() << (warnings.empty() ? "no warnings\n" : render(session.texts().in_users_words(warnings)));
}

}  // namespace ranvier::tool
