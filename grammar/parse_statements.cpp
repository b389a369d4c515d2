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

/// `x **= 2` is written out.
void report_bad_assignment(Tokens tokens, Reporter& reporter) {
  const std::string target(reporter.text(tokens[0]));
  const std::string_view spelling = reporter.text(tokens[1]);
  const std::string op(spelling.substr(0, spelling.size() - 1));
  Diagnostic& problem =
      reporter.error(bad_assignment_operator, tokens[1].span, quoted(spelling) + " is not an assignment")
          .helped_by(std::string(shape));
  if ((op != "//" && op != "**") || tokens.size() < 3) return;
  const Span value = cover(tokens[2].span, tokens.back().span);
  const std::string text(reporter.text(value));
  problem.helped_by("write `" + target + " = " + target + ' ' + op + " ...`")
      .fixed_by(reporter.place(cover(tokens[1].span, value)),
                "= " + target + op + (tokens.size() == 3 ? text : '(' + text + ')'));
}

/// `x = 0; y = 1` for `x, y = 0, 1`, if no value needs one that is already overwritten; else "".
std::string tuple_apart(Tokens tokens, const Reporter& reporter) {
  const auto equals =
      static_cast<std::size_t>(std::ranges::find(tokens, assign, &Token::kind) - tokens.begin());
  if (tokens.size() != 2 * equals + 1 || equals % 2 == 0) return {};
  std::string apart;
  for (std::size_t i = 0; i < equals; ++i) {
    const Token &target = tokens[i], &value = tokens[equals + 1 + i];
    if (i % 2 == 1) {
      if (target.kind != comma || value.kind != comma) return {};
      continue;
    }
    if (target.kind != name || value.kind != number) return {};
    apart +=
        (i == 0 ? "" : "; ") + std::string(reporter.text(target)) + " = " + std::string(reporter.text(value));
  }
  return apart;
}

/// `n = int(c)*0 + int(not (c))*n` for `if c: n = 0`; "" for anything else.
std::string choice_of_values(Tokens tokens, const Reporter& reporter) {
  const auto at = static_cast<std::size_t>(std::ranges::find(tokens, colon, &Token::kind) - tokens.begin());
  const bool one = reporter.text(tokens[0]) == "if" && at > 1 && at + 3 < tokens.size() &&
                   tokens[at + 1].kind == name && tokens[at + 2].kind == assign &&
                   std::ranges::count(tokens, assign, &Token::kind) == 1;
  if (!one) return {};
  const std::string condition(reporter.text(cover(tokens[1].span, tokens[at - 1].span)));
  const std::string value(reporter.text(cover(tokens[at + 3].span, tokens.back().span)));
  const std::string target(reporter.text(tokens[at + 1]));
  const std::string kept = tokens.size() == at + 4 ? value : '(' + value + ')';
  return target + " = int(" + condition + ")*" + kept + " + int(not (" + condition + "))*" + target;
}

/// Reports a line that begins like no statement, as precisely as its first words allow.
void report_shape(Tokens tokens, Reporter& reporter) {
  if (std::ranges::find(tokens, foreign_character, &Token::kind) != tokens.end()) return;  // reported already
  const Token& first = tokens[0];
  const Token second = tokens.size() > 1 ? tokens[1] : Token{};
  const Span whole = cover(first.span, tokens.back().span);
  const bool named = first.kind == name && tokens.size() > 1;
  if (first.kind == keyword) {
    const bool loop = reporter.text(first) == "for" || reporter.text(first) == "while";
    Diagnostic& problem =
        reporter.error(bad_statement, first.span,
                       quoted(reporter.text(first)) + " does not exist in code: there are only assignments");
    if (const std::string choice = choice_of_values(tokens, reporter); !choice.empty())
      problem.fixed_by(reporter.place(whole), choice);
    problem.helped_by(loop ? "code runs for every neuron or synapse by itself; there are no loops in it"
                           : "a choice is written arithmetically: `v = int(v > 0)*v`");
  } else if (named && second.kind == bad_assignment) {
    report_bad_assignment(tokens, reporter);
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
    Diagnostic& problem = reporter.error(bad_statement, whole, "only a plain name can be assigned")
                              .helped_by(std::string(shape));
    if (const std::string apart = tuple_apart(tokens, reporter); !apart.empty())
      problem.fixed_by(reporter.place(whole), apart);
    const bool attribute = tokens.size() > 4 && reporter.text(second) == "." && tokens[2].kind == name &&
                           (tokens[3].kind == assign || tokens[3].kind == augmented);
    if (attribute) problem.fixed_by(reporter.place(cover(first.span, second.span)), "");
  } else if (named && reporter.text(second) == "->") {
    reporter.error(bad_statement, second.span, "a statement assigns with `=`")
        .fixed_by(reporter.place(second), "=");
  } else {
    reporter.error(bad_statement, whole, "this is not a statement").helped_by(std::string(shape));
  }
}

