#pragma once
#include <cstdint>
#include <string>

namespace ranvier {

/// What one thing that steps do has taken: the state update of a group, a pathway of synapses.
struct ProfileEntry {
  std::string name;        // "synapses_pre"
  std::string action;      // "pathway"
  std::string when;        // its slot
  double seconds = 0;      // of wall time
  std::int64_t calls = 0;  // steps
};

}  // namespace ranvier
