#pragma once
#include <ranvier/compiler/kernel.hpp>

namespace ranvier::pass {

/// not_refractory as it is from the start of this step on: for a duration r, timestep(t -
/// lastspike, dt) >= timestep(r, dt); for a condition b, not_refractory or not b. Needs: an inlined
/// expression of the type given.
Assign lower_refractory(const Expr& refractory, Type type);

}  // namespace ranvier::pass
