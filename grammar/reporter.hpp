#pragma once
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include <ranvier/grammar/ast.hpp>
#include <ranvier/grammar/diagnostics.hpp>
#include <ranvier/grammar/limits.hpp>
#include <ranvier/grammar/tokens.hpp>

namespace ranvier {

/// What the parts of the parser share while they read one text: the text, the bounds, and where problems go.
/// Internal to grammar/.
class Reporter {
 public:
  Reporter(SourcePtr source, Diagnostics& diagnostics, const Limits& limits)
      : limits(limits), source_(std::move(source)), diagnostics_(diagnostics) {}

  const Limits& limits;

  const std::string& text() const { return source_->text(); }
  std::string_view text(Span span) const {
    return std::string_view(text()).substr(span.begin, span.end - span.begin);
  }
  std::string_view text(const Token& token) const { return text(token.span); }
  Place place(Span span) const { return {source_, span}; }
  Place place(const Token& token) const { return {source_, token.span}; }

  /// Adds an error, up to Limits::problems of them.
  Diagnostic& error(DiagnosticCode code, Span span, std::string message);
  std::size_t problems() const { return found_.size(); }
  bool full() const { return found_.size() >= std::max<std::size_t>(limits.problems, 1); }
  /// Hands over what was found. To be called once, at the end.
  void finish();

 private:
  SourcePtr source_;
  Diagnostics& diagnostics_;
  std::vector<Diagnostic> found_;  // in the order of the text
  Diagnostic beyond_;              // takes what is not kept
};

/// False, with an error, for a text that is longer than the limit.
bool check_length(Reporter& reporter);
/// Reports the characters and names of a text that can stand nowhere.
void check_tokens(Tokens tokens, Reporter& reporter);

/// The expression in `tokens`, which lie in `range` of the text; empty after errors. In parse_expression.cpp.
Expr read_expression(Tokens tokens, Span range, Reporter& reporter);

/// Reports what people write by habit or mistake and the grammar does not know: `^`, `2 x`, `a < b < c`,
/// `if`, a parenthesis without partner. True if there was nothing. In mistakes.cpp.
bool check_habits(Tokens tokens, Reporter& reporter);
/// `int(c)*a + int(not c)*b` in place of the `a if c else b` or `c ? a : b` whose `if` or `?` is at `at`;
/// nothing if it is incomplete. In choices.cpp.
std::optional<Fix> arithmetic_choice(Tokens tokens, std::size_t at, const Reporter& reporter);
/// Adds to a problem with the `[` or `.` at `at` how `stimulus[t]` and `G.v` are written: `stimulus(t)`, `v`.
/// In choices.cpp.
void fix_access(Diagnostic& problem, Tokens tokens, std::size_t at, const Reporter& reporter);
/// Reports `x (constant) : unit`, whose `x` is at `at`, and returns true; false for anything else. In
/// unit_mistakes.cpp.
bool report_early_flags(Tokens tokens, std::size_t at, Reporter& reporter);
/// What to take out of `clip(x, low=a, high=b)`, whose first `=` is at `at`; nothing for other functions. In
/// choices.cpp.
std::vector<Fix> bare_arguments(Tokens tokens, std::size_t at, const Reporter& reporter);
/// `(x == 1 or x == 2)` in place of the `x in (1, 2)` whose `in` is at `at`. In choices.cpp.
std::optional<Fix> comparison_with_each(Tokens tokens, std::size_t at, const Reporter& reporter);
/// Reports the comma of `x = a*b, volt`, where a right-hand side from `begin` to `end` is not followed by a
/// colon, makes it the end, and returns true; false for anything else. In unit_mistakes.cpp.
bool report_mistaken_colon(Tokens tokens, std::size_t begin, std::size_t& end, Reporter& reporter);
/// Reports the token at `at`, which cannot stand in or behind a unit. In unit_mistakes.cpp.
void report_unit_mistake(Tokens tokens, std::size_t at, Reporter& reporter);
/// Reports expressions beyond the bounds of nesting and size. True if there was nothing.
bool check_size(Tokens tokens, Reporter& reporter);

/// True for tokens that can end or start an operand.
bool ends_operand(const Token& token);
bool starts_operand(const Token& token);

inline Span cover(Span first, Span last) {
  return {first.begin, last.end};
}
/// A piece of the text as messages show it; the begin of a long one.
std::string quoted(std::string_view text);

}  // namespace ranvier
