#include <algorithm>
#include <ranvier/grammar/tokens.hpp>

namespace ranvier {
namespace {

using enum TokenKind;

struct Spelling {
  std::string_view text;
  TokenKind kind;
};

// The first match counts: longer spellings come before their beginnings.
constexpr Spelling operators[] = {
    {"//=", bad_assignment},
    {"**=", bad_assignment},
    {"<<=", bad_assignment},
    {">>=", bad_assignment},
    {"===", foreign_operator},
    {"!==", foreign_operator},
    {"+=", augmented},
    {"-=", augmented},
    {"*=", augmented},
    {"/=", augmented},
    {"%=", augmented},
    {"&=", bad_assignment},
    {"|=", bad_assignment},
    {"^=", bad_assignment},
    {"@=", bad_assignment},
    {"**", power},
    {"//", floor_divide},
    {"<=", less_equal},
    {">=", greater_equal},
    {"==", equal},
    {"!=", not_equal},
    {"&&", foreign_operator},
    {"||", foreign_operator},
    {"<<", foreign_operator},
    {">>", foreign_operator},
    {"<>", foreign_operator},
    {"=<", foreign_operator},
    {"~=", foreign_operator},
    {".^", foreign_operator},
    {".*", foreign_operator},
    {"./", foreign_operator},
    {"=>", foreign_operator},
    {"->", foreign_operator},
    {"+", plus},
    {"-", minus},
    {"*", star},
    {"/", slash},
    {"%", percent},
    {"<", less},
    {">", greater},
    {"=", assign},
    {"(", open},
    {")", close},
    {",", comma},
    {":", colon},
    {";", semicolon},
    {"&", foreign_operator},
    {"|", foreign_operator},
    {"^", foreign_operator},
    {"~", foreign_operator},
    {"!", foreign_operator},
    {"@", foreign_operator},
    {"?", foreign_operator},
    {".", foreign_operator},
    {"[", foreign_operator},
    {"]", foreign_operator},
    {"{", foreign_operator},
    {"}", foreign_operator},
};

constexpr Spelling words[] = {
    {"and", logical_and},   {"or", logical_or},       {"not", logical_not},
    {"True", true_literal}, {"False", false_literal},
};

constexpr std::string_view foreign_keywords[] = {
    "None", "as",     "assert",   "async",   "await", "break",  "class",  "continue", "def",    "del",
    "elif", "else",   "except",   "finally", "for",   "from",   "global", "if",       "import", "in",
    "is",   "lambda", "nonlocal", "pass",    "raise", "return", "try",    "while",    "with",   "yield",
};

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v' || c == '\n';
}

std::size_t run_length(std::string_view text, auto&& belongs) {
  const auto end = std::ranges::find_if_not(text, belongs);
  return static_cast<std::size_t>(end - text.begin());
}

struct Piece {
  TokenKind kind;
  std::size_t length;
};

Piece word_at(std::string_view text) {
  const std::size_t length = run_length(text, [](char c) { return is_letter(c) || is_digit(c); });
  const std::string_view word = text.substr(0, length);
  const auto row = std::ranges::find(words, word, &Spelling::text);
  if (row != std::end(words)) return {row->kind, length};
  return {is_foreign_keyword(word) ? keyword : name, length};
}

/// A number, or everything that was meant to be one: `1.2.3`, `0x1G`, `007`. A name right behind a number
/// (`2mV`) is not part of it.
Piece number_at(std::string_view text) {
  const std::size_t length = number_length(text);
  const std::string_view literal = text.substr(0, length);
  const char next = length < text.size() ? text[length] : ' ';
  const bool prefixed =
      literal[0] == '0' && text.size() > 1 && (literal.size() > 1 ? is_letter(text[1]) : is_letter(next));
  const bool spoilt = is_digit(next) || next == '.' || next == '_' || (prefixed && is_letter(next));
  const bool leading_zero = literal.size() > 1 && literal[0] == '0' &&
                            literal.find_first_not_of("0_") != literal.npos &&
                            std::ranges::all_of(literal, [](char c) { return is_digit(c) || c == '_'; });
  if (!spoilt) return {leading_zero || !read_number(literal) ? malformed_number : number, length};
  const std::size_t rest =
      run_length(text.substr(length), [](char c) { return is_letter(c) || is_digit(c) || c == '.'; });
  return {malformed_number, length + rest};
}

/// A quoted text on one line, or only the quote if it is not closed.
Piece string_at(std::string_view text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  const auto end = line.find(line[0], 1);
  return end == line.npos ? Piece{foreign_character, 1} : Piece{string, end + 1};
}

/// One character of any other kind; all bytes of a UTF-8 character together.
Piece character_at(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  if (lead < 0x80) return {foreign_character, 1};
  const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; };
  const std::size_t most = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc0 ? 1 : 0;
  return {foreign_character, 1 + run_length(text.substr(1, most), continues)};
}

Piece piece_at(std::string_view text) {
  const char c = text[0];
  if (is_letter(c)) return word_at(text);
  if (is_digit(c) || (c == '.' && text.size() > 1 && is_digit(text[1]))) return number_at(text);
  if (static_cast<unsigned char>(c) >= 0x80) return character_at(text);
  for (const Spelling& op : operators) {
    if (c == op.text.front() && text.starts_with(op.text)) return {op.kind, op.text.size()};
  }
  return c == '\'' || c == '"' ? string_at(text) : character_at(text);
}

}  // namespace

bool is_foreign_keyword(std::string_view word) {
  return std::ranges::binary_search(foreign_keywords, word);
}

std::vector<Token> tokenize(std::string_view text, Span range) {
  std::vector<Token> tokens;
  bool starts_line = true;
  for (std::uint32_t i = range.begin; i < range.end;) {
    const std::string_view rest = text.substr(i, range.end - i);
    if (is_blank(rest[0])) {
      starts_line = starts_line || rest[0] == '\n';
      ++i;
    } else if (rest[0] == '#') {
      i += static_cast<std::uint32_t>(std::min(rest.find('\n'), rest.size()));
    } else {
      const Piece piece = piece_at(rest);
      const auto end = i + static_cast<std::uint32_t>(piece.length);
      tokens.push_back({piece.kind, starts_line, {i, end}});
      starts_line = piece.kind == semicolon;
      i = end;
    }
  }
  return tokens;
}

}  // namespace ranvier
