#pragma once
#include <ranvier/compiler/scope.hpp>

namespace ranvier::pass {

/// What every kernel goes through once its code is complete: calls of the namespace lowered, draws numbered,
/// columns and scalars bound, expressions simplified.
Kernel finish(Kernel kernel, const Scope& scope);

/// The same, for code whose condition is to be tested later than its body is executed: a kernel of the body
/// and one of the condition and of what happens where it holds. Their draws are numbered as in one kernel, so
/// that the same numbers are drawn.
struct Halves {
  Kernel body;
  Kernel condition;
};
Halves finish_apart(Kernel kernel, const Scope& scope);

/// The same for a kernel that goes over the elements of synapses: what its code calls _pre and _post are the
/// hidden columns _source and _target.
Kernel finish_over_synapses(Kernel kernel, const Scope& scope);

/// The same for synapses that are taken one by one: nothing is kept for the kernel that it does not use, and
/// the targets are there anyway.
Kernel finish_over_synapse_list(Kernel kernel, const Scope& scope);

}  // namespace ranvier::pass
