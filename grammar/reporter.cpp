#include <algorithm>
#include <ranvier/grammar/foreign.hpp>
#include <ranvier/grammar/reporter.hpp>
#include <unordered_set>

namespace ranvier {
namespace {

struct Lookalike {
  std::string_view character, ascii;
};

// Characters that word processors, web pages and papers put into formulas.
constexpr Lookalike lookalikes[] = {
    {"\u2212", "-"},     {"\u2013", "-"},     {"\u2014", "-"},    {"\u00d7", "*"},     {"\u00b7", "*"},
    {"\u22c5", "*"},     {"\u2217", "*"},     {"\u00f7", "/"},    {"\u2044", "/"},     {"\u2264", "<="},
    {"\u2265", ">="},    {"\u2260", "!="},    {"\u00b2", "**2"},  {"\u00b3", "**3"},   {"\u221e", "inf"},
    {"\u03c0", "pi"},    {"\u00b5", "u"},     {"\u03bc", "u"},    {"\u03a9", "ohm"},   {"\u2126", "ohm"},
    {"\u03c4", "tau"},   {"\u03b1", "alpha"}, {"\u03b2", "beta"}, {"\u03c3", "sigma"}, {"\u03be", "xi"},
    {"\u0394", "Delta"}, {"\u00a0", " "},     {"\u2009", " "},    {"\u202f", " "},     {"\u3000", " "},
};

std::string shown(std::string_view character) {
  const auto byte = static_cast<unsigned char>(character[0]);
  if (character == "\\") return "a backslash";
  if (character == "'" || character == "\"") return "a quotation mark";
  if (byte > 0x20 && byte < 0x7f) return quoted(character);
  static constexpr char hex[] = "0123456789abcdef";
  if (byte < 0x80 || character.size() == 1)
    return std::string("the byte 0x") + hex[byte >> 4] + hex[byte & 15];
  return quoted(character);
}

/// `(a)/(b)` in place of the `\frac{a}{b}` that begins with `span`; nothing for one with braces inside.
void fix_fraction(Diagnostic& problem, Span span, const Reporter& reporter) {
  const std::string& text = reporter.text();
  const auto brace = [&](std::size_t from) { return std::min(text.find_first_of("{}", from), text.size()); };
  std::size_t at[4];  // of { } { }
  for (std::size_t k = 0, from = span.end; k < 4; ++k, from = at[k - 1] + 1) at[k] = brace(from);
  const bool simple = at[3] < text.size() && at[0] == span.end && at[2] == at[1] + 1 && text[at[0]] == '{' &&
                      text[at[1]] == '}' && text[at[2]] == '{' && text[at[3]] == '}';
  if (!simple) return;
  const auto replace = [&](std::size_t begin, std::size_t end, const char* by) {
    problem.fixed_by(reporter.place(Span{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}),
                     by);
  };
  replace(span.begin, at[0] + 1, "(");
  replace(at[1], at[2] + 1, ")/(");
  replace(at[3], at[3] + 1, ")");
}

/// `\tau` and `a \cdot b`: the command alone is replaced. What takes other arguments is left to the user.
void report_latex(const Token& token, std::string_view command, Reporter& reporter) {
  const Span span{token.span.begin, token.span.end + static_cast<std::uint32_t>(command.size())};
  const bool fraction = command.ends_with("frac");
  Diagnostic& problem =
      reporter.error(DiagnosticCode::bad_character, span, quoted(reporter.text(span)) + " is LaTeX")
          .helped_by(fraction ? "a fraction is written `(numerator)/(denominator)`"
                              : "formulas are written with operators and plain names: `a*b/tau`");
  if (fraction) return fix_fraction(problem, span, reporter);
  if (reporter.text().substr(span.end, 1) == "{") return;
  problem.fixed_by(reporter.place(span), std::string(in_place_of_latex(command)));
}

void report_character(const Token& token, const Token* previous, Reporter& reporter) {
  const std::string_view character = reporter.text(token);
  const bool ascii = static_cast<unsigned char>(character[0]) < 0x80;
  const std::string_view command = latex_command(reporter.text(), token);
  if (!command.empty()) return report_latex(token, command, reporter);
  Diagnostic& problem =
      reporter.error(DiagnosticCode::bad_character, token.span,
                     shown(character) + (ascii ? " has no meaning here" : " is not an ASCII character"));
  const auto row = std::ranges::find(lookalikes, character, &Lookalike::character);
  if (row != std::end(lookalikes)) {
    problem.fixed_by(reporter.place(token), std::string(row->ascii));
  } else if (character == "\\") {
    problem.helped_by("an expression of an equation may run over several lines without a backslash");
    const std::string& text = reporter.text();
    const auto next = text.find_first_not_of(" \t\r", token.span.end);
    if (next != text.npos && text[next] == '\n') problem.fixed_by(reporter.place(token), "");
  } else if (character == "'") {
    problem.helped_by("the derivative of a variable v is written `dv/dt`");
    const std::uint32_t begin = token.span.begin;
    if (previous && previous->kind == TokenKind::name && previous->span.end == begin)
      problem.fixed_by(reporter.place(cover(previous->span, token.span)),
                       'd' + std::string(reporter.text(*previous)) + "/dt");
  } else if (!ascii) {
    problem.helped_by(
        "names are made of the letters a-z and A-Z, digits and _; comments may hold any character");
  }
}

void check_identifiers(Tokens tokens, Reporter& reporter) {
  const std::size_t most = reporter.limits.identifiers;
  if (tokens.size() <= most) return;
  std::unordered_set<std::string_view> names;
  for (const Token& token : tokens) {
    if (token.kind != TokenKind::name || !names.insert(reporter.text(token)).second) continue;
    if (names.size() <= most) continue;
    reporter
        .error(DiagnosticCode::too_many_identifiers, token.span,
               "the text uses more than " + std::to_string(most) + " different names (Limits::identifiers)")
        .helped_by("split the model into several groups, or raise the bound");
    return;
  }
}

}  // namespace

std::string quoted(std::string_view text) {
  constexpr std::size_t longest = 60;
  if (text.size() <= longest) return '`' + std::string(text) + '`';
  std::size_t end = longest;  // not within a character
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return '`' + std::string(text.substr(0, end)) + "...`";
}

Diagnostic& Reporter::error(DiagnosticCode code, Span span, std::string message) {
  Diagnostic problem;
  problem.code = code;
  problem.place = place(span);
  problem.message = std::move(message);
  if (full()) return beyond_ = std::move(problem);
  const auto begin_of = [](const Diagnostic& d) { return d.place.span.begin; };
  return *found_.insert(std::ranges::upper_bound(found_, span.begin, {}, begin_of), std::move(problem));
}

void Reporter::finish() {
  if (full()) found_.back().note("further problems of this text are not listed");
  for (Diagnostic& problem : found_) diagnostics_.add(std::move(problem));
  found_.clear();
}

bool check_length(Reporter& reporter) {
  const std::size_t most =
      std::min<std::size_t>(reporter.limits.text_bytes, 0xffff'fff0);  // offsets have 32 bits
  if (reporter.text().size() <= most) return true;
  const auto begin = static_cast<std::uint32_t>(most);
  reporter.error(DiagnosticCode::too_long, {begin, begin},
                 "the text has " + std::to_string(reporter.text().size()) +
                     " bytes, more than the limit of " + std::to_string(most) + " (Limits::text_bytes)");
  return false;
}

void check_tokens(Tokens tokens, Reporter& reporter) {
  check_identifiers(tokens, reporter);
  std::uint32_t previous = 0;  // end of the last bad character: of a whole foreign word, one is enough
  for (const Token& token : tokens) {
    const Token* before = &token == tokens.data() ? nullptr : &token - 1;
    if (token.kind == TokenKind::foreign_character) {
      if (token.span.begin != previous || previous == 0) report_character(token, before, reporter);
      previous = token.span.end;
    }
    const std::size_t length = token.span.end - token.span.begin;
    if (token.kind == TokenKind::name && length > reporter.limits.identifier_bytes) {
      reporter
          .error(DiagnosticCode::too_long, token.span,
                 "a name of " + std::to_string(length) + " characters, more than the limit of " +
                     std::to_string(reporter.limits.identifier_bytes) + " (Limits::identifier_bytes)")
          .helped_by("choose a shorter name");
    }
  }
}

}  // namespace ranvier
