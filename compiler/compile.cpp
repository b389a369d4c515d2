#include <ranvier/compiler/compile.hpp>

#include <ranvier/compiler/compilation.hpp>
#include <ranvier/compiler/passes/check_group.hpp>
#include <ranvier/compiler/passes/check_structure.hpp>
#include <ranvier/compiler/passes/declare.hpp>
#include <ranvier/compiler/passes/event_driven.hpp>
#include <ranvier/compiler/passes/finish.hpp>
#include <ranvier/compiler/passes/inline_subexpressions.hpp>
#include <ranvier/compiler/passes/integrate_system.hpp>
#include <ranvier/compiler/passes/lower_refractory.hpp>
#include <ranvier/compiler/passes/lower_statements.hpp>
#include <ranvier/compiler/passes/lower_threshold.hpp>
#include <ranvier/compiler/passes/parse_model.hpp>
#include <ranvier/compiler/passes/propose_units.hpp>

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

GroupModel declare(const GroupText& text, const Namespace& known, bool lenient, CompileTimes* times) {
  Diagnostics diagnostics;
  const pass::ParsedGroup parsed =
      timed(times, &CompileTimes::parse, [&] { return pass::parse_group(text, diagnostics); });
  return timed(times, &CompileTimes::check, [&] {
    GroupModel group = pass::declare_model(parsed, diagnostics);
    pass::check_structure(group, diagnostics);
    Scope scope = scope_of(group, known);
    scope.lenient = lenient;
    pass::check_group(group, scope, diagnostics);
    pass::propose_units(group, scope, diagnostics);
    diagnostics.raise_if_errors();
    return group;
  });
}

}  // namespace

GroupModel declare_group(const GroupText& text, const Namespace& known, CompileTimes* times) {
  return declare(text, known, true, times);
}

GroupModel declare_whole_group(const GroupText& text, const Namespace& names) {
  return declare(text, names, false, nullptr);
}

SynapsesModel declare_synapses(const SynapsesText& text, ModelEnd source, ModelEnd target,
                               const Namespace& known, CompileTimes* times) {
  Diagnostics diagnostics;
  const pass::ParsedSynapses parsed = timed(
      times, &CompileTimes::parse, [&] { return pass::parse_synapses(text, source, target, diagnostics); });
  return timed(times, &CompileTimes::check, [&] {
    SynapsesModel synapses = pass::declare_model(parsed, diagnostics);
    pass::check_structure(synapses, diagnostics);
    Scope scope = scope_of(synapses, known);
    scope.lenient = true;
    pass::check_synapses(synapses, scope, diagnostics);
    if (!diagnostics.has_errors()) pass::check_event_driven(synapses, scope, diagnostics);
    diagnostics.raise_if_errors();
    return synapses;
  });
}

GroupKernels compile_group(const GroupModel& group, const Namespace& names, CompileTimes* times,
                           std::optional<double> step_length, bool apart) {
  const auto check = [&](const Scope& scope, Diagnostics& diagnostics) {
    pass::check_structure(group, diagnostics);
    require_links(group.variables, group.name, diagnostics);
    return pass::check_group(group, scope, diagnostics);
  };
  const auto lower = [&](const pass::CheckedGroup& checked, const Scope& scope, Diagnostics& diagnostics) {
    GroupKernels kernels;
    pass::Integration integration = pass::integrate_system(
        checked.variables, static_cast<bool>(group.refractory), group.method, scope, diagnostics);
    kernels.method = std::move(integration.method);
    kernels.reason = std::move(integration.reason);
    kernels.constants = lower_constants(group.name, checked.variables, scope, pass::finish);
    lower_update(kernels, group.name + "_update", checked, std::move(integration.step), scope, apart);
    kernels.reset = lower_reset(group.name + "_reset", checked.reset, scope);
    kernels.events = lower_events(group, checked.events, scope);
    return kernels;
  };
  return compile_checked(group, names, times, step_length, check, lower);
}

}  // namespace ranvier
