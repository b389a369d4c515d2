#pragma once
#include <set>
#include <string>
#include <vector>

#include <ranvier/compiler/namespace.hpp>
#include <ranvier/models/mechanism.hpp>

namespace ranvier {

/// Gives parameters that are the same as another constant that constant's value, unless they have one or are
/// a variable.
void resolve_references(Namespace& values, const std::vector<Parameter>& parameters,
                        const std::set<std::string>& variables);

}  // namespace ranvier
