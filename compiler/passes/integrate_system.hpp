#pragma once
#include <string>
#include <vector>

#include <ranvier/compiler/model.hpp>
#include <ranvier/compiler/passes/system.hpp>
#include <ranvier/compiler/scope.hpp>
#include <ranvier/grammar/diagnostics.hpp>

namespace ranvier::pass {

/// One step of all equations of an object that are integrated in every step.
struct Integration {
  Step step;
  std::string method;  // the one used; "" without equations
  std::string reason;  // why this one, a sentence
};

/// Chooses a method and writes out its step. `clamping`: variables that are `unless refractory` keep their
/// values then. Needs: equations with canonical names. Throws ModelError if no method is possible.
Integration integrate_system(const std::vector<Variable>& variables, bool clamping, const MethodWish& wish,
                             const Scope& scope, Diagnostics& diagnostics);

}  // namespace ranvier::pass
