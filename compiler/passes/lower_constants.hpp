#pragma once
#include <optional>

#include <ranvier/compiler/model.hpp>
#include <ranvier/compiler/scope.hpp>

namespace ranvier::pass {

using Finish = Kernel (*)(Kernel, const Scope&);

/// The subexpressions that are computed once a step: an elements kernel that stores each, after those it
/// uses. Those that are shared and those with a value for each element are kernels of their own; the shared
/// one is for one element. nullopt if there are none. Needs: resolved and checked equations without circles.
std::optional<Kernel> lower_constants(const std::string& name, const std::vector<Variable>& variables,
                                      bool shared, const Scope& scope, Finish finish);

}  // namespace ranvier::pass
