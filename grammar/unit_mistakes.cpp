#include <ranvier/grammar/reporter.hpp>

namespace ranvier {
namespace {

using enum TokenKind;
using enum DiagnosticCode;

constexpr std::string_view shapes =
    "a unit is made of names, numbers, *, / and **; flags stand between parentheses behind it";

/// The token behind `at` on the same line that has this kind or spelling, or the end.
template <class Wanted>
std::size_t find_on_line(Tokens tokens, std::size_t at, Wanted wanted) {
  std::size_t i = at + 1;
  while (i < tokens.size() && !tokens[i].starts_line && !wanted(i)) ++i;
  return i < tokens.size() && !tokens[i].starts_line ? i : tokens.size();
}

/// `a/(b*c)`: without its parentheses, a denominator divides by each of its factors.
void report_parenthesis(Tokens tokens, std::size_t at, Reporter& reporter) {
  Diagnostic& problem = reporter.error(syntax, tokens[at].span, "a unit has no parentheses")
                            .helped_by("write `volt/meter/second` or `volt*meter**-1`");
  const std::size_t end = find_on_line(
      tokens, at, [&](std::size_t i) { return tokens[i].kind == open || tokens[i].kind == close; });
  if (end == tokens.size() || tokens[end].kind == open || end == at + 1) return;
  const bool denominator = at > 0 && tokens[at - 1].kind == slash;
  problem.fixed_by(reporter.place(tokens[at]), "");
  for (std::size_t i = at + 1; denominator && i < end; ++i) {
    if (tokens[i].kind == star) problem.fixed_by(reporter.place(tokens[i]), "/");
    if (tokens[i].kind == slash) problem.fixed_by(reporter.place(tokens[i]), "*");
  }
  problem.fixed_by(reporter.place(tokens[end]), "");
}

void report_bracket(Tokens tokens, std::size_t at, Reporter& reporter) {
  Diagnostic& problem = reporter.error(syntax, tokens[at].span, "a unit has no brackets");
  problem.helped_by(std::string(shapes));
  const std::size_t end =
      find_on_line(tokens, at, [&](std::size_t i) { return reporter.text(tokens[i]) == "]"; });
  if (end == tokens.size()) return;
  problem.fixed_by(reporter.place(tokens[at]), "").fixed_by(reporter.place(tokens[end]), "");
}

}  // namespace

bool report_early_flags(Tokens tokens, std::size_t at, Reporter& reporter) {
  const auto in_list = [&](std::size_t i) {
    const TokenKind kind = tokens[i].kind;
    return kind == name || kind == comma || kind == minus;
  };
  const std::size_t end = find_on_line(tokens, at + 1, [&](std::size_t i) { return !in_list(i); });
  if (end + 2 >= tokens.size() || tokens[end].kind != close || tokens[end + 1].kind != colon) return false;
  if (tokens[end + 2].starts_line) return false;
  std::size_t last = end + 2;
  while (last + 1 < tokens.size() && !tokens[last + 1].starts_line) ++last;
  const Span list = cover(tokens[at + 1].span, tokens[end].span);
  const std::uint32_t behind = tokens[last].span.end;
  reporter.error(syntax, list, "flags stand behind the unit")
      .helped_by("an equation is `x : unit (flag, flag)`")
      .fixed_by(reporter.place(Span{tokens[at].span.end, list.end}), "")
      .fixed_by(reporter.place(Span{behind, behind}), ' ' + std::string(reporter.text(list)));
  return true;
}

bool report_mistaken_colon(Tokens tokens, std::size_t begin, std::size_t& end, Reporter& reporter) {
  const auto in_unit = [&](std::size_t i) {
    const TokenKind kind = tokens[i].kind;
    return kind == name || kind == number || kind == star || kind == slash || kind == power || kind == minus;
  };
  const auto line_ends = [&](std::size_t i) {
    return i >= tokens.size() || tokens[i].starts_line || tokens[i].kind == semicolon;
  };
  for (std::size_t at = end; at-- > begin;) {
    if (tokens[at].kind != comma) continue;
    const std::size_t behind = find_on_line(tokens, at, [&](std::size_t i) { return !in_unit(i); });
    const bool flags = behind < tokens.size() && tokens[behind].kind == open;
    const bool unit = behind > at + 1 && !line_ends(at + 1) && tokens[at + 1].kind == name;
    if (at == begin || !unit || !(flags || behind == tokens.size())) return false;
    reporter.error(missing_unit, tokens[at].span, "the unit stands behind a colon")
        .fixed_by(reporter.place(tokens[at]), " :");
    end = at;
    return true;
  }
  return false;
}

void report_unit_mistake(Tokens tokens, std::size_t at, Reporter& reporter) {
  const Token& token = tokens[at];
  const std::string_view spelling = reporter.text(token);
  if (token.kind == foreign_character) return;  // reported already
  if (token.kind == open) return report_parenthesis(tokens, at, reporter);
  if (spelling == "[") return report_bracket(tokens, at, reporter);
  if (spelling == "^") {
    reporter.error(caret_power, token.span, "powers are written `**`").fixed_by(reporter.place(token), "**");
  } else {
    reporter.error(syntax, token.span, quoted(spelling) + " cannot stand in a unit")
        .helped_by(std::string(shapes));
  }
}

}  // namespace ranvier
