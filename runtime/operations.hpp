#pragma once
#include <optional>
#include <string>

#include <ranvier/compiler/units.hpp>
#include <ranvier/runtime/clock.hpp>

namespace ranvier {

/// When something that is no part of a model happens: at every step of a clock, in a slot.
struct OperationOptions {
  std::optional<Time> dt = {};   // default: at every step of what it belongs to
  const Clock* clock = nullptr;  // instead of dt: one that the network has
  std::string when = "start";    // slot
  int order = 0;                 // its place in the slot: lower ones come first
  std::string name = {};         // default: neurongroup_run_regularly, neurongroup_run_regularly_1, ...
};

/// When something happens that happens at given times.
struct RunAtOptions {
  std::string when = "start";  // slot
  int order = 0;               // its place in the slot: lower ones come first
  std::string name = {};       // default: neurongroup_run_at, neurongroup_run_at_1, ...
};

}  // namespace ranvier
