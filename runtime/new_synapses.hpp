#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <ranvier/runtime/connectivity.hpp>

namespace ranvier {

/// The synapses of a connect call while they are made, in the order of their numbers.
class NewSynapses {
 public:
  /// `ascending`: their sources come in ascending order, so that their places need not be kept apart. `room`:
  /// how many synapses there may be; `name`: whose, for messages.
  NewSynapses(std::int64_t sources, bool ascending, std::int64_t room, std::string name);

  /// `copies` synapses from `source` (relative to its slice) to `target` (absolute). Throws NetworkError if
  /// there is no room for them.
  void add(std::int64_t source, std::int32_t target, std::int64_t copies);
  /// One synapse each from `sources` (counted from `first`) to `targets`.
  void add(std::span<const std::int32_t> sources, std::int64_t first, std::span<const std::int32_t> targets);
  Connectivity take();

 private:
  [[noreturn]] void refuse() const;

  Connectivity rows_;  // ascending: with row[s + 1] the number of synapses of source s until `take`
  std::vector<std::int32_t> sources_;  // otherwise
  bool ascending_;
  std::int64_t room_;
  std::string name_;
};

}  // namespace ranvier
