#pragma once
#include <ranvier/compiler/model.hpp>

namespace ranvier::pass {

/// Whether one of the methods that a user asks for takes the options of adaptive methods.
bool is_adaptive(const MethodWish& wish);

/// Throws NetworkError for options that no method takes, for values that make no sense, and for tolerances of
/// what is no variable with a differential equation, or in another unit. Needs: declared variables.
void check_options(const std::string& object, const std::vector<Variable>& variables, const MethodWish& wish);

}  // namespace ranvier::pass
