#pragma once
#include <ranvier/compiler/passes/linear.hpp>
#include <ranvier/compiler/scope.hpp>

namespace ranvier::pass {

/// The largest set of coupled variables that integrate_exact takes.
inline constexpr std::size_t most_coupled = 64;

/// One step of a linear system, exactly. A variable coupled to no other is integrated in
/// place, x*exp(a*dt) + b*dt*exprel(a*dt); each larger set of coupled variables gets a Propagator, of which
/// only entries that cannot be zero are used. Clamped variables of refractory elements are not stored, and
/// what depends on them is integrated a second time with them held fixed; not_refractory selects between the
/// two. `scope` says which names are constants. Needs: coupled sets of at most most_coupled variables.
Step integrate_exact(const System& system, const LinearSystem& linear, const Scope& scope);

/// One step of exponential Euler: each equation x' = a x + b exactly, with a and b as they are at the old
/// state. `alone` as conditionally_linear gives it.
Step integrate_exponential(const System& system, const LinearSystem& alone);

}  // namespace ranvier::pass
