#pragma once
#include <optional>
#include <vector>

#include <ranvier/compiler/scope.hpp>
#include <ranvier/grammar/diagnostics.hpp>

/// Calls of what a namespace brings: functions of the user's own and timed arrays. Built-in functions are
/// rows of a table and checked by its rules.
namespace ranvier::pass {

/// Dimension of a resolved call whose arguments have the given ones (nullopt: not known), reporting arguments
/// that the declaration does not allow. For a text that is the dimension of the text. nullopt also for a name
/// that is no function.
std::optional<Dimension> dimension_of_call(const Expr& call,
                                           const std::vector<std::optional<Dimension>>& arguments,
                                           const Scope& scope, Diagnostics& diagnostics);

/// The same for types.
std::optional<Type> type_of_call(const Expr& call, const std::vector<std::optional<Type>>& arguments,
                                 const Scope& scope, Diagnostics& diagnostics);

/// The text of a called function; an empty handle if the call is of something else.
Expr body_of_call(const ast::Call& call, const Scope& scope);

/// The call of a timed array whose value cannot change within a step: its time is exactly `t`, and its dt is
/// a multiple of the step.
bool holds_over_step(const ast::Call& call, const Scope& scope);

/// Whether a resolved expression calls something that may give another value at each call: a random function,
/// or a function of the user's own that is not stateless.
bool is_stateful(const Expr& expr, const Scope& scope);

/// A subexpression is put wherever it is used, so it may not call functions of the user's own that are not
/// stateless. (Random functions are reported before any namespace is known.)
void check_stateless(const Variable& subexpression, const Scope& scope, Diagnostics& diagnostics);

/// How a function of the namespace is called: "f(x, y)".
std::string signature_of_own(const std::string& name, const Symbol& function);
/// How many arguments a function of the namespace takes.
std::size_t arity_of(const Symbol& function);

}  // namespace ranvier::pass
