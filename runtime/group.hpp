#pragma once
#include <concepts>
#include <cstdint>
#include <deque>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <ranvier/compiler/compile.hpp>
#include <ranvier/runtime/kernel_set.hpp>
#include <ranvier/runtime/operations.hpp>
#include <ranvier/runtime/repetition.hpp>
#include <ranvier/runtime/spike_history.hpp>
#include <ranvier/runtime/state_owner.hpp>

namespace ranvier {

class CodeOperation;
class Group;

/// Where a group stands in time: its clock, and its place among others in the same slot.
struct GroupPlace {
  const Clock& clock;
  int order = 0;
};

/// Where in a step something happens: slot, and order among what is in the same slot.
struct SlotPlace {
  std::string when;
  int order = 0;
};

/// Where an event is looked for: what is not given stays as it is.
struct EventSchedule {
  std::string when = {};
  std::optional<int> order = {};
};

/// Where in a step the code of an event runs, and how much later.
struct RunOnEventOptions {
  std::string when = "after_resets";
  int order = 0;
  Time delay{0};  // to the nearest step
};

/// Something that happens to elements of a group, spikes among others: to which ones in the last steps, where
/// in a step it is looked for, and where the code runs that it leads to.
struct GroupEvent {
  Group* group;
  std::string name;
  SpikeHistory history;
  SlotPlace place;
  SlotPlace code_place;
  BoundKernel* condition = nullptr;  // of the group's kernels; nullptr: none
  BoundKernel* code = nullptr;
  GroupEvent* repeats = nullptr;  // the event that this one is, later; it has no condition of its own
  std::optional<Repetition> repetition = {};
};

/// A contiguous part of a group: a view, no copy. Its elements are numbered from 0.
class Slice {
 public:
  Slice(Group& group);  // the whole group; implicit, so that groups go where slices do
  Slice(Group& group, std::int64_t begin, std::int64_t end);

  Group& group() const { return *group_; }
  std::int64_t begin() const { return begin_; }
  std::int64_t end() const { return end_; }
  std::int64_t size() const { return end_ - begin_; }

  VariableView operator[](std::string_view variable) const;
  /// Ascending numbers, within the slice, of the elements where a condition holds: indices("v > 0*mV").
  std::vector<std::int64_t> indices(std::string_view condition) const;
  /// A part of this slice, half-open, relative to it. Throws NetworkError if empty or out of range.
  Slice slice(std::int64_t begin, std::int64_t end) const;

  /// As of a group, for these elements only: i and N are those of the slice.
  CodeOperation& run_regularly(const std::string& code, const OperationOptions& options = {}) const;
  CodeOperation& run_at(const std::string& code, std::span<const Time> times,
                        const RunAtOptions& options = {}) const;
  CodeOperation& run_at(const std::string& code, std::initializer_list<Time> times,
                        const RunAtOptions& options = {}) const {
    return run_at(code, std::span(times.begin(), times.size()), options);
  }

 private:
  Group* group_;
  std::int64_t begin_;
  std::int64_t end_;
};

/// Elements with named state that a step updates and that may spike. NeuronGroup and PoissonGroup are groups.
class Group : public Object, public StateOwner {
 public:
  std::int64_t size() const { return count_; }
  /// A variable by name; throws NetworkError (with the nearest name) if the group has none.
  VariableView operator[](std::string_view variable);
  template <std::integral Element>  // a literal 0 would become a null text
  VariableView operator[](Element) = delete;
  /// Ascending numbers of the elements where a condition holds: indices("v > 0*mV").
  std::vector<std::int64_t> indices(std::string_view condition) {
    return StateOwner::indices(condition, 0, count_);
  }
  /// Elements [begin, end).
  Slice slice(std::int64_t begin, std::int64_t end) { return Slice(*this, begin, end); }

  /// Runs statements for all elements, "v += 1*mV", at every step of a clock: those about shared variables
  /// once, then the others for each element. They see the t and dt of the group. Variables that are protected
  /// while refractory stay so. Throws ModelError for the code, NetworkError for the rest.
  CodeOperation& run_regularly(const std::string& code, const OperationOptions& options = {}) {
    return Slice(*this).run_regularly(code, options);
  }
  /// The same at given times: in the step that begins then, or else between two steps.
  CodeOperation& run_at(const std::string& code, std::span<const Time> times,
                        const RunAtOptions& options = {}) {
    return Slice(*this).run_at(code, times, options);
  }
  CodeOperation& run_at(const std::string& code, std::initializer_list<Time> times,
                        const RunAtOptions& options = {}) {
    return Slice(*this).run_at(code, times, options);
  }

  /// Says what a `(linked)` variable stands for: a variable or subexpression of a group, of a slice of one.
  /// Every element reads that of the same number, the one element there is, or the one that `.index` names.
  /// Throws NetworkError if units, types or sizes do not fit.
  void link(std::string_view variable, const VariableView& source, const LinkOptions& options = {});

  /// Sets a constant of this group's namespace. Takes effect at the next run; nothing is compiled again
  /// unless its dimension or kind changed.
  void set(const std::string& constant, const NamespaceValue& value);

  /// Goes on where a group of another network stopped, at the same time: with its states, and with the next
  /// spikes that it has drawn where both are Poisson neurons with rates that are values and steps of one
  /// length. Throws NetworkError for another time and for this group.
  virtual void go_on_from(const Group& before);

