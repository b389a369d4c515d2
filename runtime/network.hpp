#pragma once
#include <array>
#include <atomic>
#include <concepts>
#include <cstdint>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include <ranvier/compiler/compile.hpp>
#include <ranvier/compiler/units.hpp>
#include <ranvier/runtime/code_operation.hpp>
#include <ranvier/runtime/host_operation.hpp>
#include <ranvier/runtime/neuron_group.hpp>
#include <ranvier/runtime/poisson_group.hpp>
#include <ranvier/runtime/poisson_input.hpp>
#include <ranvier/runtime/profile.hpp>
#include <ranvier/runtime/rate_monitor.hpp>
#include <ranvier/runtime/sampling.hpp>
#include <ranvier/runtime/spike_generator_group.hpp>
#include <ranvier/runtime/spike_monitor.hpp>
#include <ranvier/runtime/state_monitor.hpp>
#include <ranvier/runtime/synapses.hpp>
#include <ranvier/runtime/team.hpp>
#include <ranvier/runtime/watch.hpp>

namespace ranvier {

struct NetworkOptions {
  std::uint64_t seed = 0;
  Time dt = Time(1e-4);                      // step length of everything that has none of its own
  Namespace namespace_ = {};                 // constants for the texts of all objects
  BackendOptions backend = {};               // "llvm" or "reference", SIMD width
  Limits limits = {};                        // bounds on what a text may ask for
  WatchOptions watch = {};                   // what is done about values that are not numbers
  int threads = 0;                           // that work for it; 0: as many as the machine runs at once
  std::int64_t elements_per_thread = 16384;  // fewer are not worth waking a thread in a step
  Time start = Time(0);                      // the time at which it begins; random numbers go on from there
  /// Ends a run after the step in which it is true; another thread may set it, or a signal handler.
  const std::atomic<bool>* stop = nullptr;
};

/// How far a run has come.
struct Progress {
  double elapsed = 0;   // [s] of wall time since the run began
  double fraction = 0;  // done, in [0, 1]
  double start = 0;     // [s] network time at which the run began
  double duration = 0;  // [s] asked for
};

struct RunOptions {
  /// Called at the start, about every `period`, and at the end with fraction 1. May call Network::stop.
  std::function<void(const Progress&)> progress = {};
  Time period = Time(10);
  /// What is done about values that are not numbers, in this run instead of what the network says.
  std::optional<WatchOptions> watch = {};
  /// Whether to measure what each part of a step takes: see Network::profiling_info.
  bool profile = false;
  /// Constants for this run alone. They win over the network's, and an object's own win over them.
  Namespace namespace_ = {};
};

struct RestoreOptions {
  /// Also where the random numbers were. If not, what comes is another realisation, different at every
  /// restore.
  bool random_state = true;
};

/// Where wall time went [s], summed over the life of a network.
struct PhaseTimes {
  double parse = 0;
  double check = 0;
  double lower = 0;
  BuildTimes build;    // emit, optimise, link
  double compile = 0;  // all of preparing: lower, build and bind
  double connect = 0;
  double run = 0;
};

/// A network of groups, synapses and monitors, and the time they share. The network owns its objects;
/// references stay valid while it lives. Two networks are free of each other; one network belongs to one
/// thread at a time.
class Network {
 public:
  explicit Network(NetworkOptions options = {});
  ~Network();
  Network(const Network&) = delete;
  Network& operator=(const Network&) = delete;

