#include <fmt/format.h>
#include <sys/resource.h>
#include <algorithm>
#include <array>
#include <fstream>
#include <limits>
#include <optional>
#include <ranvier/compiler/types.hpp>
#include <ranvier/grammar/diagnostics.hpp>
#include <ranvier/runtime/memory.hpp>
#include <utility>

namespace ranvier {
namespace {

using Bytes = std::optional<std::uint64_t>;

/// The number behind `key` in a file of lines `key number`; the first number of the file if there is no key.
Bytes number_in(const char* path, const std::string& key) {
  std::ifstream file(path);
  std::uint64_t number = 0;
  for (std::string word; key.empty() || file >> word;)
    if (key.empty() || word == key) return file >> number ? Bytes(number) : std::nullopt;
  return std::nullopt;
}

std::uint64_t difference(std::uint64_t most, std::uint64_t used) {
  return most > used ? most - used : 0;
}

Bytes left_in_machine() {
  const Bytes kilobytes = number_in("/proc/meminfo", "MemAvailable:");
  return kilobytes ? Bytes(*kilobytes * 1024) : std::nullopt;
}

Bytes left_in_control_group() {
  const Bytes most = number_in("/sys/fs/cgroup/memory.max", ""),
              used = number_in("/sys/fs/cgroup/memory.current", "");
  return most && used ? Bytes(difference(*most, *used)) : std::nullopt;
}

Bytes left_in_address_space() {
  rlimit limit{};
  if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return std::nullopt;
  const Bytes kilobytes = number_in("/proc/self/status", "VmSize:");
  return difference(limit.rlim_cur, kilobytes.value_or(0) * 1024);
}

}  // namespace

std::uint64_t available_memory() {
  std::uint64_t least = std::numeric_limits<std::uint64_t>::max();
  for (const Bytes& bytes : {left_in_machine(), left_in_control_group(), left_in_address_space()})
    least = std::min(least, bytes.value_or(least));
  return least;
}

double bytes_of_element(const std::vector<Variable>& variables) {
  double bytes = 0;
  for (const MemoryItem& item : memory_of(variables, 0)) bytes += item.each;
  return bytes;
}

double total_of(const std::vector<MemoryItem>& items) {
  double total = 0;
  for (const MemoryItem& item : items) total += item.bytes;
  return total;
}

std::vector<MemoryItem> memory_of(const std::vector<Variable>& variables, double count) {
  std::vector<MemoryItem> items;
  for (const Variable& v : variables) {
    if (!is_stored(v) || v.shared) continue;
    const auto each = static_cast<double>(size_of(storage_of(v)));
    items.push_back({v.name, each, each * count});
  }
  return items;
}

std::string in_bytes(double bytes) {
  constexpr std::array<std::pair<double, const char*>, 4> units{
      {{1e12, "TB"}, {1e9, "GB"}, {1e6, "MB"}, {1e3, "kB"}}};
  for (const auto& [size, name] : units)
    if (bytes >= size) return fmt::format("{:.3g} {}", bytes / size, name);
  return fmt::format("{} bytes", bytes);
}

bool worth_asking(double bytes, const Limits& limits) {
  constexpr double always_there = 1 << 24;
  return limits.state_bytes > 0 || bytes >= always_there;
}

void require_memory(const std::string& what, double bytes, const Limits& limits,
                    const std::vector<MemoryItem>& items) {
  if (!worth_asking(bytes, limits)) return;
  const bool own = limits.state_bytes > 0;
  const std::uint64_t most = own ? limits.state_bytes : available_memory();
  if (bytes <= static_cast<double>(most)) return;
  std::string text = fmt::format("{} would need {} of memory, but {} {} ({}Limits::state_bytes)", what,
                                 in_bytes(bytes), in_bytes(static_cast<double>(most)),
                                 own ? "are allowed" : "are available", own ? "" : "set another bound with ");
  for (const MemoryItem& item : items)
    text += fmt::format("\n  {:<20} {:>9}", item.what, in_bytes(item.bytes));
  throw NetworkError(text);
}

void report_memory_exhausted(const std::string& name) {
  throw NetworkError(fmt::format("out of memory while making '{}'; nothing has changed", name));
}

}  // namespace ranvier
