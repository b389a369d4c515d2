#include <algorithm>
#include <ranvier/grammar/source.hpp>

namespace ranvier {

LineColumn Source::position(std::uint32_t offset) const {
  const std::string_view before = std::string_view(text_).substr(0, offset);
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const auto start = before.rfind('\n');  // npos + 1 is 0: the first line
  return {static_cast<std::uint32_t>(line), static_cast<std::uint32_t>(before.size() - (start + 1) + 1)};
}

std::string_view Source::line(std::uint32_t number) const {
  std::string_view rest = text_;
  for (std::uint32_t i = 1; i < number; ++i) {
    const auto end = rest.find('\n');
    if (end == std::string_view::npos) return {};
    rest.remove_prefix(end + 1);
  }
  rest = rest.substr(0, rest.find('\n'));
  if (rest.ends_with('\r')) rest.remove_suffix(1);
  return rest;
}

std::string_view Source::origin(std::uint32_t offset) const {
  const auto holds = [&](const Origin& o) { return o.span.begin <= offset && offset < o.span.end; };
  const auto found = std::ranges::find_if(origins_, holds);
  return found == origins_.end() ? std::string_view() : std::string_view(found->call);
}

}  // namespace ranvier
