#pragma once
#include <cstdint>
#include <vector>

#include <ranvier/runtime/numbering.hpp>
#include <ranvier/runtime/padded.hpp>

namespace ranvier {

/// Synapses by source: those of source s (relative to its slice) are [row[s], row[s + 1]) of `target`
/// (absolute numbers), in order of creation. `creation` gives each synapse's user-visible number.
struct Connectivity {
  std::vector<std::int64_t> row;
  PaddedNumbers target;
  Numbering creation;

  explicit Connectivity(std::int64_t sources = 0) : row(static_cast<std::size_t>(sources + 1), 0) {}
  std::int64_t sources() const { return static_cast<std::int64_t>(row.size()) - 1; }
  std::int64_t size() const { return static_cast<std::int64_t>(target.size()); }
  std::vector<std::int32_t> numbers() const { return creation.of_all(size()); }
};

/// `connectivity` with `added` behind it: every source keeps its synapses and gets the new ones after them;
/// numbers of `added` follow the existing ones. `from[k]` is set to the old position of new synapse k, or -1
/// for an added one; it is empty if there were none before.
Connectivity append(const Connectivity& connectivity, Connectivity added, std::vector<std::int64_t>& from);

/// Pairs in the order of creation -> rows. Sources relative, targets absolute.
Connectivity from_pairs(std::int64_t sources, const std::vector<std::int32_t>& source,
                        const PaddedNumbers& target);

/// `connectivity` without the synapses at some positions. Numbers of those behind a removed one move down;
/// `from[k]` is set to the old position of synapse k.
Connectivity without(const Connectivity& connectivity, const std::vector<bool>& removed,
                     std::vector<std::int64_t>& from);

/// Synapses by target: those onto target t (relative to its slice) are [row[t], row[t + 1]) of `synapses`,
/// positions in the order of their numbers.
struct Incoming {
  std::vector<std::int64_t> row;
  std::vector<std::int32_t> synapses;
};
Incoming incoming_of(const Connectivity& connectivity, std::int64_t first_target, std::int64_t targets);

/// Whether those of every source do.
bool targets_ascend(const Connectivity& connectivity);

/// Rows cut at the same targets: in block b are the synapses [cut[b][s], cut[b + 1][s]) of source s. Empty
/// unless the targets of every source ascend.
struct RowBlocks {
  std::vector<std::vector<std::int64_t>> cut;  // one more than there are blocks
};
RowBlocks blocks_of(const Connectivity& connectivity, std::int64_t first_target, std::int64_t targets,
                    int blocks);

}  // namespace ranvier
