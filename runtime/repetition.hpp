#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <ranvier/runtime/due_synapses.hpp>
#include <ranvier/runtime/spike_history.hpp>

namespace ranvier {

/// An event that is another one, later: to which elements (here the "synapses" of what is due) it is going to
/// happen, and in which steps. Every time that the other one happens, it happens once, whatever changes
/// meanwhile.
class Repetition {
 public:
  Repetition(SpikeHistory& source, double delay, std::int64_t now)
      : source_(&source), delay_(delay), next_(now), taken_(now) {}

  double delay() const { return delay_; }  // [s]
  /// How many steps the delay is; `lag`: 1 if it comes before the other event in a step, else 0. Between two
  /// runs.
  void set_steps(std::int64_t steps, std::int64_t lag);
  /// The elements that it happens to in a step, ascending; one that it happens to twice is there twice. Steps
  /// that were left out are made up for.
  std::span<const std::int32_t> take(std::int64_t step);
  /// Whether nothing would be too many steps ahead if steps were `ratio` times as many.
  bool fits(double ratio) const;
  void renumber(const Renumbering& renumbered);
  /// `name` begins the names that it is kept under.
  void archive(Archive& archive, const std::string& name, std::int64_t elements);

 private:
  void look(std::int64_t end);

  SpikeHistory* source_;
  double delay_;
  std::int64_t steps_ = 0;
  std::int64_t lag_ = 0;
  std::int64_t next_;   // the step that it waits for
  std::int64_t taken_;  // what the source listed before this step is in `due_`
  DueSynapses due_;
  std::vector<std::int32_t> elements_;
};

}  // namespace ranvier
