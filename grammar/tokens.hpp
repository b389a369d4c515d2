#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include <ranvier/grammar/source.hpp>

/// The words of the language. Internal to grammar/.
namespace ranvier {

enum class TokenKind : std::uint8_t {
  number,
  name,
  true_literal,
  false_literal,
  logical_and,
  logical_or,
  logical_not,
  plus,
  minus,
  star,
  slash,
  floor_divide,
  percent,
  power,
  less,
  less_equal,
  greater,
  greater_equal,
  equal,
  not_equal,
  open,
  close,
  comma,
  colon,
  assign,
  augmented,       // += -= *= /= %=
  bad_assignment,  // //= **= &= and others
  semicolon,
  malformed_number,
  keyword,  // a word that Python reserves and the language does not use
  string,
  foreign_operator,  // an operator of other languages
  foreign_character,
};

struct Token {
  TokenKind kind = TokenKind::foreign_character;
  bool starts_line = false;  // first token of its line
  Span span;
};
using Tokens = std::span<const Token>;

/// Splits a range of a text into tokens. Blanks, line ends and comments (from # to the end of the line)
/// separate tokens and vanish. Never fails: what is no token of the language becomes one of the bad kinds.
std::vector<Token> tokenize(std::string_view text, Span range);

/// A number as written: `0x10`, `1_000`, `1.e3`.
struct NumberText {
  double value = 0;
  bool integer = false;
};
/// Bytes at the front of `text` that form a number literal, 0 if none do.
std::size_t number_length(std::string_view text);
/// The value of a literal; nullopt if a double cannot hold it (an integer beyond 2**53, a real out of range).
std::optional<NumberText> read_number(std::string_view literal);

/// The word as Python reserves it ("lambda", "None"), but not the ones that the language uses (and, or, not,
/// True, False).
bool is_foreign_keyword(std::string_view word);

}  // namespace ranvier