  /// `n` neurons defined by texts. Throws ModelError with every problem of the texts.
  NeuronGroup& neuron_group(std::int64_t n, const NeuronGroupOptions& options);
  /// `n` neurons of a builder's model; the options' equations, if any, stand behind the model's.
  template <NeuronBuilder Model>
  NeuronGroup& neuron_group(std::int64_t n, const Model& model, NeuronGroupOptions options = {}) {
    if constexpr (CheckingBuilder<Model>) {
      Namespace known = options.namespace_;
      known.insert(names_.begin(), names_.end());
      model.build(known);
    }
    if constexpr (CompletingBuilder<Model>) model.complete(options);
    options.equations = equations_of(model).followed_by(options.equations);
    const Namespace parameters = model.parameters();
    options.namespace_.insert(parameters.begin(), parameters.end());
    NeuronGroup& group = neuron_group(n, options);
    for (const auto& [name, value] : parameters) spare_names_[&group].insert(name);
    try {
      for (const auto& [variable, value] : model.initial_values()) group[variable] = value;
    } catch (...) {
      forget(group);
      throw;
    }
    return group;
  }
  /// `n` Poisson neurons. Throws NetworkError if the number of rates is neither 1 nor n, or a rate is
  /// negative.
  PoissonGroup& poisson_group(std::int64_t n, const Rates& rates, const PoissonGroupOptions& options = {});
  /// `n` neurons that spike when they are told to: neuron `indices[k]` at `times[k]`. Throws NetworkError for
  /// different lengths, a neuron that there is not, a negative time, a period that is not beyond all times.
  SpikeGeneratorGroup& spike_generator_group(std::int64_t n, std::vector<std::int64_t> indices,
                                             std::vector<Time> times,
                                             const SpikeGeneratorGroupOptions& options = {});
  /// Adds to a variable of every neuron of `target`, in every step, what `n` Poisson neurons of `rate` do,
  /// each event `weight`. Throws ModelError for the variable and the weight, NetworkError for n < 1 and for a
  /// rate that is negative or beyond 1/dt.
  PoissonInput& poisson_input(Slice target, const std::string& variable, std::int64_t n, Frequency rate,
                              const InputWeight& weight, const PoissonInputOptions& options = {});
  template <std::floating_point Real>
  PoissonInput& poisson_input(Slice, const std::string&, Real, Frequency, const InputWeight&,
                              const PoissonInputOptions& = {}) = delete;
  // A number of neurons is a whole one, and so is the number of a neuron.
  template <std::floating_point Real>
  SpikeGeneratorGroup& spike_generator_group(Real, std::vector<std::int64_t>, std::vector<Time>,
                                             const SpikeGeneratorGroupOptions& = {}) = delete;
  template <std::floating_point Real>
  NeuronGroup& neuron_group(Real, const NeuronGroupOptions&) = delete;
  template <std::floating_point Real, NeuronBuilder Model>
  NeuronGroup& neuron_group(Real, const Model&, NeuronGroupOptions = {}) = delete;
  template <std::floating_point Real>
  PoissonGroup& poisson_group(Real, const Rates&, const PoissonGroupOptions& = {}) = delete;
  /// No synapses yet: see Synapses::connect. They go from neurons to neurons, or from or to other synapses,
  /// each of which is then an element like a neuron. Throws ModelError; NetworkError for code that would
  /// follow events of synapses.
  Synapses& synapses(Elements source, Elements target, const SynapsesOptions& options);
  SpikeMonitor& spike_monitor(Slice source, const SpikeMonitorOptions& options = {});
  /// The same for an event of the source. Throws NetworkError if nothing of this name ever happens there.
  SpikeMonitor& event_monitor(Slice source, std::string_view event, const SpikeMonitorOptions& options = {});
  StateMonitor& state_monitor(Slice source, const StateMonitorOptions& options);
  /// Synapses are recorded by their numbers; those that are made later are not among "all".
  StateMonitor& state_monitor(Synapses& source, const StateMonitorOptions& options);
  PopulationRateMonitor& population_rate_monitor(Slice source, const RateMonitorOptions& options = {});
  /// Calls a function of the host, of the time or of nothing, in every step of a clock: by default of the
  /// network's. It may read and set variables, connect, inject spikes, set constants, make objects and stop
  /// the run, not run or step the network; the rest of the step sees what it did, and new objects act from
  /// the next step on. What it throws ends the run after the step. Throws NetworkError without a function.
  HostOperation& network_operation(HostCode function, const OperationOptions& options = {});

  /// A constant for the texts of all objects that do not have one of this name themselves.
  /// Throws NetworkError for what cannot be the name of a constant.
  void set(const std::string& constant, const NamespaceValue& value);

  /// Runs for `duration`: compiles what is new, then executes the steps. Throws ModelError or NetworkError
  /// before the first step.
  void run(Time duration, const RunOptions& options = {});
  /// Executes exactly `n` steps; for host programs that own the loop.
  void step(std::int64_t n = 1);
  /// Compiles what is new without executing a step.
  void prepare();
  /// Ends the current run after the current step. For callbacks.
  void stop() { stopped_ = true; }

  /// The sum of the durations run. (The next step begins at the first multiple of dt from here on.)
  Time time() const { return Time(time_); }
  Time dt() const { return Time(clock().dt); }
  /// What everything follows that was not given a dt or a clock.
  const Clock& clock() const { return *clocks_.front(); }
  /// Another clock, for `.clock` of objects that share it. Throws NetworkError unless dt is positive.
  const Clock& clock(Time dt);
  /// A clock that ticks at these times only: at the step that begins then, or else in a sweep of its own
  /// between two steps. Throws NetworkError for times that are negative or not finite, and for repeated ones.
  const Clock& clock(std::span<const Time> times);
  /// Gives steps another length, from the next run on. The new length must be able to say what time it is;
  /// throws NetworkError otherwise. Spikes in flight arrive when they would have, to the nearest step.
  void set_dt(Time dt) { set_dt(clock(), dt); }
  void set_dt(const Clock& clock, Time dt);
  /// The slots of a step. Those of the objects that there are must exist when the network runs.
  const Schedule& schedule() const { return schedule_; }
  void set_schedule(Schedule schedule);
  std::uint64_t seed() const { return seed_; }

