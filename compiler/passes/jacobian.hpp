#pragma once
#include <variant>
#include <vector>

#include <ranvier/compiler/passes/dependency.hpp>
#include <ranvier/compiler/passes/differentiate.hpp>
#include <ranvier/compiler/passes/system.hpp>

namespace ranvier::pass {

/// How the rates of a system change with its variables and with time. Empty entries are zero.
struct Jacobian {
  std::vector<std::vector<Expr>> by_state;  // row i, column j: d(rate i)/d(variable j)
  std::vector<Expr> by_time;
  std::vector<Variables> blocks;  // variables that can be solved for apart from the others
};

/// The largest block that implicit methods take: their linear systems are solved by straight-line code.
inline constexpr std::size_t most_implicit = 16;

/// NotDifferentiable also where a block is larger than most_implicit. How a rate changes with time counts as
/// zero where it cannot be written down, which the methods allow for.
std::variant<Jacobian, NotDifferentiable> jacobian(const System& system, const Scope& scope);

}  // namespace ranvier::pass
