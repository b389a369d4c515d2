#include <ranvier/compiler/passes/check_values.hpp>

#include <cmath>
#include <limits>

#include <ranvier/compiler/passes/literal_value.hpp>
#include <ranvier/compiler/passes/wording.hpp>
#include <ranvier/compiler/text.hpp>
#include <ranvier/compiler/tree.hpp>

namespace ranvier::pass {
namespace {

using enum DiagnosticCode;
using Value = std::optional<double>;

class ValueChecker {
 public:
  ValueChecker(const Scope& scope, Diagnostics& diagnostics, const LocalTypes& locals)
      : scope_(scope), diagnostics_(diagnostics), locals_(locals) {}

  /// The value of an expression of literals. Everything below is checked on the way.
  Value of(const Expr& expr) {
    if (auto* b = as<ast::Binary>(expr)) return of_binary(expr, *b);
    bool finite = true;
    for (const Expr& child : tree::children(expr)) {
      const Value value = of(child);
      finite = finite && value && std::isfinite(*value);
    }
    const Value value = literal_value(expr, scope_);
    if (as<ast::Call>(expr) && finite && value) check_finite(expr, *value);
    return value;
  }

 private:
  Value of_binary(const Expr& expr, const ast::Binary& b) {
    const Value lhs = of(b.lhs), rhs = of(b.rhs);
    const bool divides =
        b.op == BinaryOp::divide || b.op == BinaryOp::floor_divide || b.op == BinaryOp::modulo;
    if (divides && rhs && *rhs == 0) {
      diagnostics_
          .warning(division_by_zero, expr->place,
                   text("`", b.op == BinaryOp::modulo ? "%" : "/", "` divides by zero here"))
          .helped_by("what floats give is inf or nan; integers give 0");
      return std::nullopt;
    }
    if (b.op == BinaryOp::equal || b.op == BinaryOp::not_equal) check_equality(expr, b, lhs, rhs);
    const Value value = lhs && rhs ? combined(b.op, *lhs, *rhs) : std::nullopt;
    if (value && std::isfinite(*lhs) && std::isfinite(*rhs)) check_finite(expr, *value);
    return value;
  }

  void check_finite(const Expr& expr, double value) {
    if (std::isfinite(value)) return;
    diagnostics_
        .warning(not_finite, expr->place,
                 text(pass::quoted(expr), " is ",
                      std::isnan(value) ? "not a number (nan)" : "beyond every number (inf)"))
        .helped_by("write `inf` if it is meant; nan spreads to all that is computed with it");
  }

  /// Numbers that are whole can be represented and reached exactly.
  void check_equality(const Expr& expr, const ast::Binary& b, const Value& lhs, const Value& rhs) {
    const auto whole = [](const Value& v) { return v && std::trunc(*v) == *v; };
    if (whole(lhs) || whole(rhs)) return;
    Diagnostics ignored;
    const bool real = type_of(b.lhs, scope_, ignored, locals_) == Type::real ||
                      type_of(b.rhs, scope_, ignored, locals_) == Type::real;
    if (!real || scope_.lenient) return;
    diagnostics_
        .warning(float_equality, expr->place,
                 text("floats are compared for ", b.op == BinaryOp::equal ? "equality" : "inequality",
                      ", which rounding decides"))
        .helped_by("compare with < or >, or ask whether they are near: `abs(a - b) < tolerance`");
  }

  const Scope& scope_;
  Diagnostics& diagnostics_;
  const LocalTypes& locals_;
};

void check_range(const Statement& statement, const Value& value, const Scope& scope,
                 Diagnostics& diagnostics) {
  constexpr double most = std::numeric_limits<std::int32_t>::max();
  const Symbol* symbol = scope.find_canonical(statement.target);
  const auto* column = symbol ? std::get_if<Column>(&symbol->meaning) : nullptr;
  if (!value || !column || column->storage != Storage::i32 || std::abs(*value) <= most) return;
  diagnostics
      .warning(integer_range, statement.value->place,
               text("`", target_name(statement), "` is stored in 32 bits, which this does not fit"))
      .helped_by(text("integers lie between -", most + 1, " and ", most,
                      "; others wrap around. A variable declared `: 1` holds larger ones"));
}

}  // namespace

void check_values(const Expr& expr, const Scope& scope, Diagnostics& diagnostics, const LocalTypes& locals) {
  if (expr) ValueChecker(scope, diagnostics, locals).of(expr);
}

void check_values(const Code& code, const Scope& scope, Diagnostics& diagnostics, const LocalTypes& locals) {
  ValueChecker checker(scope, diagnostics, locals);
  for (const Statement& statement : code)
    if (statement.value) check_range(statement, checker.of(statement.value), scope, diagnostics);
}

}  // namespace ranvier::pass
