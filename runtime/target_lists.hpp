#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include <ranvier/runtime/team.hpp>

namespace ranvier {

/// A list of synapses taken apart into lists that have no target in common, so that several threads can
/// execute them.
class TargetLists {
 public:
  /// One list for each thread of the team, in the order of `synapses`; until it is called again. `target`: of
  /// every synapse, one of [first, first + targets).
  const std::vector<std::span<std::int32_t>>& divide(std::span<const std::int32_t> synapses,
                                                     std::span<const std::int32_t> target, std::int64_t first,
                                                     std::int64_t targets, Team& team);

 private:
  std::vector<std::int32_t> synapses_;
  std::vector<std::span<std::int32_t>> lists_;
};

}  // namespace ranvier
