#pragma once
#include <ranvier/compiler/passes/check_types.hpp>
#include <ranvier/compiler/scope.hpp>

namespace ranvier::pass {

/// Statements in order, each seeing what the earlier ones wrote: `x += e` becomes `x = x + (e)`; what is no
/// column of the scope is a local, of the type of its first value. `guarded`: writes to variables that are
/// protected while refractory happen only where they are not (true in pathways, false in resets). Needs:
/// resolved and checked code, the types of its locals.
std::vector<Assign> lower_statements(const Code& code, const LocalTypes& locals, bool guarded,
                                     const Scope& scope);

}  // namespace ranvier::pass
