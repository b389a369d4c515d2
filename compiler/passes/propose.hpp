#pragma once
#include <string>

#include <ranvier/compiler/scope.hpp>
#include <ranvier/grammar/diagnostics.hpp>

namespace ranvier::pass {

/// A value of dimension `actual` should have been of dimension `expected`: proposes to multiply it with, or
/// divide it by, the one constant or variable of the scope that has the missing dimension and does not occur
/// in `around`. Does nothing if there is none or more than one.
void propose_factor(Diagnostic& error, const Expr& value, const Dimension& expected, const Dimension& actual,
                    const Expr& around, const Scope& scope);

}  // namespace ranvier::pass
