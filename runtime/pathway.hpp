#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <ranvier/compiler/compile_synapses.hpp>
#include <ranvier/compiler/units.hpp>
#include <ranvier/runtime/bound_kernel.hpp>
#include <ranvier/runtime/delay_segments.hpp>
#include <ranvier/runtime/due_synapses.hpp>
#include <ranvier/runtime/group.hpp>
#include <ranvier/runtime/target_lists.hpp>

namespace ranvier {

class Synapses;

/// Code of synapses that follows an event of the neurons on one side: "pre" of the source, "post" of the
/// target, or others with names of their own. Each has its own delay and its own place in a step: by default
/// the slot `synapses`, order -1 for what follows the source and +1 for what follows the target.
class Pathway {
 public:
  /// For Synapses; `model` is a part of theirs.
  Pathway(Synapses& synapses, PathwayModel& model, Time delay);
  Pathway(const Pathway&) = delete;
  Pathway& operator=(const Pathway&) = delete;

  const std::string& name() const { return model_.name; }
  /// What it follows: "spike", or another event of the neurons.
  const std::string& event() const { return model_.event; }
  /// Whether these are neurons of the target.
  bool follows_target() const { return model_.post; }
  /// Whose steps it belongs to.
  const Clock& clock() const { return side_.group().clock(); }

  /// The delay of all synapses, and the steps it is rounded to. Throws NetworkError if each has its own.
  Time delay() const;
  std::int64_t delay_steps() const;
  /// One delay for all synapses, those to come included. It holds for spikes from now on: those that are in
  /// flight arrive when they would have. Throws NetworkError unless it is positive or zero and less than a
  /// million steps, and if the pathway's code writes delays.
  void set_delay(Time delay);
  bool has_own_delays() const { return delays_ || segments_; }
  /// `pathway["delay"]`: that of each synapse. Assigning makes them differ, unless one was given for all.
  /// They are kept as steps, at most 65535 of them; synapses to come have none.
  VariableView operator[](std::string_view variable);

  const std::string& when() const { return place_.when; }
  int order() const { return place_.order; }
  /// The slot, and its place in it; from the next run on.
  void set_when(std::string when);
  void set_order(int order);

 private:
  friend class Synapses;
  // What Synapses does for all pathways.
  PathwayUse use();
  void detach();
  void attach(BoundKernel kernel);
  void bind(const RunContext& context);
  void plan(std::vector<PlanEntry>& entries);
  void require_steps(const Clock& changed) const;
  void renumber_steps(const Renumbering& renumbered);
  /// Takes the spikes that are on their way; none are left there.
  void go_on_from(Pathway& before, const Renumbering& renumbered);
  void archive(Archive& archive, std::int64_t synapses);
  std::vector<double> delays_at(std::span<const std::int32_t> positions) const;
  /// Throws NetworkError, having changed nothing.
  void set_delays(std::span<const std::int32_t> positions, std::span<const double> delays);
  /// How its code runs, unless something changes while spikes are on their way.
  PathwayUse usual(bool grouped) const {
    const bool listed = model_.post || (has_own_delays() && !grouped);
    return {!listed, listed, clock().dt};
  }
  std::string kernel_text() const;
  /// Synapses are about to change: spikes that are on their way keep to those there are.
  void hold_spikes();
  bool has_due() const { return !due_.empty(); }
  /// The own delays of `count` synapses, k of which was from[k] before, or is new if that is -1.
  std::optional<Array> moved_delays(std::int64_t count, const std::vector<std::int64_t>& from) const;
  void take_delays(std::optional<Array> delays) { delays_ = std::move(delays); }
  /// Synapse k is now moved[k], or nowhere if that is -1.
  void move(std::span<const std::int32_t> moved) { due_.move(moved); }
  /// Where delays would be if rows were stored in their order.
  std::optional<DelaySegments> new_segments() const;
  /// Rows are stored in the order of delays, which need not be kept; or no longer.
  void take_segments(DelaySegments segments);
  void give_segments_back(Array delays);

  std::int64_t in_steps(double delay, const Clock& clock) const;
  Network& network() const { return side_.group().network_of(); }
  std::string entry_name() const;
  std::int64_t current_lag() const;
  void see_after(std::int64_t lag);
  void hold_spikes_before(std::int64_t step);
  void send(std::int64_t step);
  void give_own_delays();
  void require_one_delay() const;
  void archive_delays(Archive& archive, std::int64_t synapses);
  std::span<std::int32_t> spikes_of(std::int64_t step);
  void catch_up(std::int64_t now);
  void deliver(const Clock& clock);
  void take_up(std::int64_t step);
  bool send_together(std::int64_t step);
  void deliver_list(const Clock& clock, std::span<std::int32_t> synapses);
  void deliver_to(const Clock& clock, std::span<std::int32_t> neurons);
  void deliver_rows(const Clock& clock, std::span<const std::int32_t> neurons);
  void deliver_blocks(const Clock& clock, std::span<const std::int32_t> neurons, const RowBlocks& blocks);
  void deliver_unordered(const Clock& clock, std::span<const std::int32_t> neurons);
  void deliver_segments(const Clock& clock);
  void deliver_pieces_in_blocks(const Clock& clock);
  void send_segments(std::int64_t step, std::int64_t now);
  void deliver_to_targets(const Clock& clock, std::span<const std::int32_t> neurons);

  Synapses& synapses_;
  PathwayModel& model_;
  Slice side_;
  GroupEvent& event_;
  SlotPlace place_;
  double delay_;                           // [s] of all synapses
  std::int64_t steps_;                     // it is rounded to
  std::optional<Array> delays_;            // [steps] of each, in 16 bits, instead
  std::optional<DelaySegments> segments_;  // or the order in which rows are stored says them
  std::int64_t lag_ = 0;   // steps after which it sees an event: 1 if its slot comes before that of the event
  std::int64_t next_ = 0;  // the step that it acts in next
  std::int64_t held_ = 0;  // events of steps before this one are not looked up any more
  DueSynapses due_;  // what earlier events lead to, apart from those that are looked up when they are due
  TargetLists lists_;
  std::vector<std::int32_t> taken_apart_;  // rows whose targets do not ascend
  bool takes_apart_ = false;
  bool draws_ = false;  // its code does, with numbers that follow from where synapses are stored
  RowPieces pieces_;
  std::vector<RowPieces> blocks_;
  bool listed_ = false;  // has code over lists of synapses
  BoundKernel rows_, list_;
};

}  // namespace ranvier
