#pragma once
#include <ranvier/compiler/passes/linear.hpp>

namespace ranvier::pass {

using Variables = std::vector<std::size_t>;  // indices into a system, ascending

/// The variables of `among` in groups that are coupled in either direction: what can be integrated apart.
std::vector<Variables> weak_components(const LinearSystem& system, const Variables& among);

/// Row i, column j: whether members[i] depends on members[j], directly or through other members. Each depends
/// on itself.
std::vector<std::vector<bool>> reachability(const LinearSystem& system, const Variables& members);

}  // namespace ranvier::pass
