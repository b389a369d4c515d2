#pragma once
#include <optional>
#include <string>
#include <vector>

#include <ranvier/compiler/compile.hpp>
#include <ranvier/compiler/passes/lower_constants.hpp>
#include <ranvier/compiler/scope.hpp>
#include <ranvier/compiler/stopwatch.hpp>

/// What compiling a group, synapses and their code have in common.
namespace ranvier {

/// What `make` gives; the time that it takes is added to those of its kind, if somebody asks.
template <class F>
auto timed(CompileTimes* times, double CompileTimes::* kind, F make) {
  const Stopwatch watch(times ? &(times->*kind) : nullptr);
  return make();
}

/// From texts that were declared before to kernels, all names being known now: what `check(scope,
/// diagnostics)` gives, unless it reports errors, is what `lower(checked, scope, diagnostics)` makes kernels
/// of. `step` [s]: the length of time steps, if it is known. Throws ModelError.
template <class Model, class Check, class Lower>
auto compile_checked(const Model& model, const Namespace& names, CompileTimes* times,
                     std::optional<double> step, Check check, Lower lower) {
  Diagnostics diagnostics;
  Scope scope = scope_of(model, names);
  scope.step = step;
  auto checked = timed(times, &CompileTimes::check, [&] { return check(scope, diagnostics); });
  diagnostics.raise_if_errors();
  return timed(times, &CompileTimes::lower, [&] {
    auto kernels = lower(checked, scope, diagnostics);
    diagnostics.raise_if_errors();
    kernels.warnings = diagnostics.in_reading_order();
    kernels.fixed = scope.fixed();
    return kernels;
  });
}

ConstantKernels lower_constants(const std::string& name, const std::vector<Variable>& variables,
                                const Scope& scope, pass::Finish finish);

/// Before a run, linked variables need to be linked, also those that nothing reads.
void require_links(const std::vector<Variable>& variables, const std::string& owner,
                   Diagnostics& diagnostics);

}  // namespace ranvier
