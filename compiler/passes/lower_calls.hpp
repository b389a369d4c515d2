#pragma once
#include <ranvier/compiler/scope.hpp>

namespace ranvier::pass {

/// Calls of what the namespace brings become what kernels can do: code is called by its address, a hidden
/// column (f(x) -> _apply(_function_f, x), or _call(...) if it is not stateless), and a timed array is loaded
/// at the position that follows from the time. Adds the columns and scalars for that. The texts of functions
/// are in place already (see inline_subexpressions). A node in several places of one expression stays one
/// node.
void lower_calls(Kernel& kernel, const Scope& scope);

}  // namespace ranvier::pass
