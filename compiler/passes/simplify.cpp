#include <ranvier/compiler/passes/simplify.hpp>

#include <algorithm>
#include <cmath>

#include <ranvier/compiler/tree.hpp>

namespace ranvier::pass {
namespace {

constexpr double exact_integers = 9007199254740992.0;  // 2**53: every integer up to here is a double

std::optional<LiteralValue> checked(double value, Type type) {
  const bool representable = type == Type::integer ? std::abs(value) <= exact_integers : std::isfinite(value);
  return representable ? std::optional(LiteralValue{value, type}) : std::nullopt;
}

double floor_modulo(double a, double b) {
  const double remainder = std::fmod(a, b);
  return remainder != 0 && (remainder < 0) != (b < 0) ? remainder + b : remainder;
}

/// Integer powers by repeated multiplication, which is exact as long as the result is.
std::optional<LiteralValue> integer_power(double base, double exponent) {
  double power = 1;
  for (double k = 0; k < std::abs(exponent); ++k) {
    power *= base;
    if (std::abs(power) > exact_integers) return std::nullopt;
    if (k > 64) return std::nullopt;
  }
  if (exponent >= 0) return LiteralValue{power, Type::integer};
  if (power == 0) return std::nullopt;
  return LiteralValue{1 / power, Type::real};
}

std::optional<LiteralValue> compare(BinaryOp op, double a, double b) {
  switch (op) {
    case BinaryOp::less:
      return LiteralValue{double(a < b), Type::boolean};
    case BinaryOp::less_equal:
      return LiteralValue{double(a <= b), Type::boolean};
    case BinaryOp::greater:
      return LiteralValue{double(a > b), Type::boolean};
    case BinaryOp::greater_equal:
      return LiteralValue{double(a >= b), Type::boolean};
    case BinaryOp::equal:
      return LiteralValue{double(a == b), Type::boolean};
    case BinaryOp::not_equal:
      return LiteralValue{double(a != b), Type::boolean};
    case BinaryOp::logical_and:
      return LiteralValue{double(a != 0 && b != 0), Type::boolean};
    case BinaryOp::logical_or:
      return LiteralValue{double(a != 0 || b != 0), Type::boolean};
    default:
      return std::nullopt;
  }
}

bool is_literal(const Expr& e, double value, Type at_most) {
  const auto literal = literal_of(e);
  return literal && literal->value == value && literal->type <= at_most && literal->type != Type::boolean;
}
bool is_boolean(const Expr& e, bool value) {
  auto* boolean = as<ast::Boolean>(e);
  return boolean && boolean->value == value;
}

/// One node whose operands are simple already.
class Rules {
 public:
  explicit Rules(const TypeOf& type_of) : type_of_(type_of) {}

  Expr operator()(const Expr& expr) const {
    if (auto* u = as<ast::Unary>(expr)) return unary(expr, *u);
    if (auto* b = as<ast::Binary>(expr)) return binary(expr, *b);
    return expr;
  }

 private:
  Expr unary(const Expr& expr, const ast::Unary& u) const {
    if (u.op == UnaryOp::logical_not) {
      if (auto* literal = as<ast::Boolean>(u.operand)) return tree::boolean(!literal->value);
      auto* inner = as<ast::Unary>(u.operand);
      return inner && inner->op == UnaryOp::logical_not && is(inner->operand, Type::boolean) ? inner->operand
                                                                                             : expr;
    }
    if (u.op == UnaryOp::plus) return is(u.operand, Type::boolean) ? expr : u.operand;
    auto* inner = as<ast::Unary>(u.operand);
    const bool twice = inner && inner->op == UnaryOp::minus;
    return twice && !is(inner->operand, Type::boolean) ? inner->operand : expr;
  }

  Expr binary(const Expr& expr, const ast::Binary& b) const {
    const auto lhs = literal_of(b.lhs), rhs = literal_of(b.rhs);
    if (lhs && rhs) {
      auto value = fold(b.op, *lhs, *rhs);
      // A power is an integer only if its exponent is spelled as one: 2**-0 and 2**True are floats.
      if (value && b.op == BinaryOp::power && !as<ast::Number>(b.rhs)) value->type = Type::real;
      return value ? expression_of(*value) : expr;
    }
    switch (b.op) {
      case BinaryOp::multiply:
        if (neutral(b.rhs, b.lhs)) return b.lhs;
        return neutral(b.lhs, b.rhs) ? b.rhs : expr;
      case BinaryOp::divide:
        return is_literal(b.rhs, 1, Type::real) && is(b.lhs, Type::real) ? b.lhs : expr;
      case BinaryOp::logical_and:
        if (is_boolean(b.lhs, true)) return b.rhs;
        return is_boolean(b.rhs, true) ? b.lhs : expr;
      case BinaryOp::logical_or:
        if (is_boolean(b.lhs, false)) return b.rhs;
        return is_boolean(b.rhs, false) ? b.lhs : expr;
      default:
        return expr;
    }
  }

