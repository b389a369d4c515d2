#pragma once
#include <stdexcept>
#include <string>

#include <ranvier/compiler/scope.hpp>

namespace ranvier::pass {

/// Why an expression has no derivative that could be written down.
struct NotDifferentiable {
  std::string reason;  // a clause: "`f` is a function of your own"
  Place place;
};

/// d(expr)/d(name) by the rules of calculus and the derivatives in the table of built-ins; an empty handle is
/// zero. What jumps (comparisons, floor, values over time) has the derivative zero. Shared parts stay shared.
/// Throws NotDifferentiable.
Expr derivative(const Expr& expr, const std::string& name, const Scope& scope);

}  // namespace ranvier::pass
