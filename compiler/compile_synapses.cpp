#include <ranvier/compiler/compile_synapses.hpp>

#include <ranvier/compiler/compilation.hpp>
#include <ranvier/compiler/passes/check_group.hpp>
#include <ranvier/compiler/passes/check_structure.hpp>
#include <ranvier/compiler/passes/check_synaptic.hpp>
#include <ranvier/compiler/passes/event_driven.hpp>
#include <ranvier/compiler/passes/finish.hpp>
#include <ranvier/compiler/passes/inline_subexpressions.hpp>
#include <ranvier/compiler/passes/integrate_system.hpp>
#include <ranvier/compiler/passes/lower_synapse.hpp>
#include <ranvier/compiler/passes/order_dependence.hpp>
#include <ranvier/compiler/tree.hpp>

namespace ranvier {
namespace {

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

PathwayKernels lower_pathway(const std::string& name, pass::CheckedPathway& pathway,
                             const pass::EventDriven& equations, const PathwayUse& use) {
  PathwayKernels kernels;
  pathway.scope.step = use.step;
  if (pathway.code.code.empty()) return kernels;
  if (use.rows) kernels.rows = pass::lower_synapse(name, pathway.code, equations, pathway.scope);
  if (use.list) kernels.list = pass::lower_synapse_list(name, pathway.code, equations, pathway.scope);
  return kernels;
}

/// Equations between events know nothing of the length of steps.
std::vector<PathwayKernels> lower_pathways(const SynapsesModel& synapses,
                                           std::vector<pass::CheckedPathway>& checked,
                                           std::span<const PathwayUse> uses, Scope scope,
                                           Diagnostics& diagnostics) {
  scope.step.reset();
  const pass::EventDriven equations = pass::check_event_driven(synapses, scope, diagnostics);
  diagnostics.raise_if_errors();
  std::vector<PathwayKernels> kernels;
  for (std::size_t k = 0; k < checked.size(); ++k) {
    const PathwayModel& pathway = synapses.pathways[k];
    const PathwayUse use = uses.empty() ? PathwayUse{!pathway.post, pathway.post} : uses[k];
    pass::warn_order_dependence(checked[k].code.code, equations.system, checked[k].scope, diagnostics);
    kernels.push_back(lower_pathway(synapses.name + "_" + pathway.name, checked[k], equations, use));
  }
  return kernels;
}

}  // namespace

SynapsesKernels compile_synapses(const SynapsesModel& synapses, const Namespace& names, CompileTimes* times,
                                 std::optional<double> step, std::span<const PathwayUse> uses) {
  const auto check = [&](const Scope& scope, Diagnostics& diagnostics) {
    pass::check_structure(synapses, diagnostics);
    require_links(synapses.variables, synapses.name, diagnostics);
    pass::warn_unstated_driving(synapses, diagnostics);
    return pass::check_synapses(synapses, scope, diagnostics);
  };
  const auto lower = [&](pass::CheckedSynapses& checked, const Scope& scope, Diagnostics& diagnostics) {
    SynapsesKernels kernels;
    kernels.pathways = lower_pathways(synapses, checked.pathways, uses, scope, diagnostics);
    kernels.constants = lower_constants(synapses.name, checked.variables, scope, pass::finish_over_synapses);
    pass::Integration integration =
        pass::integrate_system(checked.variables, false, synapses.method, scope, diagnostics);
    kernels.method = std::move(integration.method);
    kernels.reason = std::move(integration.reason);
    kernels.update = lower_update(synapses.name + "_update", std::move(integration.step), scope);
    for (const Variable& variable : checked.variables)
      if (variable.summed) kernels.sums.push_back(lower_sum(synapses.name, variable, scope));
    return kernels;
  };
  return compile_checked(synapses, names, times, step, check, lower);
}

}  // namespace ranvier
