#pragma once
#include <charconv>
#include <concepts>
#include <string>
#include <string_view>

namespace ranvier {

/// The fewest digits that read back to the same double: "0.5", "20", "1e-09".
inline std::string shortest(double number) {
  char digits[32];
  return {digits, std::to_chars(digits, digits + sizeof digits, number).ptr};
}

namespace detail {
inline void append_text(std::string& out, std::string_view piece) {
  out += piece;
}
inline void append_text(std::string& out, double number) {
  out += shortest(number);
}
inline void append_text(std::string& out, std::integral auto number) {
  out += std::to_string(number);
}
}  // namespace detail

/// Pieces of a message, joined: text("'", name, "' needs ", 3, " arguments").
template <class... Pieces>
std::string text(const Pieces&... pieces) {
  std::string out;
  (detail::append_text(out, pieces), ...);
  return out;
}

}  // namespace ranvier
