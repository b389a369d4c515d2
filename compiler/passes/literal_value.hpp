#pragma once
#include <optional>

#include <ranvier/compiler/scope.hpp>

namespace ranvier::pass {

/// The value of an expression of numbers, units, named constants and elementary functions, which is known
/// while compiling [SI]; nullopt for any other. Needs resolved names.
std::optional<double> literal_value(const Expr& expr, const Scope& scope);

/// The same, which may use constants of the namespace, too. What is compiled holds for their values alone:
/// they are noted in Scope::fixed.
std::optional<double> fixed_value(const Expr& expr, const Scope& scope);

/// The same for a node whose operands have these values.
std::optional<double> combined(BinaryOp op, double lhs, double rhs);

}  // namespace ranvier::pass
