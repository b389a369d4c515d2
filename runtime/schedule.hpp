#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <ranvier/runtime/clock.hpp>

namespace ranvier {

/// The slots of a step, in order. Everything that a step does belongs to one of them.
enum class Slot : std::uint8_t {
  before_start,
  start,
  after_start,
  before_groups,
  groups,
  after_groups,
  before_thresholds,
  thresholds,
  after_thresholds,
  before_synapses,
  synapses,
  after_synapses,
  before_resets,
  resets,
  after_resets,
  before_end,
  end,
  after_end
};
const char* to_string(Slot slot);

/// One call of a step: a function, its object, and where in the step it belongs.
struct PlanEntry {
  Slot slot = Slot::start;
  int order = 0;
  int rank = 0;      // observers (1) come after what acts (0) in the same slot and order
  std::string name;  // breaks the remaining ties; numbers inside names compare as numbers
  void (*call)(void* object, const Clock& clock) = nullptr;
  void* object = nullptr;
};

/// The order of a step: slot, order, rank, name.
bool operator<(const PlanEntry& a, const PlanEntry& b);

/// "synapses_2" before "synapses_10".
bool natural_less(std::string_view a, std::string_view b);

}  // namespace ranvier
