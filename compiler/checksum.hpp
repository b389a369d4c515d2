#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace ranvier {

/// XXH64 of what it was given so far: for files that say when they are damaged.
class Checksum {
 public:
  Checksum();
  ~Checksum();
  Checksum& add(std::span<const std::byte> bytes);
  std::uint64_t value() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

std::uint64_t checksum(std::span<const std::byte> bytes);

}  // namespace ranvier
