#pragma once
#include <ranvier/grammar/ast.hpp>

namespace ranvier::pass {

/// What to take out of the text so that a flag is gone: with its comma, or with the whole list if it is the
/// only one.
Place extent_of_flag(const Flag& flag);

}  // namespace ranvier::pass
