#pragma once
#include <functional>
#include <map>
#include <string>

#include <ranvier/grammar/ast.hpp>

namespace ranvier::pass {

using Replacements = std::map<std::string, Expr, std::less<>>;

/// Replaces names by expressions, all at once: what is put in is not searched again, so `{v: w, w: v}` swaps.
/// Parts without a replaced name are shared with the old tree. Callees are not names.
Expr substitute(const Expr& expr, const Replacements& replacements);

}  // namespace ranvier::pass
