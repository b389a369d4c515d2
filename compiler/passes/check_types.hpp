#pragma once
#include <map>
#include <string>

#include <ranvier/compiler/scope.hpp>
#include <ranvier/grammar/diagnostics.hpp>

namespace ranvier::pass {

using LocalTypes = std::map<std::string, Type>;

/// Type of a resolved expression; reports operands of and/or/not that are not boolean. Same rules as
/// KernelTypes.
Type type_of(const Expr& expr, const Scope& scope, Diagnostics& diagnostics, const LocalTypes& locals = {});

/// Reports unless `expr` is boolean; `what` names it: "the threshold".
void check_boolean(const Expr& expr, const std::string& what, const Scope& scope, Diagnostics& diagnostics);

/// Writes of resolved code: read-only names, subexpressions, shared variables, a float stored into an integer
/// or a boolean. Returns the types of its locals. `shared_writes`: whether code of this kind may write shared
/// variables.
LocalTypes check_types(const Code& code, const Scope& scope, bool shared_writes, Diagnostics& diagnostics);

/// Subexpressions declared boolean or integer must be so; differential equations must be float.
void check_types(const std::vector<Variable>& variables, const Scope& scope, Diagnostics& diagnostics);

}  // namespace ranvier::pass
