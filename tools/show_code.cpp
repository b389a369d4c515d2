#include <fmt/format.h>
#include <algorithm>
#include <ostream>
#include <ranvier/compiler/backends/backend.hpp>
#include <ranvier/compiler/compile.hpp>
#include <ranvier/compiler/compile_synapses.hpp>
#include <ranvier/compiler/passes/inline_subexpressions.hpp>
#include <ranvier/compiler/passes/resolve.hpp>
#include <ranvier/compiler/scope.hpp>
#include <ranvier/grammar/codes.hpp>
#include <ranvier/grammar/print.hpp>
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

std::vector<Kernel> kernels_of_group(Session& session, Group& group) {
  const Network& network = session.built().network();
  GroupKernels all = compile_group(group.model(), network.names_for(group), nullptr, group.clock().dt);
  std::vector<Kernel> kernels;
  for (auto* kernel : {&all.constants.shared, &all.constants.each, &all.update, &all.threshold, &all.reset})
    if (*kernel) kernels.push_back(std::move(**kernel));
  for (EventKernels& event : all.events)
    for (auto* kernel : {&event.condition, &event.code})
      if (*kernel) kernels.push_back(std::move(**kernel));
  return kernels;
}

std::vector<Kernel> kernels_of(Session& session, const Step& step) {
  Built& built = session.built();
  built.network().prepare();
  Synapses* synapses = built.synapses(step.handle);
  if (!synapses) return kernels_of_group(session, built.neurons(step.handle).group());
  SynapsesKernels all = compile_synapses(synapses->model(), built.network().names_for(*synapses), nullptr,
                                         synapses->clock().dt);
  std::vector<Kernel> kernels;
  for (auto* kernel : {&all.constants.shared, &all.constants.each, &all.update})
    if (*kernel) kernels.push_back(std::move(**kernel));
  for (SumKernel& sum : all.sums) kernels.push_back(std::move(sum.kernel));
  for (PathwayKernels& pathway : all.pathways)
    for (auto* kernel : {&pathway.rows, &pathway.list})
      if (*kernel) kernels.push_back(std::move(**kernel));
  return kernels;
}

void show_generated(Session& session, Reader& reader, const std::string& what) {
  const Step& step = owner_step(session, reader);
  const auto backend = make_backend({});
  for (const Kernel& kernel : kernels_of(session, step))
    session.out() << backend->inspect(kernel, what) << '\n';
}

/// The declaration of a variable of what is open, or of anything else.
std::pair<const Step*, const Variable*> find_variable(Session& session, std::string_view name) {
  const Description& now = session.description();
  std::vector<const Step*> steps{now.find(now.open)};
  for (const Step& step : now.steps) steps.push_back(&step);
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
  for (const Kernel& kernel : kernels_of_group(session, group))
    for (const Assign& assign : kernel.body)
      if (assign.target == variable.name || assign.target.ends_with("_" + variable.name))
        session.out() << fmt::format("  {:<9} {} = {}\n", kernel.name.substr(kernel.name.rfind('_') + 1),
                                     assign.target, print(assign.value));
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
}

}  // namespace

void say_explain(Session& session, Reader& reader) {
  explain_name(session, unquoted(reader.rest("a variable, a constant, a command or a diagnostic")));
}

void say_kernel(Session& session, Reader& reader) {
  const Step& step = owner_step(session, reader);
  for (const Kernel& kernel : kernels_of(session, step)) session.out() << print(kernel) << '\n';
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
