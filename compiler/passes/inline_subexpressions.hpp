#pragma once
#include <ranvier/compiler/scope.hpp>

namespace ranvier::pass {

/// Replaces every name that stands for an expression (subexpressions, i, j) by that expression, recursively,
/// and units and named constants by their numbers. What is left reads columns, scalars and locals only.
/// Needs: resolved names, no cycles.
Expr inline_subexpressions(const Expr& expr, const Scope& scope);

}  // namespace ranvier::pass
