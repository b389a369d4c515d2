#pragma once
#include <map>
#include <variant>

#include <ranvier/compiler/passes/system.hpp>
#include <ranvier/compiler/scope.hpp>
#include <ranvier/grammar/source.hpp>

namespace ranvier::pass {

/// x' = M x + b with coefficients that keep their value over a step.
struct LinearSystem {
  std::vector<std::map<std::size_t, Expr>>
      matrix;               // row i: the coefficients of dx_i/dt by variable; what is zero is absent
  std::vector<Expr> drift;  // b; an empty handle is zero
};

/// Why a system is not such, as a sentence without its subject's capital: "dv/dt is not linear: exp(v/k)
/// depends on v".
struct NotLinear {
  std::string reason;
  Place place;
};

/// Reads the coefficients off the right-hand sides: sums and differences add, a product may have one factor
/// with variables, a quotient no variable below. Terms of degree 2 are kept long enough to cancel, as in (v -
/// a)*(v + b) - v*v. Coefficients may use anything but the variables, t, t_in_timesteps and functions that
/// are not stateless; a timed array of t that changes between steps only is as good as a constant.
std::variant<LinearSystem, NotLinear> linear(const System& system, const Scope& scope = {});

/// The same for each equation by itself: x' = a x + b, where a and b may use the other variables, t and
/// random functions. Every row of the matrix has its diagonal entry at most.
std::variant<LinearSystem, NotLinear> conditionally_linear(const System& system, const Scope& scope = {});

}  // namespace ranvier::pass
