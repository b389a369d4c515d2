#include <fmt/format.h>
#include <fmt/ranges.h>
#include <algorithm>
#include <cctype>
#include <ranvier/grammar/diagnostics.hpp>
#include <ranvier/runtime/names.hpp>
#include <ranvier/runtime/schedule.hpp>
#include <tuple>
#include <utility>

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

Schedule::Schedule() : slots_{"start", "groups", "thresholds", "synapses", "resets", "end"} {}

Schedule::Schedule(std::vector<std::string> slots) : slots_(std::move(slots)) {
  if (slots_.empty()) throw NetworkError("a schedule needs at least one slot");
  for (const std::string& slot : slots_) {
    if (!is_name(slot) || slot.starts_with("before_") || slot.starts_with("after_"))
      throw NetworkError(
          fmt::format("'{}' cannot be a slot: use letters, digits and _, and neither before_ nor after_, "
                      "which every slot has anyway",
                      slot));
    if (std::ranges::count(slots_, slot) > 1)
      throw NetworkError(fmt::format("the slot '{}' is in the schedule more than once", slot));
  }
}

int Schedule::position(std::string_view when) const {
  std::string_view slot = when;
  int side = 1;
  if (when.starts_with("before_")) side = 0, slot.remove_prefix(7);
  if (when.starts_with("after_")) side = 2, slot.remove_prefix(6);
  const auto found = std::ranges::find(slots_, slot);
  if (found != slots_.end()) return 3 * static_cast<int>(found - slots_.begin()) + side;
  std::vector<std::string> all;
  for (const std::string& s : slots_)
    for (const char* prefix : {"", "before_", "after_"}) all.push_back(prefix + s);
  const std::string near = nearest_name(when, all);
  throw NetworkError(fmt::format("the schedule has no slot '{}'; {}it has {}, each with before_ and after_",
                                 when, near.empty() ? "" : fmt::format("did you mean '{}'? ", near),
                                 fmt::join(slots_, ", ")));
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
  const auto head = [](const PlanEntry& e) { return std::tuple(e.position, e.order, e.rank); };
  if (head(a) != head(b)) return head(a) < head(b);
  return natural_less(a.name, b.name);
}

}  // namespace ranvier
