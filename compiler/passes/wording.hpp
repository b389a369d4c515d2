#pragma once
#include <string>

#include <ranvier/compiler/dimension.hpp>
#include <ranvier/compiler/scope.hpp>
#include <ranvier/grammar/diagnostics.hpp>

/// How messages of the checks speak.
namespace ranvier::pass {

/// "volt/second", or "a number without unit".
std::string in_words(const Dimension& dimension);

/// "in volt/second", or "a number without unit": what a sentence says behind "is".
std::string predicate(const Dimension& dimension);

/// "in volt/second", or "as a number without unit": behind "declared".
std::string declared_as(const Dimension& dimension);

/// The user's own text of an expression between backticks, if it is short; else `otherwise`.
std::string quoted(const Expr& expr, const char* otherwise = "this");

/// The expression over a divisor, without backticks: "(v - w)/scale".
std::string quotient(const Expr& expr, const std::string& divisor);

/// The target of a statement as the user spells it.
std::string target_name(const Statement& statement);

/// True for a number that is written without a unit: 20, -65.0.
bool is_plain_number(const Expr& expr);

/// Proposes a unit that a plain number may have been meant in: 20*mV for volt; 0 becomes 0*volt. `tightly`:
/// next to an operator that binds as strongly as the product.
void propose_unit(Diagnostic& error, const Expr& number, const Dimension& dimension, bool tightly = false);

/// Names the constants of an expression that were given without a unit: often the one thing that is wrong.
void note_unitless_constants(Diagnostic& error, const Expr& expr, const Scope& scope);

/// If the expression is a name, says where it is declared and in what unit.
void note_declaration(Diagnostic& error, const Expr& expr, const Scope& scope);

/// What `what` of dimension `actual` lacks to have the dimension `expected`, a sentence.
std::string missing_factor(const std::string& what, const Dimension& expected, const Dimension& actual);

}  // namespace ranvier::pass
