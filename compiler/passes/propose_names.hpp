#pragma once
#include <ranvier/compiler/dimension.hpp>
#include <ranvier/compiler/passes/parse_model.hpp>
#include <ranvier/compiler/scope.hpp>

/// Other names for what has a name that it cannot have.
namespace ranvier::pass {

/// Adds to the errors about names of equations: another name, there and wherever the group uses it; or
/// nothing in place of an equation that only declares what every group has (`t : second`).
void propose_names(const ParsedGroup& group, const std::vector<Variable>& variables,
                   Diagnostics& diagnostics);

/// Adds another name for the loop variable of a generator, there and where the element and the condition use
/// it.
void propose_loop_variable(const Generator& generator, const Scope& scope, Diagnostic& error);

}  // namespace ranvier::pass
