#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <ranvier/compiler/compile_connection.hpp>
#include <ranvier/compiler/random.hpp>
#include <ranvier/runtime/candidates.hpp>
#include <ranvier/runtime/connect_options.hpp>
#include <ranvier/runtime/group.hpp>
#include <ranvier/runtime/new_synapses.hpp>
#include <ranvier/runtime/plain_rows.hpp>
#include <ranvier/runtime/sampling.hpp>

namespace ranvier {

/// What a connect call knows of the synapses it is for.
struct ConnectionSite {
  Network& network;
  KernelEnvironment& arrays;  // of both groups
  const SynapsesModel& model;
  const std::string& name;
  Slice source;
  Slice target;
  std::int64_t calls = 0;  // of connect before this one: numbers the random streams
  std::int64_t room = 0;   // synapses that there may still be
  const DrawKernels* draw_kernels = nullptr;
};

/// Makes the synapses of one connect call, apart from everything that exists. Candidates go through in
/// batches: a range or sample of each outer neuron, the element, the condition, the probability, the copies.
class Connector {
 public:
  /// Checks the options and compiles their texts. Throws NetworkError, ModelError.
  Connector(const ConnectionSite& site, const ConnectOptions& options, const Namespace& names);
  /// Throws NetworkError, ModelError (for what a text gives a neuron).
  Connectivity make();

 private:
  struct Step {
    BoundKernel kernel;
    bool draws = false;
  };

  /// Without texts, each source has the same rule.
  bool plain() const;
  PlainRule rule() const;
  ConnectionText texts() const;
  void build(const Namespace& names);
  Step& step(ConnectionStep which) { return steps_[static_cast<std::size_t>(which)]; }
  std::int64_t run(ConnectionStep which, std::int64_t count, std::uint64_t row, std::uint64_t chunk);

  // The outer side, a batch of neurons at a time; `neuron` is relative to its slice, `row` to the batch.
  void visit_outer();
  void propose(std::int64_t neuron, std::int32_t row);
  bool has_bound(const char* column) const;
  std::int64_t bound(const char* column, std::int32_t row, std::int64_t otherwise);
  Progression numbers_of(std::int64_t neuron, std::int32_t row);
  std::optional<double> probability_of(std::int64_t neuron, std::int32_t row);
  std::int64_t size_of_sample(std::int64_t neuron, std::int32_t row, std::int64_t count);
  void limit(double kept, double count, std::int64_t neuron) const;

  // Candidates; `row` is relative to the batch.
  void push(std::int64_t neuron, std::int64_t number);
  void visit_pairs();
  void check_numbers(const std::vector<std::int64_t>& given, const Slice& side, const char* which) const;
  void flush();
  void apply(ConnectionStep which);
  void keep(std::int64_t found);
  void place_results();
  void check_results();
  void check_probabilities(std::int64_t found);
  void commit_batch();

  [[noreturn]] void refuse_index(std::int64_t index, std::int32_t row);
  [[noreturn]] void refuse_probability(double p, const std::string& where) const;
  [[noreturn]] void refuse_copies(std::int64_t n, std::int32_t row);
  std::string outer_text(std::int64_t neuron) const;
  std::string pair_text(std::int32_t row);
  const Slice& outer() const { return over_targets_ ? site_.target : site_.source; }
  const Slice& result() const { return over_targets_ ? site_.source : site_.target; }

  ConnectionSite site_;
  const ConnectOptions& options_;
  bool pairs_;
  bool over_targets_;
  ConnectionCode code_;
  std::array<Step, connection_steps> steps_;
  CandidateBatch neurons_;  // of the outer side
  CandidateBatch batch_;    // of candidates
  std::vector<std::int32_t> list_;
  NewSynapses synapses_;
  RandomKey sampling_;
  std::optional<BulkDraws> bulk_;
  std::int32_t* outer_column_ = nullptr;  // of the batch
  std::int64_t* iterates_ = nullptr;
  bool draws_ = false;       // a step over candidates does: then a batch belongs to one outer neuron
  std::int64_t count_ = 0;   // candidates in the batch
  std::uint64_t row_ = 0;    // the outer neuron, or 0 for given pairs
  std::uint64_t chunk_ = 0;  // batches of this row before
};

}  // namespace ranvier
