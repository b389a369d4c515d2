#pragma once
#include <map>
#include <optional>
#include <string>

#include <ranvier/compiler/scope.hpp>
#include <ranvier/grammar/diagnostics.hpp>

namespace ranvier::pass {

/// Dimensions of the locals of a piece of code, as their first assignments fixed them.
using LocalDimensions = std::map<std::string, std::optional<Dimension>>;

/// The dimension of a resolved expression; reports every operator and call whose operands do not fit, with
/// the dimensions of both sides. nullopt where it is not known (after an error, or a name that a lenient
/// scope let pass).
std::optional<Dimension> dimension_of(const Expr& expr, const Scope& scope, Diagnostics& diagnostics,
                                      const LocalDimensions& locals = {});

/// Reports if `expr` (resolved) does not have the dimension `expected`; `what` names it: "dv/dt", "the reset
/// of v".
void check_dimension(const Expr& expr, const Dimension& expected, const std::string& what, const Scope& scope,
                     Diagnostics& diagnostics, Place declared = {});

/// Every statement of resolved code: + - % assignments need the target's dimension, * and / a dimensionless
/// value.
void check_dimensions(const Code& code, const Scope& scope, Diagnostics& diagnostics);

/// Right-hand sides of all equations against their declared units.
void check_dimensions(const std::vector<Variable>& variables, const Scope& scope, Diagnostics& diagnostics);

}  // namespace ranvier::pass
