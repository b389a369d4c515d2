#pragma once
#include <string>

#include <ranvier/compiler/scope.hpp>
#include <ranvier/grammar/diagnostics.hpp>

namespace ranvier::pass {

/// Resolves the text of a function of the namespace when the first call of it is met (see Scope::bodies) and
/// reports what is wrong with it; `place` is that of the call. False if nothing can stand for the call: the
/// function calls itself, or would become too large. Needs: the name is that of a function with a text.
bool prepare_function(const std::string& name, const Place& place, const Scope& scope,
                      Diagnostics& diagnostics);

/// The same for every function that an expression calls whose names are canonical already: that of a
/// subexpression, which was resolved where it stands.
void prepare_functions(const Expr& expr, const Scope& scope, Diagnostics& diagnostics);

}  // namespace ranvier::pass
