#include <ranvier/compiler/passes/substitute.hpp>

#include <ranvier/compiler/tree.hpp>

namespace ranvier::pass {

Expr substitute(const Expr& expr, const Replacements& replacements) {
  if (auto* name = as<ast::Name>(expr)) {
    const auto found = replacements.find(name->id);
    return found == replacements.end() ? expr : found->second;
  }
  return tree::map_children(expr, [&](const Expr& child) { return substitute(child, replacements); });
}

}  // namespace ranvier::pass