/// Reports the second assignment of a statement, whose operator is at `at`: `a = b = 1`, `a = 1, b = 2`,
/// `a = 1 b = 2`.
void report_second(Tokens tokens, std::size_t at, Reporter& reporter) {
  Diagnostic& problem =
      reporter.error(bad_statement, tokens[at].span, "one statement assigns one variable")
          .helped_by(
              "write a statement for each, on a line of its own or behind a `;`; to compare, write `==`");
  const Token& target = tokens[at - 1];
  if (target.kind != name) return;
  const Token& before = tokens[at - 2];
  const bool joined = before.kind == comma || before.kind == logical_and;
  if (at == 3 && tokens[1].kind == assign && tokens[at].kind == assign) {
    const std::string first(reporter.text(tokens[0])), second(reporter.text(target));
    const std::uint32_t end = tokens.back().span.end;
    problem.fixed_by(reporter.place(cover(tokens[0].span, target.span)), second)
        .fixed_by(reporter.place(Span{end, end}), "; " + first + " = " + second);
  } else if (at > 4 && joined) {
    problem.fixed_by(reporter.place(Span{tokens[at - 3].span.end, before.span.end}), ";");
  } else if (at > 3 && ends_operand(before)) {
    problem.fixed_by(reporter.place(Span{before.span.end, before.span.end}), ";");
  }
}

/// True if there is only one assignment outside parentheses, the one at the front.
bool check_single(Tokens tokens, Reporter& reporter) {
  std::size_t depth = 0;
  for (std::size_t at = 2; at < tokens.size(); ++at) {
    const TokenKind kind = tokens[at].kind;
    depth += kind == open ? 1 : kind == close && depth > 0 ? static_cast<std::size_t>(-1) : 0;
    if (depth > 0 || (kind != assign && kind != augmented)) continue;
    report_second(tokens, at, reporter);
    return false;
  }
  return true;
}

bool assigns(Tokens tokens) {
  return tokens.size() > 1 && tokens[0].kind == name &&
         (tokens[1].kind == assign || tokens[1].kind == augmented);
}

/// What can be told of a statement; `sound`: whether its value is worth reading.
std::optional<Statement> read_statement(Tokens tokens, Span piece, bool sound, Reporter& reporter) {
  if (!assigns(tokens)) {
    if (sound) report_shape(tokens, reporter);
    return std::nullopt;
  }
  const Tokens value = tokens.subspan(2);
  const std::uint32_t end = tokens.back().span.end;
  const Span range = value.empty() ? Span{end, end} : cover(value.front().span, {piece.begin, end});
  const bool readable = sound && check_single(tokens, reporter);
  return Statement{std::string(reporter.text(tokens[0])), reporter.place(tokens[0]),
                   assign_op(reporter.text(tokens[1])),
                   readable ? read_expression(value, range, reporter) : Expr(),
                   reporter.place(cover(tokens[0].span, {piece.begin, end}))};
}

/// Reads code piece by piece.
class CodeReader {
 public:
  explicit CodeReader(Reporter& reporter) : reporter_(reporter) {
    for (const Span piece : split(reporter.text())) {
      std::vector<Token> tokens = tokenize(reporter.text(), piece);
      if (!tokens.empty()) pieces_.push_back({piece, std::move(tokens)});
    }
  }

  Code read() {
    Code code;
    for (std::size_t at = 0; at < pieces_.size() && !reporter_.full(); ++at) {
      if (at == reporter_.limits.statements) {
        reporter_.error(
            too_long, pieces_[at].tokens[0].span,
            "more than " + std::to_string(reporter_.limits.statements) + " statements (Limits::statements)");
        break;
      }
      const auto& [span, tokens] = pieces_[at];
      check_tokens(tokens, reporter_);
      const std::size_t last = end_of_statement(at);
      if (last > at) report_lines(at, last);
      if (auto statement = read_statement(tokens, span, last == at, reporter_))
        code.push_back(std::move(*statement));
      at = last;
    }
    return code;
  }

 private:
  struct Piece {
    Span span;
    std::vector<Token> tokens;
  };

  /// The piece that closes the parentheses which the one at `at` leaves open, or `at` itself.
  std::size_t end_of_statement(std::size_t at) const {
    std::ptrdiff_t depth = 0;
    for (std::size_t i = at; i < pieces_.size(); ++i) {
      const std::vector<Token>& tokens = pieces_[i].tokens;
      if (i > at && assigns(tokens)) return at;
      depth +=
          std::ranges::count(tokens, open, &Token::kind) - std::ranges::count(tokens, close, &Token::kind);
      if (depth <= 0) return depth == 0 ? i : at;
    }
    return at;
  }

  /// `v = (a\n+ b)`
  void report_lines(std::size_t first, std::size_t last) {
    Diagnostic& problem = reporter_.error(bad_statement, pieces_[first].tokens.back().span,
                                          "a statement cannot go on in the next line");
    problem.helped_by(std::string(shape));
    for (std::size_t i = first; i < last; ++i) {
      const Span gap{pieces_[i].tokens.back().span.end, pieces_[i + 1].tokens.front().span.begin};
      if (reporter_.text(gap).find_first_not_of(" \t\r\n") != std::string_view::npos)
        return problem.fixes.clear();
      problem.fixed_by(reporter_.place(gap), " ");
    }
  }

  Reporter& reporter_;
  std::vector<Piece> pieces_;
};

}  // namespace

Code parse_statements(const SourcePtr& source, Diagnostics& diagnostics, const Limits& limits) {
  Reporter reporter(source, diagnostics, limits);
  Code code;
  if (check_length(reporter)) code = CodeReader(reporter).read();
  reporter.finish();
  return code;
}

}  // namespace ranvier
