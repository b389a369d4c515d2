#pragma once
#include <ranvier/compiler/scope.hpp>

namespace ranvier::pass {

/// Fills in the columns and scalars that the code of a kernel uses, in the order of their first use, and
/// marks the columns that it writes. Columns that the kernel has already (hidden ones) stay in front. Needs:
/// numbered draws; names that are neither locals, entries of the kernel's propagators nor _element, _pre,
/// _post are canonical names of the scope.
void bind_names(Kernel& kernel, const Scope& scope);

}  // namespace ranvier::pass
