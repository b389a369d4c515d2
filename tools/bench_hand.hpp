#pragma once
#include <memory>
#include <string_view>

#include <ranvier/tools/session.hpp>

namespace ranvier::tool {

/// A model of the built-in set written by hand, in the same state as the model's text is in. It computes in
/// vectors as wide as the machine has, with a step for all neurons: update, threshold, reset; or synapses and
/// learning.
class HandKernel {
 public:
  virtual ~HandKernel() = default;
  virtual void step(std::int64_t steps) = 0;
  /// So far.
  virtual std::int64_t spikes() const = 0;
  /// [s] that passing on synaptic events has taken so far, and how many they were.
  virtual double event_seconds() const { return 0; }
  virtual double events() const { return 0; }
};

/// nullptr: nobody has written this one by hand.
std::unique_ptr<HandKernel> by_hand(std::string_view model, Session& session);

}  // namespace ranvier::tool
