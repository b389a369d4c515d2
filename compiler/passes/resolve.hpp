#pragma once
#include <ranvier/compiler/scope.hpp>
#include <ranvier/grammar/diagnostics.hpp>

namespace ranvier::pass {

/// Which noise a text may read: none, named noise (xi_a, in subexpressions), any.
enum class NoiseRule { none, named, any };

/// Replaces every name by its canonical one. Reports unknown names (with the nearest known one), calls of
/// what is not a function, functions without a call, and wrong numbers of arguments. A random function may
/// occur twice in one expression: draws are numbered. Reports noise that the rule does not let in.
Expr resolve(const Expr& expr, const Scope& scope, Diagnostics& diagnostics,
             NoiseRule noise = NoiseRule::none);

/// The same for statements. A target that the scope does not know becomes a local, whose first value must not
/// read it. Warns of locals that hide a name of the language and of those that nothing reads.
Code resolve(const Code& code, const Scope& scope, Diagnostics& diagnostics);

}  // namespace ranvier::pass
