#pragma once
#include <cstdint>
#include <deque>
#include <initializer_list>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <ranvier/runtime/connect_options.hpp>
#include <ranvier/runtime/connectivity.hpp>
#include <ranvier/runtime/elements.hpp>
#include <ranvier/runtime/neuron_selection.hpp>
#include <ranvier/runtime/pathway.hpp>
#include <ranvier/runtime/pathway_options.hpp>

namespace ranvier {

class HostOperation;

/// How float variables are kept. What is computed with them is float64 in any case: a float32 is widened when
/// it is read, and rounded when it is written.
enum class Dtype : std::uint8_t { float64, float32 };

struct SynapsesOptions {
  EquationsText equations = {};          // synaptic variables: "w : volt", or Equations
  PathwayCode on_pre = {};               // what a spike of the source does: "v_post += w"
  PathwayCode on_post = {};              // what a spike of the target does
  ByPathway<std::string> on_event = {};  // what is followed instead of spikes, by all pathways or by name
  ByPathway<Time> delay = {};            // of all synapses, of the pathway pre or by name; rounded to steps
  std::string multisynaptic_index = {};  // a name for the number of a synapse among those of its pair: "k"
  std::string method = {};               // of the clock-driven equations; see NeuronGroupOptions
  Namespace namespace_ = {};
  std::optional<Time> dt = {};   // length of the steps of the equations; default: that of the source
  const Clock* clock = nullptr;  // instead of dt: a clock that the network has
  int order = 0;                 // its place among the groups of a slot: lower ones come first
  Dtype dtype = Dtype::float64;  // of the float variables of synapses
  std::string name = {};         // default: synapses, synapses_1, ...
  MethodOptions method_options = {};
};

/// Synapses between two groups or slices: created by `connect`, driven by events of both sides. Either side
/// may also be other synapses, to which no events happen; a synapse that begins or ends at a removed one is
/// removed with it.
class Synapses : public Object, public StateOwner {
 public:
  std::int64_t size() const { return connectivity_.size(); }
  Elements source() const { return source_; }
  Elements target() const { return target_; }

  /// Creates synapses behind the existing ones, which keep their variables and their spikes in flight. They
  /// are numbered in the order of the candidates: the targets of each source in turn (for a generator in `.i`
  /// the sources of each target), or the given pairs; copies of a pair stand together. New variables are 0. A
  /// call that throws (NetworkError, ModelError) has changed nothing.
  void connect(const ConnectOptions& options = {});
  void connect(std::string_view condition) { connect({.condition = std::string(condition)}); }
  /// Throws as `connect` does for what can be known of a rule without following it, and makes nothing.
  void check(const ConnectOptions& rule);

  VariableView operator[](std::string_view variable);
  /// Throws NetworkError if `connect` was never called: it must be before `what`.
  void require_connected(std::string_view what) const;
  /// Removes synapses by their numbers, or those where a condition holds, at once: also in the middle of a
  /// run. Spikes on their way through them are gone, all others arrive. The numbers of later synapses move
  /// down; state monitors go on recording the synapses that they record, under the numbers they had. Returns
  /// how many were removed. Throws NetworkError for a number that no synapse has and for a synapse that is
  /// recorded; then nothing has changed.
  std::int64_t remove(std::span<const std::int64_t> synapses);
  std::int64_t remove(std::initializer_list<std::int64_t> synapses) {
    return remove(std::span(synapses.begin(), synapses.size()));
  }
  std::int64_t remove(std::string_view condition) { return remove(indices(condition)); }
  /// Makes synapses by a rule at every step of a clock, and sets variables of those that are new:
  /// connect_regularly({.p = 0.01}, {{"w", "0.1*rand()"}}, {.dt = 100*ms}). Throws as `connect` does.
  HostOperation& connect_regularly(const ConnectOptions& rule,
                                   const std::vector<std::pair<std::string, std::string>>& values = {},
                                   const OperationOptions& options = {});
  /// Removes at every step of a clock the synapses where a condition then holds:
  /// remove_regularly("w < 0.01", {.dt = 100*ms}). Throws ModelError for the condition.
  HostOperation& remove_regularly(const std::string& condition, const OperationOptions& options = {});
  /// Memory that each synapse takes [bytes]: target, variables, delays, numbering, and what its code looks up
  /// in the structure; now, and in a run. See Network::memory_summary.
  double bytes_per_synapse() const;
  double bytes_per_synapse_in_run() const;

