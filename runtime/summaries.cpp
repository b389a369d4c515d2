#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <ranvier/runtime/network.hpp>
#include <span>

// What a network says about its steps: their order, and the time they take.
namespace ranvier {
namespace {

template <std::size_t Columns>
using Row = std::array<std::string, Columns>;

/// Columns as wide as what is in them, two blanks between; those named in `right` end at the same place.
template <std::size_t Columns>
std::string table(const std::vector<Row<Columns>>& rows, std::string_view right) {
  std::array<std::size_t, Columns> width{};
  for (const auto& row : rows)
    for (std::size_t k = 0; k < Columns; ++k) width[k] = std::max(width[k], row[k].size());
  std::string text;
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t k = 0; k < Columns; ++k)
      line += right[k] == '>' ? fmt::format("{:>{}}  ", row[k], width[k])
                              : fmt::format("{:<{}}  ", row[k], width[k]);
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + '\n';
  }
  return text;
}

std::string in_time(double seconds) {
  if (seconds >= 1) return fmt::format("{:.6g} s", seconds);
  if (seconds >= 1e-3 * 0.01) return fmt::format("{:.6g} ms", seconds * 1e3);
  return fmt::format("{:.6g} us", seconds * 1e6);
}

std::string rhythm_of(const Clock& clock) {
  if (clock.times.empty()) return in_time(clock.dt);
  return clock.times.size() == 1 ? "at 1 time" : fmt::format("at {} times", clock.times.size());
}

}  // namespace

std::string Network::scheduling_summary() {
  if (!bound_ && !running_) prepare();
  std::vector<Row<7>> rows{{"slot", "order", "object", "does", "of", "every", "active"}};
  for (const PlanEntry& entry : plan_of(false))
    rows.push_back({entry.when, std::to_string(entry.order), entry.name, entry.action, entry.of,
                    rhythm_of(*entry.clock), entry.active ? "yes" : "no"});
  return table(rows, "<><<<<<");
}

std::string Network::memory_summary() const {
  std::vector<Row<5>> rows{{"object", "keeps", "of each", "now", "in a run"}};
  double now = 0, in_run = 0;
  for (const auto& object : objects_) {
    const std::vector<MemoryItem> all = object->memory(true), made = object->memory(false);
    now += total_of(made), in_run += total_of(all);
    for (const MemoryItem& item : all) {
      const auto found = std::ranges::find(made, item.what, &MemoryItem::what);
      rows.push_back({object->name(), item.what, in_bytes(item.each),
                      in_bytes(found == made.end() ? 0 : found->bytes), in_bytes(item.bytes)});
    }
  }
  rows.push_back({"all", "", "", in_bytes(now), in_bytes(in_run)});
  return table(rows, "<<>>>");
}

std::vector<ProfileEntry> Network::profiling_info() const {
  std::vector<ProfileEntry> entries;
  for (const auto& [key, entry] : profile_) entries.push_back(entry);
  std::ranges::stable_sort(entries, std::ranges::greater{}, &ProfileEntry::seconds);
  return entries;
}

std::string Network::profiling_summary() const {
  const std::vector<ProfileEntry> entries = profiling_info();
  double total = 0;
  for (const ProfileEntry& entry : entries) total += entry.seconds;
  std::vector<Row<6>> rows{{"seconds", "share", "calls", "object", "does", "slot"}};
  for (const ProfileEntry& entry : entries)
    rows.push_back({fmt::format("{:.6f}", entry.seconds),
                    fmt::format("{:.1f} %", total > 0 ? 100 * entry.seconds / total : 0),
                    std::to_string(entry.calls), entry.name, entry.action, entry.when});
  return table(rows, ">>><<<");
}

}  // namespace ranvier
