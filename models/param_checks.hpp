#pragma once
#include <string>

#include <ranvier/compiler/namespace.hpp>
#include <ranvier/models/mechanism.hpp>

namespace ranvier {

/// Adds a problem if a model string could not read a constant of this name: no identifier, or a word of the
/// language.
void check_param_name(const std::string& name, Problems& problems);

/// Adds a problem if the value does not have the dimension or the range of a declared parameter (nullptr: any
/// will do).
void check_param_value(const std::string& name, const NamespaceValue& value, const Parameter* declared,
                       Problems& problems);

}  // namespace ranvier
