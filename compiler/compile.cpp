#include <ranvier/compiler/compile.hpp>

#include <ranvier/compiler/passes/check_group.hpp>
#include <ranvier/compiler/passes/check_size.hpp>
#include <ranvier/compiler/passes/check_structure.hpp>
#include <ranvier/compiler/passes/declare.hpp>
#include <ranvier/compiler/passes/event_driven.hpp>
#include <ranvier/compiler/passes/finish.hpp>
#include <ranvier/compiler/passes/inline_subexpressions.hpp>
#include <ranvier/compiler/passes/integrate_system.hpp>
#include <ranvier/compiler/passes/lower_constants.hpp>
#include <ranvier/compiler/passes/lower_refractory.hpp>
#include <ranvier/compiler/passes/lower_statements.hpp>
#include <ranvier/compiler/passes/lower_synapse.hpp>
#include <ranvier/compiler/passes/lower_threshold.hpp>
#include <ranvier/compiler/passes/order_dependence.hpp>
#include <ranvier/compiler/passes/parse_model.hpp>
#include <ranvier/compiler/passes/propose_units.hpp>
#include <ranvier/compiler/stopwatch.hpp>
#include <ranvier/compiler/text.hpp>

namespace ranvier {
namespace {

/// State update and threshold, in one loop unless they are to be apart.
void lower_update(GroupKernels& kernels, const std::string& name, const pass::CheckedGroup& group,
                  pass::Step step, const Scope& scope, bool apart) {
  Kernel kernel{name, Loop::elements, {}, {}, std::move(step.propagators), {}, {}, {}};
  if (group.refractory) {
    const Expr refractory = pass::inline_subexpressions(group.refractory, scope);
    kernel.body.push_back(pass::lower_refractory(refractory, group.refractory_type));
  }
  kernel.repeat = std::move(step.repeat);
  if (kernel.repeat) kernel.repeat->at += kernel.body.size();
  kernel.body.insert(kernel.body.end(), step.body.begin(), step.body.end());
  if (group.threshold) {
    const Expr threshold = pass::inline_subexpressions(group.threshold, scope);
    pass::lower_threshold(kernel, threshold, static_cast<bool>(group.refractory));
  }
  if (kernel.body.empty()) {
    if (kernel.condition) kernels.threshold = pass::finish(std::move(kernel), scope);
  } else if (apart && kernel.condition) {
    auto [body, condition] = pass::finish_apart(std::move(kernel), scope);
    kernels.update = std::move(body), kernels.threshold = std::move(condition);
  } else {
    kernels.update = pass::finish(std::move(kernel), scope);
  }
}

/// What happens to the elements of a list: writes are not masked by refractoriness.
std::optional<Kernel> lower_reset(const std::string& name, const pass::CheckedCode& reset,
                                  const Scope& scope) {
  if (reset.code.empty()) return std::nullopt;
  Kernel kernel{name, Loop::list, {}, {}, {}, {}, {}, {}};
  kernel.body = pass::lower_statements(reset.code, reset.locals, false, scope);
  return pass::finish(std::move(kernel), scope);
}

std::vector<EventKernels> lower_events(const GroupModel& group, const std::vector<pass::CheckedEvent>& events,
                                       const Scope& scope) {
  std::vector<EventKernels> kernels;
  for (std::size_t k = 0; k < events.size(); ++k) {
    const std::string name = group.name + "_" + group.events[k].name;
    EventKernels& event = kernels.emplace_back();
    event.code = lower_reset(name + "_code", events[k].code, scope);
    if (!events[k].condition) continue;
    Kernel kernel{name, Loop::elements, {}, {}, {}, {}, {}, {}};
    kernel.condition = pass::inline_subexpressions(events[k].condition, scope);
    event.condition = pass::finish(std::move(kernel), scope);
  }
  return kernels;
}

ConstantKernels lower_constants(const std::string& name, const std::vector<Variable>& variables,
                                const Scope& scope, pass::Finish finish) {
  return {pass::lower_constants(name + "_shared_constants", variables, true, scope, finish),
          pass::lower_constants(name + "_constants", variables, false, scope, finish)};
}

/// Before a run, linked variables need to be linked, also those that nothing reads.
void require_links(const std::vector<Variable>& variables, const std::string& owner,
                   Diagnostics& diagnostics) {
  for (const Variable& variable : variables) {
    if (!variable.linked || variable.link) continue;
    diagnostics
        .error(DiagnosticCode::unlinked_variable, variable.name_place,
               text("`", variable.name, "` is linked, but nobody said to what"))
        .helped_by(
            text("call `", owner, ".link(\"", variable.name, "\", other[\"v\"])` before the first run"));
  }
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

double* part(CompileTimes* times, double CompileTimes::* which) {
  return times ? &(times->*which) : nullptr;
}

}  // namespace

GroupModel declare_group(const GroupText& text, const Namespace& known, CompileTimes* times) {
  Diagnostics diagnostics;
  const pass::ParsedGroup parsed = [&] {
    Stopwatch watch(part(times, &CompileTimes::parse));
    return pass::parse_group(text, diagnostics);
  }();
  Stopwatch watch(part(times, &CompileTimes::check));
  const GroupModel group = pass::declare_model(parsed, diagnostics);
  pass::check_structure(group, diagnostics);
  Scope scope = scope_of(group, known);
  scope.lenient = true;
  pass::check_group(group, scope, diagnostics);
  pass::propose_units(group, scope, diagnostics);
  diagnostics.raise_if_errors();
  return group;
}

SynapsesModel declare_synapses(const SynapsesText& text, const GroupModel& source, const GroupModel& target,
                               const Namespace& known, CompileTimes* times) {
  Diagnostics diagnostics;
  const pass::ParsedSynapses parsed = [&] {
    Stopwatch watch(part(times, &CompileTimes::parse));
    return pass::parse_synapses(text, source, target, diagnostics);
  }();
  Stopwatch watch(part(times, &CompileTimes::check));
  const SynapsesModel synapses = pass::declare_model(parsed, diagnostics);
  pass::check_structure(synapses, diagnostics);
  Scope scope = scope_of(synapses, known);
  scope.lenient = true;
  pass::check_synapses(synapses, scope, diagnostics);
  if (!diagnostics.has_errors()) pass::check_event_driven(synapses, scope, diagnostics);
  diagnostics.raise_if_errors();
  return synapses;
}

GroupKernels compile_group(const GroupModel& group, const Namespace& names, CompileTimes* times,
                           std::optional<double> step_length, bool apart) {
  Diagnostics diagnostics;
  Scope scope = scope_of(group, names);
  scope.step = step_length;
  const pass::CheckedGroup checked = [&] {
    Stopwatch watch(part(times, &CompileTimes::check));
    pass::check_structure(group, diagnostics);
    require_links(group.variables, group.name, diagnostics);
    return pass::check_group(group, scope, diagnostics);
  }();
  diagnostics.raise_if_errors();

  Stopwatch watch(part(times, &CompileTimes::lower));
  GroupKernels kernels;
  pass::Integration integration = pass::integrate_system(
      checked.variables, static_cast<bool>(group.refractory), group.method, scope, diagnostics);
  kernels.method = std::move(integration.method);
  kernels.reason = std::move(integration.reason);
  kernels.constants = lower_constants(group.name, checked.variables, scope, pass::finish);
  lower_update(kernels, group.name + "_update", checked, std::move(integration.step), scope, apart);
  kernels.reset = lower_reset(group.name + "_reset", checked.reset, scope);
  kernels.events = lower_events(group, checked.events, scope);
  kernels.warnings = diagnostics.in_reading_order();
  kernels.fixed = scope.fixed();
  return kernels;
}

ConstantKernels compile_constants(const SynapsesModel& synapses, const Namespace& names, CompileTimes* times,
                                  std::optional<double> step) {
  Diagnostics diagnostics;
  Scope scope = scope_of(synapses, names);
  scope.step = step;
  const std::vector<Variable> checked = [&] {
    Stopwatch watch(part(times, &CompileTimes::check));
    require_links(synapses.variables, synapses.name, diagnostics);
    return pass::check_equations(synapses.variables, scope, diagnostics);
  }();
  diagnostics.raise_if_errors();
  Stopwatch watch(part(times, &CompileTimes::lower));
  return lower_constants(synapses.name, checked, scope, pass::finish_over_synapses);
}

SynapsesKernels compile_pathways(const SynapsesModel& synapses, const Namespace& names, CompileTimes* times,
                                 std::span<const PathwayUse> uses) {
  Diagnostics diagnostics;
  const Scope scope = scope_of(synapses, names);
  std::vector<pass::CheckedPathway> checked = [&] {
    Stopwatch watch(part(times, &CompileTimes::check));
    pass::check_structure(synapses, diagnostics);
    return pass::check_synapses(synapses, scope, diagnostics);
  }();
  diagnostics.raise_if_errors();
  Stopwatch watch(part(times, &CompileTimes::lower));
  const pass::EventDriven equations = pass::check_event_driven(synapses, scope, diagnostics);
  diagnostics.raise_if_errors();
  SynapsesKernels kernels;
  for (std::size_t k = 0; k < checked.size(); ++k) {
    const PathwayModel& pathway = synapses.pathways[k];
    const PathwayUse use = uses.empty() ? PathwayUse{!pathway.post, pathway.post} : uses[k];
    pass::warn_order_dependence(checked[k].code.code, equations.system, checked[k].scope, diagnostics);
    kernels.pathways.push_back(lower_pathway(synapses.name + "_" + pathway.name, checked[k], equations, use));
  }
  kernels.warnings = diagnostics.in_reading_order();
  kernels.fixed = scope.fixed();
  return kernels;
}

}  // namespace ranvier
