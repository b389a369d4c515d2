#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <ranvier/runtime/connectivity.hpp>
#include <ranvier/runtime/row_pieces.hpp>
#include <ranvier/runtime/team.hpp>

namespace ranvier {

/// Where the synapses of each delay are, in rows that are stored in the order of delays: the delays
/// themselves need not be kept. Synapses of a row with the same delay stand in the order of their numbers.
class DelaySegments {
 public:
  /// For synapses that are stored in the order of their numbers, with these delays [steps]. Nothing where it
  /// would not pay: for few synapses, for more delays than a row has synapses, or for rows beyond 16 bits.
  static std::optional<DelaySegments> of(const Connectivity& connectivity,
                                         std::span<const std::uint16_t> delays);

  /// For each place in grouped rows, how far from there the synapse is stored until then.
  std::vector<std::int16_t> moves(const Connectivity& connectivity,
                                  std::span<const std::uint16_t> delays) const;
  /// Of each place in grouped rows [steps].
  std::vector<std::uint16_t> delays(const Connectivity& connectivity) const;

  std::int64_t shortest() const { return shortest_; }
  std::int64_t longest() const { return shortest_ + static_cast<std::int64_t>(count_) - 1; }
  double bytes() const { return static_cast<double>(cuts_.size() * sizeof(std::uint16_t)); }

  /// Adds the synapses of a delay from some neurons, ascending, of which the first has number `first`.
  void add(RowPieces& pieces, std::span<const std::int32_t> neurons, std::int64_t delay, std::int64_t first,
           const Connectivity& connectivity) const;
  /// Calls f(delay, synapse) for those of a source (relative to its slice).
  template <class F>
  void for_each(std::size_t source, const Connectivity& connectivity, F f) const {
    const std::uint16_t* cut = cuts_.data() + source * (count_ + 1);
    for (std::size_t k = 0; k < count_; ++k)
      for (std::int64_t s = cut[k]; s < cut[k + 1]; ++s)
        f(shortest_ + static_cast<std::int64_t>(k), connectivity.row[source] + s);
  }

 private:
  DelaySegments(std::int64_t shortest, std::size_t count, std::size_t sources)
      : shortest_(shortest), count_(count), cuts_(sources * (count + 1)) {}

  std::int64_t shortest_ = 0;
  std::size_t count_ = 0;            // of delays, from the shortest on
  std::vector<std::uint16_t> cuts_;  // of each source, where they begin in its row, and where the last ends
};

/// Moves the values of synapses to their places in grouped rows, or back from there.
void regroup(void* values, std::size_t size_of_value, const Connectivity& connectivity,
             std::span<const std::int16_t> moves, bool back, Team& team);

}  // namespace ranvier
