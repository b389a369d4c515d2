#pragma once
#include <ranvier/compiler/scope.hpp>
#include <ranvier/grammar/diagnostics.hpp>

namespace ranvier::pass {

/// Replaces every name by its canonical one. Reports unknown names (with the nearest known one), calls of
/// what is not a function, functions without a call, wrong numbers of arguments, and a random function used
/// twice in one expression.
Expr resolve(const Expr& expr, const Scope& scope, Diagnostics& diagnostics);

/// The same for statements. A target that the scope does not know becomes a local (its first value must not
/// read it).
Code resolve(const Code& code, const Scope& scope, Diagnostics& diagnostics);

}  // namespace ranvier::pass
