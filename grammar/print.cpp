#include <array>
#include <charconv>
#include <cmath>
#include <ranvier/grammar/print.hpp>

namespace ranvier {
namespace {

/// How tightly something binds, from `or` (loosest) to names, numbers and calls.
enum Level {
  or_level = 1,
  and_level,
  not_level,
  comparison_level,
  sum_level,
  term_level,
  unary_level,
  power_level,
  atom_level
};

/// A row per binary operator: spelling, how tightly the result binds, and what its operands need to bind to
/// go without parentheses.
struct BinaryRow {
  const char* spelling;
  bool blanks;
  Level level, left, right;
};
constexpr BinaryRow binary_rows[] = {
    {"+", true, sum_level, sum_level, term_level},
    {"-", true, sum_level, sum_level, term_level},
    {"*", false, term_level, term_level, unary_level},
    {"/", false, term_level, term_level, unary_level},
    {"//", false, term_level, term_level, unary_level},
    {"%", false, term_level, term_level, unary_level},
    {"**", false, power_level, atom_level, unary_level},
    {"<", true, comparison_level, sum_level, sum_level},
    {"<=", true, comparison_level, sum_level, sum_level},
    {">", true, comparison_level, sum_level, sum_level},
    {">=", true, comparison_level, sum_level, sum_level},
    {"==", true, comparison_level, sum_level, sum_level},
    {"!=", true, comparison_level, sum_level, sum_level},
    {"and", true, and_level, and_level, not_level},
    {"or", true, or_level, or_level, and_level},
};
constexpr const char* unary_spellings[] = {"+", "-", "not"};
constexpr const char* assign_spellings[] = {"=", "+=", "-=", "*=", "/=", "%="};

const BinaryRow& row(BinaryOp op) {
  return binary_rows[static_cast<std::size_t>(op)];
}

std::string digits(const ast::Number& number) {
  if (!std::isfinite(number.value))
    return std::isnan(number.value) ? "nan" : number.value < 0 ? "-inf" : "inf";
  std::array<char, 400> text;  // the largest double has 309 digits
  char* const end = text.data() + text.size();
  const auto result = number.integer ? std::to_chars(text.data(), end, number.value, std::chars_format::fixed)
                                     : std::to_chars(text.data(), end, number.value);
  std::string out(text.data(), result.ptr);
  if (!number.integer && out.find_first_of(".e") == std::string::npos) out += ".0";
  return out;
}

Level level_of(const Expr& e) {
  return match(
      e, [](const ast::Number& n) { return std::signbit(n.value) ? unary_level : atom_level; },
      [](const ast::Boolean&) { return atom_level; }, [](const ast::Name&) { return atom_level; },
      [](const ast::Unary& u) { return u.op == UnaryOp::logical_not ? not_level : unary_level; },
      [](const ast::Binary& b) { return row(b.op).level; }, [](const ast::Call&) { return atom_level; });
}

void write(std::string& out, const Expr& e, Level needed);

void write_binary(std::string& out, const ast::Binary& b) {
  const BinaryRow& op = row(b.op);
  write(out, b.lhs, op.left);
  if (op.blanks) out += ' ';
  out += op.spelling;
  if (op.blanks) out += ' ';
  write(out, b.rhs, op.right);
}

void write_call(std::string& out, const ast::Call& call) {
  out += call.callee + '(';
  for (std::size_t i = 0; i < call.args.size(); ++i) {
    if (i > 0) out += ", ";
    write(out, call.args[i], or_level);
  }
  out += ')';
}

/// Appends `e`, between parentheses if it binds less tightly than `needed`.
void write(std::string& out, const Expr& e, Level needed) {
  const bool wrapped = level_of(e) < needed;
  if (wrapped) out += '(';
  match(
      e, [&](const ast::Number& n) { out += digits(n); },
      [&](const ast::Boolean& b) { out += b.value ? "True" : "False"; },
      [&](const ast::Name& n) { out += n.id; },
      [&](const ast::Unary& u) {
        const bool word = u.op == UnaryOp::logical_not;
        out += spelling(u.op);
        if (word) out += ' ';
        write(out, u.operand, word ? not_level : unary_level);
      },
      [&](const ast::Binary& b) { write_binary(out, b); }, [&](const ast::Call& c) { write_call(out, c); });
  if (wrapped) out += ')';
}

std::string text_of(const IndexRange& range) {
  std::string out;
  for (const Expr& bound : {range.low, range.high, range.step})
    if (bound) out += (out.empty() ? "" : ", ") + print(bound);
  if (range.p) out += ", p=" + print(range.p);
  if (range.size) out += ", size=" + print(range.size);
  return (range.sampled ? "sample(" : "range(") + out + ')';
}

}  // namespace

const char* spelling(UnaryOp op) {
  return unary_spellings[static_cast<std::size_t>(op)];
}
const char* spelling(BinaryOp op) {
  return row(op).spelling;
}
const char* spelling(AssignOp op) {
  return assign_spellings[static_cast<std::size_t>(op)];
}

std::string print(const Expr& expr) {
  std::string out;
  if (expr) write(out, expr, or_level);
  return out;
}

std::string print(const Equation& equation) {
  std::string out = equation.kind == EquationKind::differential ? 'd' + equation.name + "/dt" : equation.name;
  if (equation.kind != EquationKind::parameter) out += " = " + print(equation.rhs);
  out += " : " + equation.unit;
  for (std::size_t i = 0; i < equation.flags.size(); ++i)
    out += (i == 0 ? " (" : ", ") + equation.flags[i].text;
  return equation.flags.empty() ? out : out + ')';
}

std::string print(const Block& block) {
  std::string out;
  for (const Equation& equation : block) out += print(equation) + '\n';
  return out;
}

std::string print(const Statement& statement) {
  return statement.target + ' ' + spelling(statement.op) + ' ' + print(statement.value);
}

std::string print(const Code& code) {
  std::string out;
  for (const Statement& statement : code) out += print(statement) + '\n';
  return out;
}

std::string print(const Generator& generator) {
  std::string out = print(generator.element);
  if (generator.range) out += " for " + generator.variable + " in " + text_of(*generator.range);
  if (generator.condition) out += " if " + print(generator.condition);
  return out;
}

}  // namespace ranvier
