#pragma once
#include <atomic>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <ranvier/runtime/connectivity.hpp>

namespace ranvier {

/// How many more synapses there may be, for all threads that make some.
class Room {
 public:
  Room(std::int64_t synapses, std::string name) : most_(synapses), left_(synapses), name_(std::move(name)) {}
  /// Throws NetworkError if there is no room for so many.
  void take(std::int64_t synapses) {
    if (synapses > most_ || (left_ -= synapses) < 0) refuse();
  }

 private:
  [[noreturn]] void refuse() const;

  std::int64_t most_;
  std::atomic<std::int64_t> left_;
  std::string name_;  // whose synapses, for messages
};

/// A part of the synapses of a connect call, in the order of their numbers.
class NewSynapses {
 public:
  NewSynapses() = default;
  /// From sources [first, first + count) (relative to their slice), in ascending order.
  static NewSynapses of_sources(std::int64_t first, std::int64_t count, Room& room);
  static NewSynapses in_any_order(Room& room);

  /// `copies` synapses from `source` (relative to its slice) to `target` (absolute). Throws NetworkError if
  /// there is no room for them.
  void add(std::int64_t source, std::int32_t target, std::int64_t copies);
  /// One synapse each from `sources` (counted from `first`) to `targets`.
  void add(std::span<const std::int32_t> sources, std::int64_t first, std::span<const std::int32_t> targets);
  /// For `of_sources`: targets were put behind those that there are, all from `source`.
  std::vector<std::int32_t>& targets() { return targets_; }
  void count(std::int64_t source, std::int64_t added) {
    counts_[static_cast<std::size_t>(source - first_)] += added;
  }

 private:
  friend Connectivity join(std::int64_t sources, std::vector<NewSynapses> parts);

  Room* room_ = nullptr;
  bool ascending_ = false;
  std::int64_t first_ = 0;
  std::vector<std::int64_t> counts_;   // ascending: of each source
  std::vector<std::int32_t> sources_;  // otherwise: of each synapse
  std::vector<std::int32_t> targets_;
};

/// All parts of a connect call, one behind the other.
Connectivity join(std::int64_t sources, std::vector<NewSynapses> parts);

}  // namespace ranvier
