#include <ranvier/compiler/compile_synapses.hpp>

#include <ranvier/compiler/passes/check_group.hpp>
#include <ranvier/compiler/passes/check_synaptic.hpp>
#include <ranvier/compiler/passes/finish.hpp>
#include <ranvier/compiler/passes/inline_subexpressions.hpp>
#include <ranvier/compiler/passes/integrate_system.hpp>
#include <ranvier/compiler/stopwatch.hpp>
#include <ranvier/compiler/tree.hpp>

namespace ranvier {
namespace {

double* part(CompileTimes* times, double CompileTimes::* which) {
  return times ? &(times->*which) : nullptr;
}

std::optional<Kernel> lower_update(const std::string& name, pass::Step step, const Scope& scope) {
  if (step.body.empty()) return std::nullopt;
  Kernel kernel{name, Loop::elements, {}, {}, std::move(step.propagators), std::move(step.body), {}, {}};
  kernel.repeat = std::move(step.repeat);
  return pass::finish_over_synapses(std::move(kernel), scope);
}

/// `x_post = x_post + expression` for one synapse after the other.
SumKernel lower_sum(const std::string& name, const Variable& sum, const Scope& scope) {
  const bool pre = sum.name.ends_with("_pre");
  const Expr value = tree::add(tree::name(sum.name), pass::inline_subexpressions(sum.rhs, scope));
  Kernel kernel{name + "_sum_" + sum.name, Loop::elements, {}, {}, {}, {}, {}, {}};
  kernel.body.push_back({sum.name, sum.type, true, value, {}});
  const std::size_t ending = pre ? std::string("_pre").size() : std::string("_post").size();
  return {sum.name.substr(0, sum.name.size() - ending), pre,
          pass::finish_over_synapses(std::move(kernel), scope)};
}

}  // namespace

SynapsesStep compile_step(const SynapsesModel& synapses, const Namespace& names, CompileTimes* times,
                          std::optional<double> step) {
  Diagnostics diagnostics;
  Scope scope = scope_of(synapses, names);
  scope.step = step;
  const std::vector<Variable> checked = [&] {
    Stopwatch watch(part(times, &CompileTimes::check));
    pass::warn_unstated_driving(synapses, diagnostics);
    return pass::check_equations(synapses.variables, scope, diagnostics);
  }();
  diagnostics.raise_if_errors();
  Stopwatch watch(part(times, &CompileTimes::lower));
  SynapsesStep result;
  pass::Integration integration = pass::integrate_system(checked, false, synapses.method, scope, diagnostics);
  result.method = std::move(integration.method);
  result.reason = std::move(integration.reason);
  result.update = lower_update(synapses.name + "_update", std::move(integration.step), scope);
  for (const Variable& variable : checked)
    if (variable.summed) result.sums.push_back(lower_sum(synapses.name, variable, scope));
  result.warnings = diagnostics.in_reading_order();
  result.fixed = scope.fixed();
  return result;
}

}  // namespace ranvier
