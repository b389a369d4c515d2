#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <ranvier/runtime/clock.hpp>

namespace ranvier {

struct ProfileEntry;

/// The slots of a step, in order. Everything that a step does belongs to one of them, or to what comes before
/// or after one: "before_groups", "after_groups".
class Schedule {
 public:
  /// start, groups, thresholds, synapses, resets, end.
  Schedule();
  /// Slots of one's own. Throws NetworkError for an empty list, a repeated slot, and what cannot be a name of
  /// one.
  explicit Schedule(std::vector<std::string> slots);

  std::span<const std::string> slots() const { return slots_; }
  /// Where `when` stands in a step. Throws NetworkError with the nearest slot if there is none of this name.
  int position(std::string_view when) const;

 private:
  std::vector<std::string> slots_;
};

/// One call of a step: a function, its object, and where in the step it belongs.
struct PlanEntry {
  std::string when;  // the slot
  int order = 0;
  int rank = 0;      // observers (1) come after what acts (0) in the same slot and order
  std::string name;  // breaks the remaining ties; numbers inside names compare as numbers
  void (*call)(void* object, const Clock& clock) = nullptr;
  void* object = nullptr;
  const Clock* clock = nullptr;  // whose steps it belongs to; the one of the object if nothing is said
  bool own_state_only = false;   // neither reads nor writes what belongs to other objects
  const char* action = "";       // what it does, for people: "state update"
  std::string of = {};           // for people: what it belongs to, if that is not plain from its name
  // The network's.
  int position = 0;  // of the slot in the schedule
  bool active = true;
  ProfileEntry* profile = nullptr;  // where its time is counted
};

/// The order of a step: slot, order, rank, name.
bool operator<(const PlanEntry& a, const PlanEntry& b);

/// "synapses_2" before "synapses_10".
bool natural_less(std::string_view a, std::string_view b);

}  // namespace ranvier