  /// Elements that spiked in the last step, ascending.
  std::span<const std::int32_t> spikes() const;
  /// Runs statements, "x += 1", for the elements that an event happens to, also for variables that are
  /// protected while refractory. Once for each event: a reset is the code of "spike". With a delay, as often
  /// as wanted: the code then is that of another event, <event>_later (or <event>_later_1, ...), which
  /// happens to the same elements that much later. Throws ModelError for the code, NetworkError for an event
  /// that there is not or that has code already, and for a delay that is negative or too long.
  void run_on_event(const std::string& event, const std::string& code, const RunOnEventOptions& options = {});
  /// Moves where an event is looked for: "spike" from "thresholds", others from "after_thresholds".
  void set_event_schedule(std::string_view event, const EventSchedule& schedule);

  /// Its place among the groups of a slot: lower ones come first.
  int order() const { return order_; }
  /// The integration method of the last preparation, and why it was chosen.
  const std::string& method() const { return method_; }
  const std::string& method_reason() const { return method_reason_; }
  /// The kernels of the last preparation as text.
  std::string kernel_text() const { return kernels_.text(); }

  const GroupModel& model() const { return model_; }
  // For the objects of the same network.
  Network& network_of() override { return network_; }
  SpikeHistory& history() { return events_.front().history; }
  /// What there is to know of a kind of event: "spike", or a name of the model's. Throws NetworkError, with
  /// the nearest name, if nothing of this name ever happens in the group.
  GroupEvent& event(std::string_view name);
  /// The same for those who only look on: spikes may be followed in every group, since the host can inject
  /// them.
  GroupEvent& followed(std::string_view event);

 protected:
  friend class Network;
  Group(Network& network, std::string name, std::int64_t count, GroupModel model, const GroupPlace& place,
        Namespace names);

  // Object
  const Namespace& own_names() const override { return names_; }
  std::set<std::string> names_in_texts() const override { return names_in(model_); }
  const std::vector<Variable>* declared_variables() const override { return &model_.variables; }
  Namespace names_within(const Namespace& network) const override;
  Lowered lower(const Namespace& names) override;
  void attach(Lowered lowered, std::vector<ExecutablePtr> code) override;
  void bind(const RunContext& context) override;
  void plan(std::vector<PlanEntry>& entries) override;
  void require_steps(const Clock& clock, const Clock& changed) const override;
  void renumber_steps(const Clock& changed, const Renumbering& renumbered) override;
  void warn(std::vector<Diagnostic>& warnings) const override;
  void archive(Archive& archive) override;
  std::vector<MemoryItem> memory(bool) const override {
    return memory_of(model_.variables, static_cast<double>(count_));
  }
  // StateOwner
  std::int64_t element_count() const override { return count_; }
  const std::vector<Variable>& variables() const override { return model_.variables; }
  const Variable* special(std::string_view name) const override;
  const std::string& owner_name() const override { return name(); }
  const Clock& owner_clock() const override { return clock(); }
  Kernel lower_assignment(const std::string& variable, AssignOp op, const SourcePtr& value,
                          const Namespace& names, std::vector<Diagnostic>& warnings) override;
  Kernel lower_selection(const SourcePtr& condition, const Namespace& names,
                         std::vector<Diagnostic>& warnings) override;
  Kernel lower_probe(const SourcePtr& expression, const Namespace& names,
                     std::vector<Diagnostic>& warnings) override;
  Namespace all_names() const override;
  // KernelEnvironment
  void* address(const Column& column) override;
  double extent(ScalarKind kind) const override;

  /// Writes the elements that spike in this step, ascending, into a list, and returns their number. Here:
  /// those that cross the threshold.
  virtual std::int64_t spikes_of_step(const Clock& clock, std::int32_t* list);

  /// Spikes that the host adds to the next step.
  void inject(std::span<const std::int32_t> elements);

 private:
  void compute_constants(const Clock& clock) { kernels_.run_constants(clock, count_); }
  void integrate(const Clock& clock);
  void detect(const Clock& clock);
  GroupEvent& add_repetition(GroupEvent& event, const RunOnEventOptions& options);
  std::int64_t steps_of(const GroupEvent& event, double delay, const Clock& clock) const;
  PlanEntry entry_of(GroupEvent& event, const SlotPlace& place) const;
  void bind_events();
  void archive_event(Archive& archive, GroupEvent& event);
  static void look_for(GroupEvent& event, const Clock& clock);
  static void repeat(GroupEvent& event, const Clock& clock);
  static void act_on(GroupEvent& event, const Clock& clock);
  void plan_events(std::vector<PlanEntry>& entries);
  bool is_fused() const;
  /// Whether update and threshold have to be compiled again to be one kernel, or two.
  bool fuse(bool possible);
  std::int64_t merge_injected(std::int32_t* list, std::int64_t count, const Clock& clock);

  std::int64_t count_;
  int order_;
  GroupModel model_;
  Namespace names_;
  std::deque<GroupEvent> events_;     // the first: spikes
  BoundKernel* threshold_ = nullptr;  // of the kernels: the one that finds spikes
  KernelSet kernels_;
  bool apart_ = false;  // other code runs between update and threshold
  std::string method_;
  std::string method_reason_;
  std::vector<std::int32_t> injected_;
};

}  // namespace ranvier