  /// Says what a `(linked)` variable stands for: a shared variable, or with the name of an integer variable
  /// as
  /// `.index` any variable of a group. Throws NetworkError.
  void link(std::string_view variable, const VariableView& source, const LinkOptions& options = {});
  /// Ascending numbers of the synapses where a condition holds: indices("w > 0 and i == 3").
  std::vector<std::int64_t> indices(std::string_view condition) {
    return StateOwner::indices(condition, 0, size());
  }
  /// Ascending numbers of the synapses from some neurons to others, as elements of a variable or of what is
  /// recorded: `synapses["w"][synapses.between(3, {0, 1})] = 2*nS`, `{.record = synapses.between(3)}`.
  /// `copy`: only the synapse of a pair with this number among its copies. Neurons are counted within the
  /// slices; those that do not exist have no synapses. Throws NetworkError for a slice of another group.
  std::vector<std::int64_t> between(const NeuronSelection& sources, const NeuronSelection& targets = {},
                                    std::optional<std::int64_t> copy = {}) const;
  /// Runs statements for all synapses, which may also write variables of the neurons: those about shared
  /// variables once, then the others for one synapse after the other. See Group::run_regularly.
  CodeOperation& run_regularly(const std::string& code, const OperationOptions& options = {});
  CodeOperation& run_at(const std::string& code, std::span<const Time> times,
                        const RunAtOptions& options = {});
  CodeOperation& run_at(const std::string& code, std::initializer_list<Time> times,
                        const RunAtOptions& options = {}) {
    return run_at(code, std::span(times.begin(), times.size()), options);
  }
  /// Goes on where the same synapses of another network stopped, at the same time: with their states, with
  /// spikes on their way through pathways that are still there, which arrive here when they would have there,
  /// and for event-driven equations with the times of the last events. The other network cannot go on
  /// afterwards. Throws NetworkError for other synapses and another time.
  void go_on_from(Synapses& before);
  /// Source and target of each synapse, relative to the slices, by creation.
  std::vector<std::pair<std::int32_t, std::int32_t>> pairs() const;

  /// The pathway of a name: "pre", "post". Throws NetworkError, with those that there are.
  Pathway& pathway(std::string_view name);
  const std::deque<Pathway>& pathways() const { return pathways_; }
  /// Sets a constant of this object's namespace; takes effect at the next run.
  void set(const std::string& constant, const NamespaceValue& value);
  /// The integration method of the clock-driven equations in the last preparation, and why it was chosen.
  const std::string& method() const { return method_; }
  const std::string& method_reason() const { return method_reason_; }
  std::string kernel_text() const;
  const SynapsesModel& model() const { return model_; }
  /// Its place among the groups of a slot.
  int order() const { return order_; }

  // For the objects of the same network.
  void* named_array(const std::string& name) override;

 protected:
  friend class Network;
  Synapses(Network& network, std::string name, Elements source, Elements target, SynapsesModel model,
           const GroupPlace& place, Namespace names, const std::vector<Time>& delays);

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
  void require_countable(std::int64_t end) const override;
  void require_elements(const StateOwner& owner, std::span<const std::int32_t> numbers) const override;
  void release_elements(const StateOwner& owner, std::span<const std::int32_t> numbers) override;
  void renumber_elements(const StateOwner& owner, std::span<const std::int32_t> numbers) override;
  void expect_elements(const StateOwner& owner, std::int64_t count) override;
  void follow_elements(const StateOwner& owner) override;
  void archive(Archive& archive) override;

  std::int64_t element_count() const override { return connectivity_.size(); }
  const std::vector<Variable>& variables() const override { return model_.variables; }
  const Variable* special(std::string_view name) const override;
  const std::string& owner_name() const override { return name(); }
  const Clock& owner_clock() const override { return clock(); }
  std::int32_t position(std::int64_t element) const override;
  std::vector<std::int32_t> positions(std::int64_t begin, std::int64_t end) const override;
  std::int64_t with_arrays_of_its_own(const std::function<std::int64_t()>& f) override;
  std::vector<MemoryItem> memory(bool in_run) const override;
  std::int64_t structure() const override { return connect_calls_ + removals_; }
  bool keeps(std::string_view variable) const override { return pathway_of_delay(variable) != nullptr; }
  std::vector<double> kept(std::string_view variable, std::span<const std::int32_t> positions) const override;
  void keep(std::string_view variable, std::span<const std::int32_t> positions,
            std::span<const double> values) override;
  bool arrange() override;
  void settle() override;
  void pin() override { pinned_ = true; }
  bool stored_in_order() const override { return connectivity_.creation.identity(); }
  Kernel lower_assignment(const std::string& variable, AssignOp op, const SourcePtr& value,
                          const Namespace& names, std::vector<Diagnostic>& warnings) override;
  Kernel lower_selection(const SourcePtr& condition, const Namespace& names,
                         std::vector<Diagnostic>& warnings) override;
  Kernel lower_probe(const SourcePtr& expression, const Namespace& names,
                     std::vector<Diagnostic>& warnings) override;
  Network& network_of() override { return network_; }
  Namespace all_names() const override;
  void* address(const Column& column) override;
  double extent(ScalarKind kind) const override;

 private:
  friend class Pathway;

  /// A variable of one side that these synapses sum into.
  struct Sum {
    Synapses* synapses;
    std::string variable;
    bool pre;
    std::string role;  // of its kernel
    Elements elements() const { return pre ? synapses->source_ : synapses->target_; }
  };

