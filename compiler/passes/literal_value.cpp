#include <ranvier/compiler/passes/literal_value.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>
#include <string>
#include <vector>

namespace ranvier::pass {
namespace {

using Value = std::optional<double>;

struct Function {
  std::string_view name;
  double (*value)(double);
};
// Those that can leave the range of numbers.
constexpr Function functions[] = {
    {"exp", [](double x) { return std::exp(x); }},
    {"expm1", [](double x) { return std::expm1(x); }},
    {"exprel", [](double x) { return x == 0 ? 1 : std::expm1(x) / x; }},
    {"log", [](double x) { return std::log(x); }},
    {"log10", [](double x) { return std::log10(x); }},
    {"log1p", [](double x) { return std::log1p(x); }},
    {"sqrt", [](double x) { return std::sqrt(x); }},
    {"sinh", [](double x) { return std::sinh(x); }},
    {"cosh", [](double x) { return std::cosh(x); }},
    {"arcsin", [](double x) { return std::asin(x); }},
    {"arccos", [](double x) { return std::acos(x); }},
};

using ValueOfName = std::function<Value(const std::string&)>;

Value evaluate(const Expr& expr, const ValueOfName& names);

Value of_call(const ast::Call& call, const ValueOfName& names) {
  const auto row = std::ranges::find(functions, call.callee, &Function::name);
  if (row == std::end(functions) || call.args.size() != 1) return std::nullopt;
  const Value argument = evaluate(call.args[0], names);
  return argument ? Value(row->value(*argument)) : std::nullopt;
}

Value of_literal(const std::string& name, const Scope& scope) {
  const Symbol* symbol = scope.find_canonical(name);
  const auto* literal = symbol ? std::get_if<Literal>(&symbol->meaning) : nullptr;
  return literal ? Value(literal->value) : std::nullopt;
}

Value evaluate(const Expr& expr, const ValueOfName& names) {
  return match(
      expr, [](const ast::Number& n) -> Value { return n.value; },
      [&](const ast::Name& name) { return names(name.id); },
      [&](const ast::Call& call) { return of_call(call, names); },
      [&](const ast::Unary& u) -> Value {
        const Value operand = u.op == UnaryOp::logical_not ? std::nullopt : evaluate(u.operand, names);
        return operand && u.op == UnaryOp::minus ? -*operand : operand;
      },
      [&](const ast::Binary& b) -> Value {
        const Value lhs = evaluate(b.lhs, names);
        const Value rhs = lhs ? evaluate(b.rhs, names) : std::nullopt;
        return rhs ? combined(b.op, *lhs, *rhs) : std::nullopt;
      },
      [](const auto&) -> Value { return std::nullopt; });
}

}  // namespace

std::optional<double> combined(BinaryOp op, double lhs, double rhs) {
  switch (op) {
    case BinaryOp::add:
      return lhs + rhs;
    case BinaryOp::subtract:
      return lhs - rhs;
    case BinaryOp::multiply:
      return lhs * rhs;
    case BinaryOp::divide:
      return lhs / rhs;
    case BinaryOp::power:
      return std::pow(lhs, rhs);
    default:
      return std::nullopt;
  }
}

std::optional<double> literal_value(const Expr& expr, const Scope& scope) {
  return evaluate(expr, [&](const std::string& name) { return of_literal(name, scope); });
}

std::optional<double> fixed_value(const Expr& expr, const Scope& scope) {
  std::vector<std::string> used;
  const Value value = evaluate(expr, [&](const std::string& name) {
    const Symbol* symbol = scope.find_canonical(name);
    if (!symbol || !symbol->value) return of_literal(name, scope);
    used.push_back(name);
    return symbol->value;
  });
  if (value) scope.fixed().insert(used.begin(), used.end());
  return value;
}

}  // namespace ranvier::pass
