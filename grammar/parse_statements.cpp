#include <algorithm>
#include <ranvier/grammar/parse.hpp>
#include <ranvier/grammar/reporter.hpp>

namespace ranvier {
namespace {

using enum TokenKind;
using enum DiagnosticCode;

constexpr std::string_view shape =
    "a statement is `name = expression`, or with += -= *= /= %=, all on one line";

AssignOp assign_op(std::string_view text) {
  constexpr std::string_view spellings[] = {"=", "+=", "-=", "*=", "/=", "%="};
  return static_cast<AssignOp>(std::ranges::find(spellings, text) - std::begin(spellings));
}

/// The parts of a text between line ends and `;`. They are split before anything else is looked at, so that a
/// `;` also ends a comment, as in the reference.
std::vector<Span> split(std::string_view text) {
  std::vector<Span> pieces;
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const std::size_t end = std::min(text.find_first_of("\n;", begin), text.size());
    pieces.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
    begin = end + 1;
  }
  return pieces;
}

/// `x **= a + b` as `x = x**(a + b)`.
void write_out(Tokens tokens, const std::string& operation, Reporter& reporter, Diagnostic& problem) {
  const Span value = cover(tokens[2].span, tokens.back().span);
  const std::string text(reporter.text(value));
  problem.fixed_by(reporter.place(cover(tokens[1].span, value)),
                   "= " + operation + (tokens.size() == 3 ? text : '(' + text + ')'));
}

/// Reports a line that begins like no statement, as precisely as its first words allow.
void report_shape(Tokens tokens, Reporter& reporter) {
  if (std::ranges::find(tokens, foreign_character, &Token::kind) != tokens.end()) return;  // reported already
  const Token& first = tokens[0];
  const Token second = tokens.size() > 1 ? tokens[1] : Token{};
  const Span whole = cover(first.span, tokens.back().span);
  const std::string_view spelling = reporter.text(second);
  const bool named = first.kind == name && tokens.size() > 1;
  if (first.kind == keyword) {
    reporter
        .error(bad_statement, first.span,
               quoted(reporter.text(first)) + " does not exist in code: there are only assignments")
        .helped_by("a choice is written arithmetically: `v = int(v > 0)*v`");
  } else if (named && second.kind == bad_assignment) {
    const std::string target(reporter.text(first)), op(spelling.substr(0, spelling.size() - 1));
    const bool exists = op == "//" || op == "**";
    Diagnostic& problem =
        reporter.error(bad_assignment_operator, second.span, quoted(spelling) + " is not an assignment");
    problem.helped_by(exists ? "write `" + target + " = " + target + ' ' + op + " ...`" : std::string(shape));
    if (exists && tokens.size() > 2) write_out(tokens, target + op, reporter, problem);
  } else if (named && tokens.size() == 3 && second.kind == tokens[2].kind &&
             (second.kind == plus || second.kind == minus)) {
    reporter
        .error(bad_assignment_operator, cover(second.span, tokens[2].span),
               "there is no such assignment operator")
        .fixed_by(reporter.place(cover(second.span, tokens[2].span)),
                  second.kind == plus ? " += 1" : " -= 1");
  } else if (named && second.kind == equal) {
    reporter.error(bad_statement, second.span, "`==` compares; a statement assigns")
        .fixed_by(reporter.place(second), "=");
  } else if (named && second.kind == colon && tokens.size() > 2 && tokens[2].kind == assign) {
    reporter.error(bad_assignment_operator, cover(second.span, tokens[2].span), "`:=` is not an assignment")
        .fixed_by(reporter.place(cover(second.span, tokens[2].span)), "=");
  } else if (std::ranges::find(tokens, assign, &Token::kind) != tokens.end()) {
    reporter.error(bad_statement, whole, "only a plain name can be assigned").helped_by(std::string(shape));
  } else {
    reporter.error(bad_statement, whole, "this is not a statement").helped_by(std::string(shape));
  }
}

/// Reports the assignment operator at `i` in the value of a statement: `a = 1, b = 2` or `a = b = 1`.
void report_second(const Token& target, Tokens value, std::size_t i, Reporter& reporter) {
  Diagnostic& problem = reporter.error(bad_statement, value[i].span, "one statement assigns one variable")
                            .helped_by("write two statements; to compare, write `==`");
  if (i == 0 || value[i - 1].kind != name) return;
  const std::string second(reporter.text(value[i - 1]));
  const std::uint32_t end = value.back().span.end;
  if (i > 1 && value[i - 2].kind == comma) {
    problem.fixed_by(reporter.place(value[i - 2]), ";");
  } else if (i == 1 && i + 1 < value.size()) {
    problem.fixed_by(reporter.place(cover(target.span, value[i].span)), second + " =")
        .fixed_by(reporter.place(Span{end, end}), "; " + std::string(reporter.text(target)) + " = " + second);
  }
}

/// Reports a second assignment in one statement. True if there was none.
bool check_single(const Token& target, Tokens value, Reporter& reporter) {
  std::size_t depth = 0;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const TokenKind kind = value[i].kind;
    depth += kind == open ? 1 : kind == close && depth > 0 ? static_cast<std::size_t>(-1) : 0;
    if (kind != assign || depth > 0) continue;
    report_second(target, value, i, reporter);
    return false;
  }
  return true;
}

std::optional<Statement> read_statement(Tokens tokens, Span piece, Reporter& reporter) {
  const bool assigns = tokens.size() > 1 && (tokens[1].kind == assign || tokens[1].kind == augmented);
  if (tokens[0].kind != name || !assigns) {
    report_shape(tokens, reporter);
    return std::nullopt;
  }
  const Tokens value = tokens.subspan(2);
  const std::uint32_t end = tokens.back().span.end;
  const Span range = value.empty() ? Span{end, end} : cover(value.front().span, {piece.begin, end});
  return Statement{
      std::string(reporter.text(tokens[0])), reporter.place(tokens[0]), assign_op(reporter.text(tokens[1])),
      check_single(tokens[0], value, reporter) ? read_expression(value, range, reporter) : Expr(),
      reporter.place(cover(tokens[0].span, {piece.begin, end}))};
}

Code read_code(Reporter& reporter) {
  Code code;
  std::size_t count = 0;
  for (const Span piece : split(reporter.text())) {
    const std::vector<Token> tokens = tokenize(reporter.text(), piece);
    if (tokens.empty()) continue;
    if (++count > reporter.limits.statements) {
      reporter.error(
          too_long, tokens[0].span,
          "more than " + std::to_string(reporter.limits.statements) + " statements (Limits::statements)");
      break;
    }
    if (reporter.full()) break;
    check_tokens(tokens, reporter);
    if (auto statement = read_statement(tokens, piece, reporter)) code.push_back(std::move(*statement));
  }
  return code;
}

}  // namespace

Code parse_statements(const SourcePtr& source, Diagnostics& diagnostics, const Limits& limits) {
  Reporter reporter(source, diagnostics, limits);
  Code code;
  if (check_length(reporter)) code = read_code(reporter);
  reporter.finish();
  return code;
}

}  // namespace ranvier
