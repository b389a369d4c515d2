#pragma once
#include <array>
#include <cstdint>
#include <string>

#include <ranvier/compiler/compile_connection.hpp>
#include <ranvier/compiler/random.hpp>
#include <ranvier/runtime/connect_options.hpp>
#include <ranvier/runtime/elements.hpp>
#include <ranvier/runtime/new_synapses.hpp>
#include <ranvier/runtime/plain_rows.hpp>

namespace ranvier {

/// What a connect call knows of the synapses it is for.
struct ConnectionSite {
  Network& network;
  KernelEnvironment& arrays;  // of both ends, by number
  const SynapsesModel& model;
  const std::string& name;
  Elements source;
  Elements target;
  std::int64_t calls = 0;  // of connect before this one: numbers the random streams
  std::int64_t room = 0;   // synapses that there may still be
  const DrawKernels* draw_kernels = nullptr;
};

/// What one connect call has to do, compiled; a Connector does a part of it. The parts are made on as many
/// threads as the network has, and are the same on any number of them.
class ConnectionPlan {
 public:
  /// Compiles the texts of the options. Throws ModelError.
  ConnectionPlan(const ConnectionSite& site, const ConnectOptions& options, const Namespace& names);
  /// The synapses, apart from everything that exists. Throws NetworkError, ModelError (for what a text gives
  /// a neuron).
  Connectivity make();

  const ConnectionSite& site() const { return site_; }
  const ConnectOptions& options() const { return options_; }
  const ConnectionCode& code() const { return code_; }
  /// Those of the steps that there are, not bound yet.
  const std::array<BoundKernel, connection_steps>& kernels() const { return kernels_; }
  /// Whether pairs are given as numbers.
  bool pairs() const { return pairs_; }
  /// Whether a generator gives the sources of one target after the other.
  bool over_targets() const { return over_targets_; }
  const Elements& outer() const { return over_targets_ ? site_.target : site_.source; }
  const Elements& result() const { return over_targets_ ? site_.source : site_.target; }
  /// Whether a step over candidates draws: then a batch belongs to one outer neuron.
  bool draws() const { return draws_; }
  RandomKey sampling() const { return sampling_; }
  Room& room() const { return room_; }

 private:
  ConnectionText texts() const;
  void build();
  bool plain() const;
  PlainRule rule() const;
  std::vector<NewSynapses> parts();

  ConnectionSite site_;
  const ConnectOptions& options_;
  const Namespace& names_;
  bool pairs_;
  bool over_targets_;
  ConnectionCode code_;
  std::array<BoundKernel, connection_steps> kernels_;
  bool draws_ = false;
  RandomKey sampling_;
  mutable Room room_;
};

}  // namespace ranvier
