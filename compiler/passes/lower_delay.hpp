#pragma once
#include <ranvier/compiler/kernel.hpp>
#include <ranvier/compiler/scope.hpp>

namespace ranvier::pass {

/// Delays of single synapses are kept as steps in 16 bits: reading `delay` is the steps times dt, and writing
/// it stores the nearest number of steps that can be kept. Changes nothing where all have one delay.
void lower_delay(Kernel& kernel, const Scope& scope);

}  // namespace ranvier::pass