  /// Whether `one` is a 1 that does not change the type of `factor`.
  bool neutral(const Expr& one, const Expr& factor) const {
    if (!is_literal(one, 1, Type::real)) return false;
    const Type type = type_of_(factor);
    return type != Type::boolean && is_literal(one, 1, type);
  }

  bool is(const Expr& e, Type type) const { return type_of_(e) == type; }

  const TypeOf& type_of_;
};

/// Only an exponent that the text spells out makes a power a product, or an integer: x**(1 + 1) is neither.
bool changes_power(const Expr& exponent, const Expr& simple) {
  return literal_of(simple) && !literal_of(exponent);
}

Expr simplify_with(const Expr& expr, const Rules& rules) {
  if (!expr) return expr;
  const auto* power = as<ast::Binary>(expr);
  const bool is_power = power && power->op == BinaryOp::power;
  return rules(tree::map_children(expr, [&](const Expr& child) {
    const Expr simple = simplify_with(child, rules);
    const bool is_exponent = is_power && child.is(power->rhs);
    return is_exponent && changes_power(child, simple) ? child : simple;
  }));
}

void simplify(std::vector<Assign>& body, KernelTypes& types, const Rules& rules) {
  for (Assign& assign : body) {
    assign.value = simplify_with(assign.value, rules);
    assign.guard = simplify_with(assign.guard, rules);
    if (!assign.store) types.define(assign.target, assign.type);
  }
}

}  // namespace

std::optional<LiteralValue> literal_of(const Expr& expr) {
  if (auto* number = as<ast::Number>(expr))
    return LiteralValue{number->value, number->integer ? Type::integer : Type::real};
  if (auto* boolean = as<ast::Boolean>(expr)) return LiteralValue{double(boolean->value), Type::boolean};
  auto* unary = as<ast::Unary>(expr);
  auto* number = unary && unary->op == UnaryOp::minus ? as<ast::Number>(unary->operand) : nullptr;
  if (!number) return std::nullopt;
  if (number->integer) return LiteralValue{0 - number->value, Type::integer};  // no negative zero
  return LiteralValue{-number->value, Type::real};
}

Expr expression_of(const LiteralValue& literal) {
  if (literal.type == Type::boolean) return tree::boolean(literal.value != 0);
  const auto positive = Expr(ast::Number{std::abs(literal.value), literal.type == Type::integer}, {});
  const bool negative = std::signbit(literal.value) && (literal.type == Type::real || literal.value != 0);
  return negative ? tree::unary(UnaryOp::minus, positive) : positive;
}

std::optional<LiteralValue> fold(BinaryOp op, const LiteralValue& a, const LiteralValue& b) {
  if (op >= BinaryOp::less) return compare(op, a.value, b.value);
  const Type highest = std::max({a.type, b.type, Type::integer});
  const bool zero_divisor = b.value == 0;
  switch (op) {
    case BinaryOp::add:
      return checked(a.value + b.value, highest);
    case BinaryOp::subtract:
      return checked(a.value - b.value, highest);
    case BinaryOp::multiply:
      return checked(a.value * b.value, highest);
    case BinaryOp::divide:
      return zero_divisor ? std::nullopt : checked(a.value / b.value, Type::real);
    case BinaryOp::floor_divide:
      if (zero_divisor || highest == Type::real) return std::nullopt;  // back ends define // of floats
      return checked((a.value - floor_modulo(a.value, b.value)) / b.value, highest);
    case BinaryOp::modulo:
      return zero_divisor || highest == Type::real ? std::nullopt
                                                   : checked(floor_modulo(a.value, b.value), highest);
    case BinaryOp::power:
      return highest == Type::integer ? integer_power(a.value, b.value) : std::nullopt;
    default:
      return std::nullopt;
  }
}

Expr simplify(const Expr& expr, const TypeOf& type_of) {
  return simplify_with(expr, Rules(type_of));
}

void simplify(Kernel& kernel) {
  KernelTypes types(kernel);
  const TypeOf type_of = [&](const Expr& e) { return types.of(e); };
  const Rules rules(type_of);
  simplify(kernel.body, types, rules);
  if (kernel.repeat) {
    simplify(kernel.repeat->body, types, rules);
    kernel.repeat->condition = simplify_with(kernel.repeat->condition, rules);
  }
  kernel.condition = simplify_with(kernel.condition, rules);
  simplify(kernel.on_event, types, rules);
  const TypeOf unknown = [](const Expr&) {
    return Type::boolean;
  };  // coefficients may use names that the kernel does not pass
  for (Propagator& propagator : kernel.propagators) {
    for (Expr& coefficient : propagator.matrix) coefficient = simplify_with(coefficient, Rules(unknown));
  }
}

}  // namespace ranvier::pass
