#pragma once
#include <ranvier/compiler/passes/check_types.hpp>
#include <ranvier/compiler/scope.hpp>
#include <ranvier/grammar/diagnostics.hpp>

/// Warnings for what is allowed and seldom meant: a division by zero, literals that combine to inf or nan,
/// floats compared with ==, numbers too large for the integer they are stored in. Needs resolved names.
namespace ranvier::pass {

void check_values(const Expr& expr, const Scope& scope, Diagnostics& diagnostics,
                  const LocalTypes& locals = {});
void check_values(const Code& code, const Scope& scope, Diagnostics& diagnostics, const LocalTypes& locals);

}  // namespace ranvier::pass
