#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ranvier {

/// Machine code that later processes find again, in files of a folder. Whatever goes wrong (no rights, a full
/// disk, damaged or half-written files, other processes at the same time) is an object that is not there, and
/// no error. What is found is executed: files and folders that belong to another user, or that others may
/// write, count as not there.
class ObjectCache {
 public:
  static constexpr std::uint64_t usual_size = std::uint64_t{64} << 20;

  /// Nothing is found or kept with the folder "". It is made when something is kept. The files take at most
  /// `most_bytes` together; those that were not used for the longest time go first.
  explicit ObjectCache(std::string folder, std::uint64_t most_bytes = usual_size);

  std::optional<std::string> find(std::string_view key) const;
  void add(std::string_view key, std::string_view object) const;

 private:
  std::string folder_;
  std::uint64_t most_bytes_;
};

}  // namespace ranvier