  /// Keeps everything as it is now under a name: states, synapses, spikes in flight, what monitors have,
  /// clocks, the position in all streams of random numbers. Constants and texts are not part of it. Only
  /// between two steps: before, after and between runs, and in a progress callback.
  void store(const std::string& name = "default");
  /// Goes back to what was stored; going on from there gives the same bits as the first time. Throws
  /// NetworkError, having changed nothing, if nothing was stored under the name or it does not fit this
  /// network.
  void restore(const std::string& name = "default", const RestoreOptions& options = {});
  /// The same with a file, which is replaced as a whole and has checksums: after whatever accident there is
  /// the old snapshot or the new one.
  void store_to(const std::string& path);
  void restore_from(const std::string& path, const RestoreOptions& options = {});

  /// Spikes of the last step of a group, ascending, numbered as in the group.
  std::span<const std::int32_t> spikes(const Group& group) const { return group.spikes(); }
  /// Makes neurons of a slice spike in the next step, as if they had crossed their threshold. Throws
  /// NetworkError.
  void inject_spikes(Slice slice, std::span<const std::int32_t> neurons);

  const PhaseTimes& times() const { return times_; }
  /// What there is to warn about, for every object; known once the network is prepared. The library prints
  /// nothing: show them with render(warnings()).
  const std::vector<Diagnostic>& warnings() const { return warnings_; }
  /// What a step executes, in order, as a table: slot and order, what does what to whom, how often, and
  /// whether it is active. Compiles what is new: throws ModelError or NetworkError as a run does.
  std::string scheduling_summary();
  /// A table of what the state of groups and synapses keeps in memory, now and in a run.
  std::string memory_summary() const;
  /// What the parts of the steps took in the last run with `.profile`, the longest first; as a table.
  std::vector<ProfileEntry> profiling_info() const;
  std::string profiling_summary() const;
  const Backend& backend() const { return *backend_; }

  // For the objects of this network.
  CodeOperation& run_regularly(const CodeTarget& target, const std::string& code,
                               const OperationOptions& options);
  CodeOperation& run_at(const CodeTarget& target, const std::string& code, std::span<const Time> times,
                        const RunAtOptions& options);
  PhaseTimes& times() { return times_; }
  CompileTimes& compile_times() { return compile_times_; }
  const Limits& limits() const { return limits_; }
  Team& team() { return team_; }
  /// Whether so many elements are worth waking others of the team for.
  bool worth_dividing(std::int64_t elements) const {
    return team_.size() > 1 && elements >= 2 * elements_per_thread_;
  }
  Namespace names_for(const Object& object) const;
  RunContext context(const Clock& clock, const Namespace& names) const {
    return {&names, clock.dt, seed_, epoch_, watch_.get(), &team_, elements_per_thread_};
  }
  std::vector<BoundKernel> build(std::vector<Kernel> kernels);
  /// Code that draws for new synapses, or nullptr if so few pairs, with those of all networks before, are not
  /// worth building it, or its numbers would not be those of the runtime.
  const DrawKernels* draw_kernels(double pairs);
  /// For a kernel that runs once, over so many elements.
  BoundKernel build_one_shot(Kernel kernel, std::int64_t elements);
  StateOwner* find_owner(std::string_view name) const;
  /// Ends the current run after the current step with an exception.
  void end_run(std::exception_ptr failure);
  void require_group(Group& group) const { require_member(group); }
  /// Adds warnings of a text that was given apart from the models, each once.
  void remark(const std::vector<Diagnostic>& warnings);
  /// For what gives elements other numbers: see Object.
  void require_elements(const StateOwner& owner, std::span<const std::int32_t> numbers) const;
  void release_elements(const StateOwner& owner, std::span<const std::int32_t> numbers);
  void renumber_elements(const StateOwner& owner, std::span<const std::int32_t> numbers);
  void expect_elements(const StateOwner& owner, std::int64_t count);
  void follow_elements(const StateOwner& owner);
  /// A declaration changed: everything is compiled again.
  void model_changed();
  /// Subexpressions of groups that the linked variables of another read: they use constants of their own
  /// group.
  void add_linked_names(const std::vector<Variable>& variables, Namespace& names) const;
  void refuse_ambiguous_links(const std::vector<Variable>& variables, const Namespace& names,
                              const std::string& reader) const;
  /// What the kernels are bound to is no longer what they should see.
  void structure_changed() { bound_ = false; }
  /// In the middle of a step.
  bool sweeping() const { return sweeping_; }

