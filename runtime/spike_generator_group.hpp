#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <ranvier/runtime/group.hpp>

namespace ranvier {

/// How a list of spikes is to be read.
struct SpikesOptions {
  Time period = Time(0);  // after which the spikes come again; 0: never
  bool sorted = false;    // the times ascend; checked
};

struct SpikeGeneratorGroupOptions {
  Time period = Time(0);
  bool sorted = false;
  std::optional<Time> dt = {};   // length of its steps; default: the network's
  const Clock* clock = nullptr;  // instead of dt: a clock that the network has
  int order = 0;                 // its place among the groups of a slot: lower ones come first
  std::string name = {};         // default: spikegeneratorgroup, spikegeneratorgroup_1, ...
};

/// Spikes as a user gives them: which neuron, and when. Checked against a number of neurons.
class GivenSpikes {
 public:
  /// Throws NetworkError. `name` is that of the group.
  GivenSpikes(const std::string& name, std::int64_t neurons, std::vector<std::int64_t> indices,
              std::vector<Time> times, const SpikesOptions& options);

  /// One spike in the steps of a clock.
  struct Due {
    std::int64_t step;   // in which it comes, modulo the period
    std::int64_t first;  // in which it comes for the first time
    std::int32_t neuron;
    double time;  // [s] as given
  };
  /// By step, then by neuron. Throws NetworkError if a step cannot hold what falls into it, or the period is
  /// no number of steps.
  std::vector<Due> in_steps(const std::string& name, double dt) const;
  /// Throws if what is stored cannot be spikes of this many neurons.
  void archive(Archive& archive, std::int64_t neurons);
  /// [steps] 0: none.
  std::int64_t period_steps(const std::string& name, double dt) const;

 private:
  std::vector<std::int64_t> indices_;
  std::vector<Time> times_;
  double period_;  // [s]
};

/// Neurons that spike at given times, each at most once a step. A time t belongs to the step
/// trunc((t + dt/1000)/dt); spikes of one step are listed by neuron. Times that are past when a run begins
/// are left out, with a warning.
class SpikeGeneratorGroup : public Group {
 public:
  /// Other spikes instead of all that were given; without a period in the options there is none any more.
  /// Throws NetworkError as Network::spike_generator_group does, and has then changed nothing.
  void set_spikes(std::vector<std::int64_t> indices, std::vector<Time> times,
                  const SpikesOptions& options = {});

 protected:
  friend class Network;
  SpikeGeneratorGroup(Network& network, const std::string& name, std::int64_t count, GroupModel model,
                      const GroupPlace& place, GivenSpikes spikes);
  void bind(const RunContext& context) override;
  void warn(std::vector<Diagnostic>& warnings) const override;
  std::int64_t spikes_of_step(const Clock& clock, std::int32_t* list) override;
  void archive(Archive& archive) override;

 private:
  GivenSpikes given_;
  bool changed_ = true;      // since they were last put into steps
  double dt_ = 0;            // [s] of these steps
  std::int64_t period_ = 0;  // [steps] 0: none
  std::vector<GivenSpikes::Due> due_;
  std::size_t next_ = 0;       // in due_, if the next step is `expected_`
  std::int64_t expected_ = 0;  // modulo the period
  std::int64_t missed_ = 0;    // spikes that were past already when they were given
  double missed_before_ = 0;   // [s]
};

}  // namespace ranvier