  void compute_constants(const Clock& clock) { kernels_.run_constants(clock, size()); }
  void integrate(const Clock& clock);
  static void lower_step(SynapsesKernels& code, Lowered& lowered);
  void plan_step(std::vector<PlanEntry>& entries);
  void declare_sums();
  static void take_sum(Sum& sum);
  void require_valid(Archive& archive) const;
  /// Calls f(position) for the synapses of a neuron of one side, by their numbers.
  template <class F>
  void for_each_synapse(std::int32_t neuron, bool of_target, F f);
  Incoming& incoming_synapses();
  /// One block for each thread of the network.
  const RowBlocks& row_blocks();
  /// How many synapses these neurons of one side have, all of which are in the slice.
  std::int64_t synapses_of(std::span<const std::int32_t> neurons, bool of_target);
  /// The arrays and positions that follow from the connectivity.
  void take_over_connectivity();
  /// What can be made of the connectivity again.
  void forget_derived();
  /// What so many synapses keep in a run; `numbering` [bytes]: because they are not stored in their order.
  std::vector<MemoryItem> memory_in_run(double synapses, double numbering,
                                        const DelaySegments* segments = nullptr) const;
  /// Whether nothing but its only pathway depends on where in its row a synapse is stored.
  bool may_be_grouped() const;
  void move_values(std::span<const std::int16_t> moves, bool back);
  template <class Use>
  void with_plan(const ConnectOptions& options, Use use);
  void require_room(double added, double bytes_while_made, double numbering) const;
  void commit(Connectivity added);
  /// Takes over a structure whose synapse k was synapse from[k] before, or is new if that is -1.
  void restructure(Connectivity connectivity, const std::vector<std::int64_t>& from);
  Array moved(const std::string& variable, const Array& old, std::int64_t count,
              const std::vector<std::int64_t>& from) const;
  /// For synapses with event-driven equations, the step of each one's last event.
  Array* last_steps() { return find_array("_last_step"); }
  void begin_event_driven(std::span<const std::int64_t> from);
  void renumber_last_steps(const Renumbering& renumbered);
  /// Arrays that follow from the structure: made when something asks for them, forgotten by `connect`.
  void* structural_column(const std::string& name);
  std::vector<std::int32_t> sources() const;
  std::vector<std::int32_t> targets() const;
  std::vector<std::int32_t> numbers() const { return connectivity_.numbers(); }
  void* target_positions();
  Array* count_column(std::string_view name);
  std::vector<std::int64_t> lost_with(const StateOwner& owner, std::span<const std::int32_t> numbers) const;
  /// What the number of each synapse becomes when some are removed.
  std::vector<std::int32_t> numbers_without(std::span<const std::int64_t> synapses) const;
  std::vector<std::int32_t> incoming() const;
  std::vector<std::int32_t> outgoing() const;
  std::vector<std::int32_t> copies() const;
  /// Those whose variables texts may read: at both ends and, if these are synapses, at theirs.
  std::vector<const Object*> objects_behind() const;
  void* delay_address(std::string_view column);
  const Pathway* pathway_of_delay(std::string_view variable) const;
  void refuse_ambiguous_constants(const Namespace& names) const;

  Elements source_;
  Elements target_;
  SynapsesModel model_;
  Namespace names_;
  std::deque<Pathway> pathways_;  // in the order of the model
  Connectivity connectivity_;
  int order_;
  std::vector<Sum> sums_;
  std::string method_, method_reason_;
  bool connected_ = false;
  bool pinned_ = false;  // somebody relies on where synapses are stored
  std::int64_t connect_calls_ = 0;
  std::int64_t removals_ = 0;
  KernelSet kernels_;
  std::map<std::string, Array, std::less<>> structural_;
  std::optional<Incoming> incoming_;
  std::optional<RowBlocks> row_blocks_;
  mutable std::vector<std::int32_t> positions_;  // of user-visible numbers, once one was asked for
};

/// What kernels over candidates see of synapses that are to begin or end somewhere: elements at the position
/// of their number, which for synapses may differ from where they are stored.
class NumberedEnds : public KernelEnvironment {
 public:
  explicit NumberedEnds(Synapses& synapses) : synapses_(synapses) {}
  void* address(const Column& column) override;
  double extent(ScalarKind kind) const override {
    return static_cast<const KernelEnvironment&>(synapses_).extent(kind);
  }

 private:
  Synapses& synapses_;
  std::map<std::string, Array, std::less<>> arrays_;
};

template <class F>
void Synapses::for_each_synapse(std::int32_t neuron, bool of_target, F f) {
  const auto k = static_cast<std::size_t>(neuron - (of_target ? target_ : source_).begin());
  if (!of_target) {
    for (std::int64_t s = connectivity_.row[k]; s < connectivity_.row[k + 1]; ++s)
      f(static_cast<std::int32_t>(s));
    return;
  }
  const Incoming& incoming = incoming_synapses();
  for (std::int64_t s = incoming.row[k]; s < incoming.row[k + 1]; ++s)
    f(incoming.synapses[static_cast<std::size_t>(s)]);
}

}  // namespace ranvier
