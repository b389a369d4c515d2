#include <cctype>
#include <ranvier/runtime/schedule.hpp>
#include <tuple>

namespace ranvier {
namespace {

bool digit(std::string_view text, std::size_t at) {
  return at < text.size() && std::isdigit(static_cast<unsigned char>(text[at]));
}

std::string_view take_number(std::string_view text, std::size_t& at) {
  while (at + 1 < text.size() && text[at] == '0' && digit(text, at + 1)) ++at;
  const std::size_t begin = at;
  while (digit(text, at)) ++at;
  return text.substr(begin, at - begin);
}

}  // namespace

const char* to_string(Slot slot) {
  constexpr const char* names[] = {
      "before_start",      "start",      "after_start",      "before_groups",   "groups",   "after_groups",
      "before_thresholds", "thresholds", "after_thresholds", "before_synapses", "synapses", "after_synapses",
      "before_resets",     "resets",     "after_resets",     "before_end",      "end",      "after_end"};
  return names[static_cast<int>(slot)];
}

bool natural_less(std::string_view a, std::string_view b) {
  std::size_t i = 0, j = 0;
  while (i < a.size() && j < b.size()) {
    if (digit(a, i) && digit(b, j)) {
      const std::string_view x = take_number(a, i), y = take_number(b, j);
      if (x.size() != y.size()) return x.size() < y.size();
      if (x != y) return x < y;
    } else if (a[i] != b[j]) {
      return a[i] < b[j];
    } else {
      ++i, ++j;
    }
  }
  return a.size() - i < b.size() - j;
}

bool operator<(const PlanEntry& a, const PlanEntry& b) {
  const auto head = [](const PlanEntry& e) { return std::tuple(e.slot, e.order, e.rank); };
  if (head(a) != head(b)) return head(a) < head(b);
  return natural_less(a.name, b.name);
}

}  // namespace ranvier
