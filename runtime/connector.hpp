#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <ranvier/runtime/candidates.hpp>
#include <ranvier/runtime/connection_plan.hpp>
#include <ranvier/runtime/new_synapses.hpp>
#include <ranvier/runtime/sampling.hpp>

namespace ranvier {

/// Makes synapses of one connect call, a part at a time. Candidates go through in batches: a range or sample
/// of each outer neuron, the element, the condition, the probability, the copies. For one thread.
class Connector {
 public:
  Connector(const ConnectionPlan& plan, const Namespace& names);
  /// Those of the outer neurons [begin, end); `begin` is a multiple of `neurons_at_once`.
  NewSynapses of_neurons(std::int64_t begin, std::int64_t end);
  /// Those of the pairs that are given.
  NewSynapses of_pairs();
  // Both throw NetworkError, ModelError (for what a text gives a neuron).

  static constexpr std::int64_t neurons_at_once = 256;

 private:
  BoundKernel& step(ConnectionStep which) { return steps_[static_cast<std::size_t>(which)]; }
  std::int64_t run(ConnectionStep which, std::int64_t count, std::uint64_t row, std::uint64_t chunk);

  // The outer side, a batch of neurons at a time; `neuron` is relative to its slice, `row` to the batch.
  void propose(std::int64_t neuron, std::int32_t row);
  bool has_bound(const char* column) const;
  std::int64_t bound(const char* column, std::int32_t row, std::int64_t otherwise);
  Progression numbers_of(std::int64_t neuron, std::int32_t row);
  std::optional<double> probability_of(std::int64_t neuron, std::int32_t row);
  std::int64_t size_of_sample(std::int64_t neuron, std::int32_t row, std::int64_t count);
  void limit(double kept, double count, std::int64_t neuron) const;

  // Candidates; `row` is relative to the batch.
  void push(std::int64_t neuron, std::int64_t number);
  void check_numbers(const std::vector<std::int64_t>& given, const Elements& side, const char* which) const;
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
  std::string result_text() const;
  std::string pair_text(std::int32_t row);

  const ConnectionPlan& plan_;
  const ConnectionSite& site_;
  const ConnectOptions& options_;
  const ConnectionCode& code_;
  std::array<BoundKernel, connection_steps> steps_;
  CandidateBatch neurons_;  // of the outer side
  CandidateBatch batch_;    // of candidates
  std::vector<std::int32_t> list_;
  NewSynapses* synapses_ = nullptr;  // of the part
  std::optional<BulkDraws> bulk_;
  std::int32_t* outer_column_ = nullptr;  // of the batch
  std::int64_t* iterates_ = nullptr;
  std::int64_t count_ = 0;   // candidates in the batch
  std::uint64_t row_ = 0;    // the outer neuron, or 0 for given pairs
  std::uint64_t chunk_ = 0;  // batches of this row before
};

}  // namespace ranvier
