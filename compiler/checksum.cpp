#define XXH_STATIC_LINKING_ONLY  // a state of its own, without an allocation that can fail
#include <xxhash.h>
#include <ranvier/compiler/checksum.hpp>

namespace ranvier {

struct Checksum::State {
  XXH64_state_t hash;
};

Checksum::Checksum() : state_(std::make_unique<State>()) {
  XXH64_reset(&state_->hash, 0);
}
Checksum::~Checksum() = default;

Checksum& Checksum::add(std::span<const std::byte> bytes) {
  if (!bytes.empty()) XXH64_update(&state_->hash, bytes.data(), bytes.size());
  return *this;
}

std::uint64_t Checksum::value() const {
  return XXH64_digest(&state_->hash);
}

std::uint64_t checksum(std::span<const std::byte> bytes) {
  return XXH64(bytes.data(), bytes.size(), 0);
}

}  // namespace ranvier
