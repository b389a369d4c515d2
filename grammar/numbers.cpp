#include <algorithm>
#include <charconv>
#include <ranvier/grammar/tokens.hpp>
#include <string>

namespace ranvier {
namespace {

bool is_digit(char c, int base) {
  if (c >= '0' && c <= '9') return c - '0' < base;
  const char lower = static_cast<char>(c | 0x20);
  return base == 16 && lower >= 'a' && lower <= 'f';
}

/// Digits with single underscores between them.
std::size_t digits_length(std::string_view text, int base = 10) {
  std::size_t length = 0;
  while (length < text.size()) {
    const bool joined = length > 0 && text[length] == '_' && length + 1 < text.size();
    const std::size_t next = length + (joined ? 1 : 0);
    if (!is_digit(text[next], base)) break;
    length = next + 1;
  }
  return length;
}

std::size_t exponent_length(std::string_view text) {
  if (text.empty() || (text[0] != 'e' && text[0] != 'E')) return 0;
  const std::size_t sign = text.size() > 1 && (text[1] == '+' || text[1] == '-') ? 1 : 0;
  const std::size_t digits = digits_length(text.substr(1 + sign));
  return digits ? 1 + sign + digits : 0;
}

/// 16, 8 or 2 for a text that starts with 0x, 0o or 0b; else 10.
int base_of(std::string_view text) {
  if (text.size() < 2 || text[0] != '0') return 10;
  const char letter = static_cast<char>(text[1] | 0x20);
  return letter == 'x' ? 16 : letter == 'o' ? 8 : letter == 'b' ? 2 : 10;
}

}  // namespace

std::size_t number_length(std::string_view text) {
  if (const int base = base_of(text); base != 10) {
    const std::size_t blank = text.size() > 2 && text[2] == '_' ? 1 : 0;
    const std::size_t digits = digits_length(text.substr(2 + blank), base);
    return digits ? 2 + blank + digits : 1;  // "0" and a name
  }
  std::size_t length = digits_length(text);
  if (length < text.size() && text[length] == '.') {
    const std::size_t fraction = digits_length(text.substr(length + 1));
    if (length == 0 && fraction == 0) return 0;
    length += 1 + fraction;
  }
  return length == 0 ? 0 : length + exponent_length(text.substr(length));
}

std::optional<NumberText> read_number(std::string_view literal) {
  std::string plain(literal);
  std::erase(plain, '_');
  const int base = base_of(plain);
  if (base == 10 && plain.find_first_of(".eE") != std::string::npos) {
    NumberText number;
    const auto result = std::from_chars(plain.data(), plain.data() + plain.size(), number.value);
    if (result.ec != std::errc()) return std::nullopt;  // too large, or so small that it would be zero
    return number;
  }
  const std::string_view digits = std::string_view(plain).substr(base == 10 ? 0 : 2);
  std::uint64_t value = 0;
  const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  if (result.ec != std::errc() || value > (std::uint64_t{1} << 53)) return std::nullopt;
  return NumberText{static_cast<double>(value), true};
}

}  // namespace ranvier
