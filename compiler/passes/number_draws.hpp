#pragma once
#include <ranvier/compiler/kernel.hpp>

namespace ranvier::pass {

/// Gives every draw of a kernel its number, in the order of the code: rand() -> _rand(0), poisson(l) ->
/// _poisson(l, 1). Each place where a random function stands is a draw of its own.
void number_draws(Kernel& kernel);

}  // namespace ranvier::pass
