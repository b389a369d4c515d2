#pragma once
#include <string>
#include <vector>

#include <ranvier/compiler/namespace.hpp>
#include <ranvier/tools/texts.hpp>

namespace ranvier::tool {

/// The value of an expression over units, constants and functions: `3*nS * 10*mV` is 30 pA. Throws
/// ModelError.
AnyQuantity evaluate(const Place& expression, const Namespace& names, Texts& texts);
/// The same for a value of a certain dimension; `what` it is: "a duration".
double evaluate_as(const Dimension& dimension, const std::string& what, const Place& expression,
                   const Namespace& names, Texts& texts);
/// One value, or several between commas, all of one dimension.
std::vector<AnyQuantity> evaluate_list(const Place& list, const Namespace& names, Texts& texts);

/// Whether nothing but numbers, units and words such as pi stand in a text: its value never changes.
bool is_literal(const Place& expression);

}  // namespace ranvier::tool
