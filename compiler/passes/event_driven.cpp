#include <ranvier/compiler/passes/event_driven.hpp>

#include <algorithm>

#include <ranvier/compiler/passes/check_size.hpp>
#include <ranvier/compiler/passes/choose_method.hpp>
#include <ranvier/compiler/passes/inline_subexpressions.hpp>
#include <ranvier/compiler/passes/integrate_exact.hpp>
#include <ranvier/compiler/passes/noise.hpp>
#include <ranvier/compiler/passes/resolve.hpp>
#include <ranvier/compiler/text.hpp>
#include <ranvier/compiler/tree.hpp>

namespace ranvier::pass {
namespace {

using enum DiagnosticCode;

constexpr const char* lastupdate = "lastupdate";
constexpr const char* elapsed = "_elapsed";  // steps of the pathway since the last event

Variable automatic(const char* name, EquationKind kind) {
  Variable variable;
  variable.name = name;
  variable.kind = kind;
  variable.automatic = true;
  return variable;
}

System system_of(const SynapsesModel& synapses, const Scope& scope, Diagnostics& diagnostics) {
  System system;
  Diagnostics checked_before;
  for (const Variable& variable : synapses.variables) {
    if (!variable.event_driven) continue;
    const Expr rhs = resolve(variable.rhs, scope, checked_before, NoiseRule::any);
    system.push_back(split_noise(variable.name, inline_subexpressions(rhs, scope), diagnostics));
    check_size(system, 1, scope.limits);
  }
  return system;
}

void refuse(std::string reason, const Place& place, Diagnostics& diagnostics) {
  constexpr std::string_view step = "changes during a step";  // as it is said of those of every step
  if (const auto at = reason.find(step); at != std::string::npos)
    reason.replace(at, step.size(), "changes in between");
  diagnostics
      .error(event_driven_unsolvable, place,
             text("this cannot be computed from one event to the next: ", reason))
      .helped_by("let the equation be `clock-driven`: then it is integrated in every step");
}

}  // namespace

void declare_event_driven(SynapsesModel& synapses, Diagnostics& diagnostics) {
  if (std::ranges::none_of(synapses.variables, &Variable::event_driven)) return;
  if (const Variable* own = synapses.find(lastupdate)) {
    diagnostics
        .error(duplicate_name, own->name_place,
               "synapses with event-driven equations have a variable `lastupdate` of their own")
        .helped_by("it is the time of the last event, and kept up to date; leave the equation out");
    return;
  }
  Variable step = automatic(last_step, EquationKind::parameter);
  step.type = Type::integer;
  Variable time = automatic(lastupdate, EquationKind::subexpression);
  time.dimension = dimensions::second;
  time.rhs = tree::multiply(tree::name(last_step), tree::name(own_dt));
  synapses.variables.push_back(std::move(step));
  synapses.variables.push_back(std::move(time));
}

EventDriven check_event_driven(const SynapsesModel& synapses, const Scope& scope, Diagnostics& diagnostics) {
  Scope between = scope;
  between.step.reset();  // a timed array keeps its value over a step, not from event to event
  System system = system_of(synapses, between, diagnostics);
  if (diagnostics.has_errors()) return {};
  if (const NoiseTerm* noise = first_noise(system)) {
    refuse(text("`", noise->name, "` is another in every step"), noise->place, diagnostics);
    return {};
  }
  auto linear = solvable(system, between);
  if (const auto* refusal = std::get_if<NotLinear>(&linear)) {
    refuse(refusal->reason, refusal->place, diagnostics);
    return {};
  }
  return {std::move(system), std::move(std::get<LinearSystem>(linear))};
}

// x' = n (M x + b) over one step is x' = M x + b over n steps.
void insert_event_driven(Kernel& kernel, const EventDriven& equations, const Scope& scope) {
  if (equations.system.empty()) return;
  const Expr n = tree::name(elapsed);
  LinearSystem scaled = equations.linear;
  for (auto& row : scaled.matrix)
    for (auto& [column, coefficient] : row) coefficient = tree::multiply(n, coefficient);
  for (Expr& drift : scaled.drift)
    if (drift) drift = tree::multiply(n, drift);
  Step step = integrate_exact(equations.system, scaled, scope);
  const Expr since = tree::binary(BinaryOp::subtract, tree::name(current_step), tree::name(last_step));
  const Expr ratio = tree::binary(BinaryOp::divide, tree::name(own_dt), tree::name("dt"));
  std::vector<Assign> body{{elapsed, Type::real, false, tree::multiply(since, ratio), {}}};
  std::ranges::move(step.body, std::back_inserter(body));
  std::ranges::move(kernel.body, std::back_inserter(body));
  body.push_back({last_step, Type::integer, true, tree::name(current_step), {}});
  kernel.body = std::move(body);
  kernel.propagators = std::move(step.propagators);
}

}  // namespace ranvier::pass
