#pragma once
#include <set>
#include <string>

#include <ranvier/compiler/scope.hpp>

/// What a resolved expression reads, also if only one of its subexpressions does. Circles among them are
/// reported elsewhere; here they only end.
namespace ranvier::pass {

/// The first name with a value for each element (a variable that is not shared, i, one of `locals`); "" if
/// there is one value for all.
std::string per_element_name(const Expr& expr, const Scope& scope, const std::set<std::string>& locals = {});

/// The first name through which white noise enters: xi itself, or a subexpression with it; "" if none.
std::string noisy_name(const Expr& expr, const Scope& scope);

}  // namespace ranvier::pass
