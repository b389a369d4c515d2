#include <ranvier/compiler/passes/propose.hpp>

#include <set>
#include <vector>

#include <ranvier/compiler/text.hpp>
#include <ranvier/compiler/tree.hpp>

namespace ranvier::pass {
namespace {

/// What a user defined: constants of the namespace and declared variables, not what the language brings
/// along.
bool is_own(const Symbol& symbol) {
  const auto* scalar = std::get_if<Scalar>(&symbol.meaning);
  return symbol.declared.source || (scalar && scalar->kind == ScalarKind::constant);
}

/// The only name of this dimension that `used` lacks, or "".
std::string only_name(const Dimension& dimension, const std::set<std::string>& used, const Scope& scope) {
  std::string found;
  for (const std::string& name : scope.candidates()) {
    const Symbol* symbol = scope.find(name);
    const bool fits = symbol && is_own(*symbol) && symbol->dimension_known && symbol->dimension == dimension;
    if (!fits || used.contains(symbol->name)) continue;
    if (!found.empty()) return {};
    found = name;
  }
  return found;
}

/// Binds looser than a product, so that a factor needs parentheses around it.
bool is_loose(const Expr& expr) {
  const auto* binary = as<ast::Binary>(expr);
  const std::string_view own = expr->place.text();
  if (own.starts_with('(') && own.ends_with(')') && own.find('(', 1) == own.npos) return false;
  return binary && binary->op != BinaryOp::multiply && binary->op != BinaryOp::divide &&
         binary->op != BinaryOp::power;
}

}  // namespace

void propose_factor(Diagnostic& error, const Expr& value, const Dimension& expected, const Dimension& actual,
                    const Expr& around, const Scope& scope) {
  const Dimension factor = expected / actual;
  const std::string own(value->place.text());
  if (factor.dimensionless() || own.empty() || !error.fixes.empty()) return;
  std::set<std::string> used;
  tree::for_each_name(around, [&](const std::string& name) { used.insert(name); });
  const std::string multiplier = only_name(factor, used, scope);
  const std::string divisor = only_name(factor.pow(-1), used, scope);
  if (multiplier.empty() == divisor.empty()) return;
  const std::string kept = is_loose(value) ? text("(", own, ")") : own;
  const bool multiplies = !multiplier.empty();
  error.fixed_by(value->place, multiplies ? text(multiplier, "*", kept) : text(kept, "/", divisor));
}

}  // namespace ranvier::pass
