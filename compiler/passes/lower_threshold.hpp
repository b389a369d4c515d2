#pragma once
#include <ranvier/compiler/kernel.hpp>

namespace ranvier::pass {

/// Fuses the threshold behind the state update: the elements where it holds are the spikes of the step. With
/// refractoriness only elements that are not refractory spike, and those that do become so, at time t. Needs:
/// an inlined expression.
void lower_threshold(Kernel& update, const Expr& threshold, bool refractory);

}  // namespace ranvier::pass
