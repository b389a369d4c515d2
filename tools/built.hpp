#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <ranvier/runtime/network.hpp>
#include <ranvier/tools/description.hpp>
#include <ranvier/tools/texts.hpp>

namespace ranvier::tool {

/// A monitor of a session, by the name that it has in the results.
struct Recorded {
  std::string name;
  std::string source;  // handle
  MonitorKind kind;
  Monitor* monitor;
  bool implicit = false;  // nobody asked for it

  const SpikeMonitor& spikes() const { return static_cast<const SpikeMonitor&>(*monitor); }
  const StateMonitor& trace() const { return static_cast<const StateMonitor&>(*monitor); }
  const PopulationRateMonitor& rate() const { return static_cast<const PopulationRateMonitor&>(*monitor); }
};

struct BuildOptions {
  int threads = 0;
  BackendOptions backend = {};
  bool connects = true;  // see SessionOptions
  Dtype dtype = Dtype::float64;
};

/// A network as a description says, and its objects by the session's names for them.
class Built {
 public:
  /// A network without objects, at a time [s].
  Built(const Description& description, double start, const BuildOptions& options);

  /// Makes what a step says, or does it. Throws ModelError or NetworkError; then nothing has changed.
  void apply(const Step& step, Texts& texts);
  /// Goes on where the other stopped: every variable that both have, in the same unit and number, has the
  /// value that it has there, and spikes are on their way as they are there.
  void go_on_from(Built& other);
  /// Records spikes and some traces of neurons that nobody records.
  void record_the_rest(const Description& description);

  Network& network() { return *network_; }
  Slice neurons(const std::string& handle) const;
  Slice neurons(const Neurons& neurons) const;
  /// nullptr: there is nothing of this name.
  Synapses* synapses(std::string_view handle) const;
  StateOwner* owner(const std::string& handle) const;
  const std::vector<Recorded>& recorded() const { return recorded_; }
  bool has(const std::string& handle) const { return slices_.contains(handle) || synapses_.contains(handle); }

 private:
  void make(const Step& step, const ConstantStep& constant, Texts& texts);
  void make(const Step& step, const GroupStep& group, Texts& texts);
  void make(const Step& step, const SliceStep& slice, Texts& texts);
  void make(const Step& step, const PoissonStep& poisson, Texts& texts);
  void make(const Step& step, const GeneratorStep& generator, Texts& texts);
  void make(const Step& step, const PoissonInputStep& input, Texts& texts);
  void make(const Step& step, const RegularStep& regular, Texts& texts);
  void make(const Step& step, const SynapsesStep& synapses, Texts& texts);
  void make(const Step& step, const ConnectStep& connect, Texts& texts);
  void make(const Step& step, const AssignStep& assign, Texts& texts);
  void make(const Step& step, const MonitorStep& monitor, Texts& texts);
  void make(const Step& step, const InjectStep& inject, Texts& texts);
  void record(const Step& step, const MonitorStep& monitor, Monitor& made);

  std::unique_ptr<Network> network_;
  bool connects_;
  Dtype dtype_;
  std::map<std::string, Slice, std::less<>> slices_;
  std::map<std::string, Synapses*, std::less<>> synapses_;
  std::vector<Recorded> recorded_;
};

/// The texts of a group as the library takes them.
GroupText text_of(const std::string& name, const GroupStep& group, Texts& texts);

/// Which elements a text says: `all`, "0,1,5", "0:100:10", or a condition.
RecordSelection selection(const Place& place);

}  // namespace ranvier::tool
