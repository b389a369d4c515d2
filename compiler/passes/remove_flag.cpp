#include <ranvier/compiler/passes/remove_flag.hpp>

#include <algorithm>
#include <string_view>

namespace ranvier::pass {
namespace {

constexpr std::string_view blanks = " \t";

/// The offset behind the last character in front of `at` that is no blank.
std::size_t before(std::string_view text, std::size_t at) {
  const auto last = at == 0 ? text.npos : text.find_last_not_of(blanks, at - 1);
  return last == text.npos ? 0 : last + 1;
}

}  // namespace

Place extent_of_flag(const Flag& flag) {
  const std::string_view text = flag.place.source->text();
  std::size_t begin = before(text, flag.place.span.begin), end = flag.place.span.end;
  const auto next = text.find_first_not_of(blanks, end);
  const bool follows_comma = begin > 0 && text[begin - 1] == ',';
  const bool alone = begin > 0 && text[begin - 1] == '(' && next != text.npos && text[next] == ')';
  if (follows_comma) {
    --begin;
  } else if (alone) {
    begin = before(text, begin - 1);
    end = next + 1;
  } else if (next != text.npos && text[next] == ',') {
    begin = flag.place.span.begin;
    end = std::min(text.find_first_not_of(blanks, next + 1), text.size());
  } else {
    begin = flag.place.span.begin;  // an unusual list: the word alone
  }
  return {flag.place.source, {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}};
}

}  // namespace ranvier::pass
