#pragma once
#include <ranvier/compiler/kernel.hpp>

namespace ranvier::pass {

/// Gives every draw of a kernel its number, in the order of the code: rand() -> _rand(0), poisson(l) ->
/// _poisson(l, 1), and calls that are not stateless: _call(f, x) -> _call(f, 2, x). Each place where such a
/// function stands is a draw of its own; a node that stands in several places of one expression (an argument
/// that the text of a function uses twice) is one place.
void number_draws(Kernel& kernel);

}  // namespace ranvier::pass
