#pragma once
#include <string>

#include <ranvier/grammar/ast.hpp>

namespace ranvier::pass {

/// What a call of a function that other languages have is written as here, with the arguments as the user
/// wrote them: `pow(v, 2)` is `(v**2)`. "" if there is nothing that means the same.
std::string rewritten_call(const ast::Call& call);

}  // namespace ranvier::pass