 private:
  template <class T, class... Args>
  T& adopt(const std::string& name, Args&&... args);
  CodeOperation& add_code(const CodeTarget& target, const std::string& kind, const std::string& text,
                          const std::function<const Clock&(const std::string& name)>& clock,
                          const OperationOptions& options);
  std::string name_for(const std::string& wished, const char* kind);
  class Running;
  class Profiling;
  struct LinkedDefinition {
    const Group* group;
    const Variable* variable;
  };
  std::vector<LinkedDefinition> linked_definitions(const std::vector<Variable>& variables) const;
  class RunNames;
  void require_idle() const;
  /// The text of a builder; with the calls that wrote it, if the builder knows them.
  template <NeuronBuilder Model>
  static EquationsText equations_of(const Model& model) {
    if constexpr (requires { EquationsText(model.source()); })
      return model.source();
    else
      return std::string(model.equations());
  }
  std::int64_t checked_size(std::int64_t n, const std::string& name, const GroupModel& model) const;
  void forget(const Group& group);
  void require_member(const Elements& elements) const;
  void compile_changed();
  void collect_warnings();
  void warn_of_many_steps(double end);
  void note_constants(const Kernel& kernel);
  void arrange_all();
  void bind_all();
  void refuse_overlapping_sums() const;
  const Clock& clock_for(const std::string& name, const std::optional<Time>& dt, const Clock* clock,
                         const Clock& inherited);
  Clock& own_clock(const Clock& clock) const;
  /// Sets every clock to the run from now until `end` [s].
  void wind_clocks(double end);
  /// Throws NetworkError if what the run is going to record cannot fit.
  void require_room_for_run() const;
  /// Marks the clocks of the earliest sweep as due. False if all of them have reached the end.
  bool next_sweep();
  const Clock& earliest() const;
  void sweep();
  void call(const PlanEntry& entry);
  void set_watch(const WatchOptions& options);
  std::vector<WatchedArray> watched_arrays();
  std::vector<WatchedArray> bad_arrays(double limit);
  void begin_watch(const WatchOptions& options);
  void warn(Diagnostic finding);
  void take_findings();
  void check_at_end(const WatchOptions& options, const std::vector<WatchedArray>& bad_before);
  void fuse_what_can_be();
  void archive(Archive& archive);
  Snapshot snapshot();
  void restore(Snapshot snapshot, const RestoreOptions& options);
  void execute(double end, const RunOptions& options);
  std::vector<PlanEntry> plan_of(bool active_only);
  void make_plan();

  std::uint64_t seed_;
  Limits limits_;
  WatchOptions watch_options_;
  std::vector<std::unique_ptr<Clock>> clocks_;  // the first is the network's own
  Schedule schedule_;
  int epoch_ = 0;          // of random numbers: grows with every change of dt
  int highest_epoch_ = 0;  // that there ever was
  std::map<std::string, Snapshot> snapshots_;
  double time_ = 0;      // [s]; exact sum of the durations run
  double run_end_ = -1;  // [s] of the run in progress
  Namespace names_;
  Namespace run_names_;  // of the run in progress
  BackendOptions backend_options_;
  std::unique_ptr<Backend> backend_;
  std::unique_ptr<Backend> interpreter_;
  std::unique_ptr<Backend> precise_;  // same bits as the interpreter; made when first needed
  DrawKernels draw_kernels_;
  mutable Team team_;
  std::int64_t elements_per_thread_;
  const std::atomic<bool>* stop_;
  std::vector<std::unique_ptr<Object>> objects_;
  std::vector<Group*> groups_;
  std::vector<PlanEntry> plan_;
  PhaseTimes times_;
  CompileTimes compile_times_;
  std::vector<Diagnostic> warnings_;
  std::vector<Diagnostic> findings_;  // of the watch, in the last run
  std::vector<Diagnostic> remarks_;   // of objects when they were made
  std::set<std::string> used_names_;  // constants that texts evaluated on the spot have read
  std::map<const Object*, std::set<std::string>> spare_names_;  // a builder gave them, used or not
  std::map<std::array<std::string, 3>, ProfileEntry> profile_;  // by name, action and slot
  std::unique_ptr<Watch> watch_;                                // over each step, if it is watched
  std::exception_ptr failure_;                                  // ends the run in progress
  bool profiling_ = false;
  bool bound_ = false;
  bool replan_ = false;
  bool stopped_ = false;
  bool running_ = false;
  bool sweeping_ = false;
};

}  // namespace ranvier
