#pragma once
#include <ranvier/compiler/scope.hpp>

namespace ranvier::pass {

/// What every kernel goes through once its code is complete: calls of the namespace lowered, draws numbered,
/// columns and scalars bound, expressions simplified.
Kernel finish(Kernel kernel, const Scope& scope);

/// The same for a kernel that goes over the elements of synapses: what its code calls _pre and _post are the
/// hidden columns _source and _target.
Kernel finish_over_synapses(Kernel kernel, const Scope& scope);

}  // namespace ranvier::pass
