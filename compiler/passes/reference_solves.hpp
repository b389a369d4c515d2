#pragma once
#include <string>

#include <ranvier/compiler/passes/linear.hpp>

namespace ranvier::pass {

/// Why the reference would leave a linear system to another method, a clause; "" if it would solve it. It
/// refuses matrices that are singular or whose exponential it can only write with complex numbers, both found
/// by computer algebra. What can be seen of that in the coefficients as they are written, and is held against
/// the reference's answers by the tests: among variables that depend on each other,
///   one alone: no coefficient of its own (constant or purely driven change);
///   two: one has no coefficient of its own (oscillators), rows or columns that add up to zero (pure
///   exchange), or equal
///     coefficients of their own and cross coefficients of opposite sign (rotation);
///   three or more: always refused.
/// It is asked only for automatic choice; whoever names `exact` gets all of these solved. Needs: coupled sets
/// of at most most_coupled.
std::string why_reference_declines(const System& system, const LinearSystem& linear);

}  // namespace ranvier::pass
