#include <ranvier/compiler/passes/integrate_system.hpp>

#include <ranvier/compiler/passes/check_size.hpp>
#include <ranvier/compiler/passes/choose_method.hpp>
#include <ranvier/compiler/passes/inline_subexpressions.hpp>
#include <ranvier/compiler/passes/integrate.hpp>
#include <ranvier/compiler/passes/integrate_adaptive.hpp>
#include <ranvier/compiler/passes/integrate_exact.hpp>
#include <ranvier/compiler/passes/noise.hpp>

namespace ranvier::pass {
namespace {

System system_of(const std::vector<Variable>& variables, bool clamping, const Scope& scope,
                 Diagnostics& diagnostics) {
  System system;
  for (const Variable& variable : variables) {
    if (variable.kind != EquationKind::differential || variable.event_driven) continue;
    const Expr rhs = inline_subexpressions(variable.rhs, scope);
    system.push_back(split_noise(variable.name, rhs, diagnostics));
    system.back().clamped = variable.unless_refractory && clamping;
    check_size(system, 1, scope.limits);
  }
  return system;
}

Step step_of(const System& system, const Choice& choice, const MethodOptions& options, const Scope& scope) {
  switch (choice.method->solver) {
    case Solver::exact:
      return integrate_exact(system, *choice.linear, scope);
    case Solver::exponential:
      return integrate_exponential(system, *choice.linear);
    case Solver::stages:
      break;
  }
  if (choice.text->adaptive) return integrate_adaptive(system, *choice.text, options, scope.limits);
  return integrate(system, *choice.text, choice.jacobian ? &*choice.jacobian : nullptr, scope.limits);
}

}  // namespace

Integration integrate_system(const std::vector<Variable>& variables, bool clamping, const MethodWish& wish,
                             const Scope& scope, Diagnostics& diagnostics) {
  const System system = system_of(variables, clamping, scope, diagnostics);
  if (system.empty()) return {};
  const Choice choice = choose_method(system, wish, scope, diagnostics);
  diagnostics.raise_if_errors();
  return {step_of(system, choice, wish.options, scope), std::string(choice.method->name), choice.reason};
}

}  // namespace ranvier::pass
