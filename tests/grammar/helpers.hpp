#pragma once
#include <cmath>
#include <map>
#include <ranvier/grammar/parse.hpp>
#include <ranvier/grammar/print.hpp>
#include <stdexcept>
#include <string>
#include <vector>

/// Shared by the tests of grammar/.
namespace ranvier::test {

inline Expr expression(const std::string& text) {
  Diagnostics diagnostics;
  const Expr e = parse_expression(make_source("text", text), diagnostics);
  diagnostics.raise_if_errors();
  return e;
}

inline Block equations(const std::string& text) {
  Diagnostics diagnostics;
  Block block = parse_equations(make_source("text", text), diagnostics);
  diagnostics.raise_if_errors();
  return block;
}

inline Code statements(const std::string& text) {
  Diagnostics diagnostics;
  Code code = parse_statements(make_source("text", text), diagnostics);
  diagnostics.raise_if_errors();
  return code;
}

inline Generator generator(const std::string& text) {
  Diagnostics diagnostics;
  const auto parsed = parse_generator(make_source("text", text), diagnostics);
  diagnostics.raise_if_errors();
  return *parsed;
}

enum class Entry { equations, expression, statements, generator };

inline std::vector<Diagnostic> problems(Entry entry, const std::string& text, const Limits& limits = {}) {
  Diagnostics diagnostics;
  const SourcePtr source = make_source("text", text);
  if (entry == Entry::equations) parse_equations(source, diagnostics, limits);
  if (entry == Entry::expression) parse_expression(source, diagnostics, limits);
  if (entry == Entry::statements) parse_statements(source, diagnostics, limits);
  if (entry == Entry::generator) parse_generator(source, diagnostics, limits);
  return diagnostics.all();
}

inline std::string repeated(const std::string& piece, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += piece;
  return out;
}

/// The text with the fixes of one diagnostic applied.
inline std::string mended(std::string text, const Diagnostic& problem) {
  for (auto fix = problem.fixes.rbegin(); fix != problem.fixes.rend(); ++fix) {
    text.replace(fix->place.span.begin, fix->place.span.end - fix->place.span.begin, fix->replacement);
  }
  return text;
}

/// The number that an expression of literals stands for, by C++ arithmetic: an independent reading of the
/// tree.
inline double value(const Expr& e) {
  const auto apply = [](BinaryOp op, double a, double b) -> double {
    switch (op) {
      case BinaryOp::add:
        return a + b;
      case BinaryOp::subtract:
        return a - b;
      case BinaryOp::multiply:
        return a * b;
      case BinaryOp::divide:
        return a / b;
      case BinaryOp::floor_divide:
        return std::floor(a / b);
      case BinaryOp::modulo:
        return a - b * std::floor(a / b);
      case BinaryOp::power:
        return std::pow(a, b);
      case BinaryOp::less:
        return a < b;
      case BinaryOp::less_equal:
        return a <= b;
      case BinaryOp::greater:
        return a > b;
      case BinaryOp::greater_equal:
        return a >= b;
      case BinaryOp::equal:
        return a == b;
      case BinaryOp::not_equal:
        return a != b;
      case BinaryOp::logical_and:
        return a != 0 && b != 0;
      case BinaryOp::logical_or:
        return a != 0 || b != 0;
    }
    throw std::logic_error("operator");
  };
  return match(
      e, [](const ast::Number& n) { return n.value; },
      [](const ast::Boolean& b) { return b.value ? 1.0 : 0.0; },
      [](const ast::Name& n) -> double { throw std::logic_error("name " + n.id); },
      [](const ast::Unary& u) {
        const double x = value(u.operand);
        return u.op == UnaryOp::minus ? -x : u.op == UnaryOp::plus ? x : static_cast<double>(x == 0);
      },
      [&](const ast::Binary& b) { return apply(b.op, value(b.lhs), value(b.rhs)); },
      [](const ast::Call& c) -> double { throw std::logic_error("call " + c.callee); });
}

}  // namespace ranvier::test
