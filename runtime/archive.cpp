#include <fmt/format.h>
#include <algorithm>
#include <ranvier/grammar/diagnostics.hpp>
#include <ranvier/runtime/archive.hpp>

namespace ranvier {

void Archive::begin(std::string_view object) {
  object_ = object;
}

void Archive::require(bool holds, std::string_view problem) const {
  if (!holds)
    throw NetworkError(fmt::format("restore: '{}' does not fit the snapshot: {}", object_, problem));
}

void Archive::require_all_used() const {
  for (const auto& [name, field] : snapshot_.fields)
    if (!used_.contains(name))
      throw NetworkError(
          fmt::format("restore: the snapshot has '{}', which nothing in this network has", name));
}

const Snapshot::Field& Archive::find(std::string_view name, const std::string& kind) {
  const std::string path = fmt::format("{}/{}", object_, name);
  const auto found = snapshot_.fields.find(path);
  require(found != snapshot_.fields.end(), fmt::format("it has no '{}'", path));
  used_[path] = true;
  require(found->second.kind == kind,
          fmt::format("'{}' is {} there and {} here", path, found->second.kind, kind));
  return found->second;
}

std::int64_t Archive::count_of(std::string_view object, std::string_view name) const {
  const auto found = snapshot_.fields.find(fmt::format("{}/{}", object, name));
  return found == snapshot_.fields.end() ? 0 : static_cast<std::int64_t>(found->second.count);
}

void Archive::bytes(std::string_view name, std::string kind, std::string_view unit,
                    std::span<std::byte> values, std::size_t count) {
  if (!unit.empty()) kind += fmt::format(" {}", unit);
  if (purpose_ == Purpose::write) {
    snapshot_.fields[fmt::format("{}/{}", object_, name)] = {kind, count, {values.begin(), values.end()}};
    return;
  }
  const Snapshot::Field& field = find(name, kind);
  require(field.count == count,
          fmt::format("'{}' has {} values there and {} here", name, field.count, count));
  if (reading()) std::ranges::copy(field.bytes, values.begin());
}

}  // namespace ranvier
