#include <ranvier/compiler/passes/check_group.hpp>

#include <ranvier/compiler/passes/check_calls.hpp>
#include <ranvier/compiler/passes/check_dimensions.hpp>
#include <ranvier/compiler/passes/check_values.hpp>
#include <ranvier/compiler/passes/literal_value.hpp>
#include <ranvier/compiler/passes/noise.hpp>
#include <ranvier/compiler/passes/remove_flag.hpp>
#include <ranvier/compiler/passes/resolve.hpp>
#include <ranvier/compiler/passes/variability.hpp>
#include <ranvier/compiler/passes/wording.hpp>
#include <ranvier/compiler/text.hpp>

namespace ranvier::pass {
namespace {

/// A duration or a condition. A name that a lenient scope let pass has neither dimension nor type.
Type check_refractory(const Expr& refractory, const Scope& scope, Diagnostics& diagnostics) {
  const auto dimension = dimension_of(refractory, scope, diagnostics);
  const Type type = type_of(refractory, scope, diagnostics);
  check_values(refractory, scope, diagnostics);
  const auto value = literal_value(refractory, scope);
  if (value && *value < 0 && dimension == dimensions::second)
    diagnostics
        .error(DiagnosticCode::negative_duration, refractory->place, "a refractory period cannot be negative")
        .helped_by("leave it out for none");
  if (refractory->place.text() == "True")
    diagnostics
        .error(DiagnosticCode::refractory_type, refractory->place, "a neuron would stay refractory forever")
        .helped_by("give a time, such as `2*ms`, or a condition that ends");
  if (!dimension || type == Type::boolean || *dimension == dimensions::second) return type;
  Diagnostic& error = diagnostics.error(
      DiagnosticCode::refractory_type, refractory->place,
      text("the refractory period must be a time or a condition, but this is ", predicate(*dimension)));
  if (is_plain_number(refractory))
    propose_unit(error, refractory, dimensions::second);
  else
    error.helped_by("give it a unit of time, such as `2*ms`");
  return type;
}

NoiseRule noise_rule(const Variable& variable) {
  if (variable.kind == EquationKind::differential) return NoiseRule::any;
  return variable.constant_over_dt || variable.summed ? NoiseRule::none : NoiseRule::named;
}

/// A shared subexpression has one value for all.
void check_shared(const Variable& variable, const Scope& scope, Diagnostics& diagnostics) {
  if (!variable.shared || !variable.rhs) return;
  const std::string name = per_element_name(variable.rhs, scope);
  if (name.empty()) return;
  Diagnostic& error = diagnostics.error(
      DiagnosticCode::shared_uses_vector, variable.rhs->place,
      text("`", variable.name, "` is shared, but `", name, "` has a value for each element"));
  error.helped_by(text("drop the flag (shared) of `", variable.name, "`, or share what it uses"));
  const Place& flag = variable.last_flag;
  if (flag.source && flag.text() == "shared")
    error.fixed_by(extent_of_flag({std::string(flag.text()), flag}), "");
}

/// A difference, or a value that one of the equations reaches: what is missing is the comparison.
void propose_threshold(const CheckedGroup& checked, const Expr& threshold, const Scope& scope,
                       Diagnostics& diagnostics) {
  if (!threshold) return;
  Diagnostic* error = diagnostics.find(DiagnosticCode::not_boolean, threshold->place);
  if (!error || !error->fixes.empty()) return;
  const auto* difference = as<ast::Binary>(threshold);
  if (difference && difference->op == BinaryOp::subtract) {
    error->fixed_by(threshold->place,
                    text(difference->lhs->place.text(), " > ", difference->rhs->place.text()));
    return;
  }
  Diagnostics unheard;
  const auto dimension = dimension_of(threshold, scope, unheard);
  const Variable* reaches = nullptr;
  for (const Variable& variable : checked.variables) {
    if (variable.kind != EquationKind::differential || variable.dimension != dimension) continue;
    if (reaches) return;
    reaches = &variable;
  }
  if (reaches && per_element_name(threshold, scope).empty())
    error->fixed_by(threshold->place, text(reaches->name, " > ", threshold->place.text()));
}

}  // namespace

std::vector<Variable> check_equations(std::vector<Variable> variables, const Scope& scope,
                                      Diagnostics& diagnostics) {
  for (Variable& variable : variables) {
    if (variable.rhs && !variable.automatic)
      variable.rhs = resolve(variable.rhs, scope, diagnostics, noise_rule(variable));
  }
  for (const Variable& variable : variables)
    if (variable.rhs && variable.kind == EquationKind::subexpression)
      check_stateless(variable, scope, diagnostics);
  check_dimensions(variables, scope, diagnostics);
  check_types(variables, scope, diagnostics);
  for (const Variable& variable : variables) check_values(variable.rhs, scope, diagnostics);
  for (const Variable& variable : variables) check_shared(variable, scope, diagnostics);
  if (!diagnostics.has_errors()) check_noise(variables, scope, diagnostics);
  return variables;
}

CheckedSynapses check_synapses(const SynapsesModel& synapses, const Scope& scope, Diagnostics& diagnostics) {
  CheckedSynapses checked{check_equations(synapses.variables, scope, diagnostics), {}};
  for (const PathwayModel& pathway : synapses.pathways) {
    Scope own = inside_pathway(scope, pathway);
    CheckedCode code = check_code(pathway.code, own, false, diagnostics);
    checked.pathways.push_back({std::move(code), std::move(own)});
  }
  return checked;
}

CheckedCode check_code(const Code& code, const Scope& scope, bool shared_writes, Diagnostics& diagnostics) {
  CheckedCode checked{resolve(code, scope, diagnostics), {}};
  check_dimensions(checked.code, scope, diagnostics);
  checked.locals = check_types(checked.code, scope, shared_writes, diagnostics);
  check_values(checked.code, scope, diagnostics, checked.locals);
  return checked;
}

Expr check_condition(const Expr& condition, const std::string& what, const Scope& scope,
                     Diagnostics& diagnostics) {
  if (!condition) return condition;
  const Expr resolved = resolve(condition, scope, diagnostics);
  dimension_of(resolved, scope, diagnostics);
  check_boolean(resolved, what, scope, diagnostics);
  check_values(resolved, scope, diagnostics);
  return resolved;
}

CheckedGroup check_group(const GroupModel& group, const Scope& scope, Diagnostics& diagnostics) {
  CheckedGroup checked{check_equations(group.variables, scope, diagnostics), {}, {}, {}, {}};
  checked.threshold = check_condition(group.threshold, "the threshold", scope, diagnostics);
  propose_threshold(checked, checked.threshold, scope, diagnostics);
  checked.reset = check_code(group.reset, scope, false, diagnostics);
  for (const Event& event : group.events) {
    const Expr condition =
        check_condition(event.condition, text("the event `", event.name, "`"), scope, diagnostics);
    if (condition) propose_threshold(checked, condition, scope, diagnostics);
    checked.events.push_back({condition, check_code(event.code, scope, false, diagnostics)});
  }
  if (group.refractory) {
    checked.refractory = resolve(group.refractory, scope, diagnostics);
    checked.refractory_type = check_refractory(checked.refractory, scope, diagnostics);
  }
  return checked;
}

}  // namespace ranvier::pass
