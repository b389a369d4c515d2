#include <ranvier/compiler/passes/polynomial.hpp>

#include <algorithm>

#include <ranvier/compiler/passes/simplify.hpp>
#include <ranvier/compiler/tree.hpp>

namespace ranvier::pass {
namespace {

bool equals(const Expr& e, double value) {
  const auto literal = literal_of(e);
  return literal && literal->type != Type::boolean && literal->value == value;
}

Expr minus(const Expr& e) {
  if (const auto literal = literal_of(e); literal && literal->type != Type::boolean) {
    return expression_of({-literal->value, literal->type});
  }
  auto* unary = as<ast::Unary>(e);
  return unary && unary->op == UnaryOp::minus ? unary->operand : tree::unary(UnaryOp::minus, e);
}

Expr combine(BinaryOp op, const Expr& a, const Expr& b) {
  const auto x = literal_of(a), y = literal_of(b);
  const auto folded = x && y ? fold(op, *x, *y) : std::nullopt;
  return folded ? expression_of(*folded) : tree::binary(op, a, b);
}

bool is_negative(const Expr& e) {
  auto* unary = as<ast::Unary>(e);
  return unary && unary->op == UnaryOp::minus;
}

/// A product or a quotient with its sign in front, which changes no bit of it and lets opposite coefficients
/// be seen as such.
Expr scaled(BinaryOp op, const Expr& a, const Expr& b) {
  if (equals(b, 1)) return a;
  if (is_negative(a)) return minus(scaled(op, minus(a), b));
  if (is_negative(b)) return minus(scaled(op, a, minus(b)));
  if (op == BinaryOp::multiply && equals(a, 1)) return b;
  return combine(op, a, b);
}

Expr product(const Expr& a, const Expr& b) {
  return scaled(BinaryOp::multiply, a, b);
}

/// The sum or difference of two coefficients; an empty handle if they cancel.
Expr sum(const Expr& a, const Expr& b, bool subtract) {
  if (is_negative(b) && !literal_of(b)) return sum(a, minus(b), !subtract);
  if (subtract ? same(a, b) : same(a, minus(b))) return {};
  const Expr total = combine(subtract ? BinaryOp::subtract : BinaryOp::add, a, b);
  return equals(total, 0) ? Expr() : total;
}

Polynomial::Term joined(Polynomial::Term a, Polynomial::Term b) {
  std::size_t variables[] = {a.first, a.second, b.first, b.second};
  std::sort(std::begin(variables), std::end(variables));  // `none` is the largest
  return {variables[0], variables[1]};
}

}  // namespace

Expr sum(const Expr& a, const Expr& b) {
  if (!a || !b) return a ? a : b;
  return sum(a, b, false);
}

bool has_minus_sign(const Expr& coefficient) {
  return is_negative(coefficient);
}

Polynomial Polynomial::constant(Expr value) {
  Polynomial p;
  if (!equals(value, 0)) p.terms[{none, none}] = std::move(value);
  return p;
}
Polynomial Polynomial::variable(std::size_t index) {
  Polynomial p;
  p.terms[{index, none}] = tree::integer(1);
  return p;
}
bool Polynomial::is_constant() const {
  return degree() == 0;
}
int Polynomial::degree() const {
  int highest = 0;
  for (const auto& [term, coefficient] : terms) {
    highest = std::max(highest, (term.first != none) + (term.second != none));
  }
  return highest;
}

Polynomial negate(Polynomial a) {
  for (auto& [term, coefficient] : a.terms) coefficient = minus(coefficient);
  return a;
}

Polynomial add(Polynomial a, const Polynomial& b, bool subtract) {
  for (const auto& [term, coefficient] : b.terms) {
    const auto found = a.terms.find(term);
    if (found == a.terms.end()) {
      a.terms[term] = subtract ? minus(coefficient) : coefficient;
    } else if (Expr total = sum(found->second, coefficient, subtract)) {
      found->second = std::move(total);
    } else {
      a.terms.erase(found);
    }
  }
  return a;
}

Polynomial multiply(const Polynomial& a, const Polynomial& b) {
  Polynomial total;
  for (const auto& [left, x] : a.terms) {
    for (const auto& [right, y] : b.terms) {
      Polynomial term;
      term.terms[joined(left, right)] = product(x, y);
      total = add(std::move(total), term, false);
    }
  }
  return total;
}

Polynomial divide(Polynomial a, const Expr& b) {
  for (auto& [term, coefficient] : a.terms) coefficient = scaled(BinaryOp::divide, coefficient, b);
  return a;
}

}  // namespace ranvier::pass
