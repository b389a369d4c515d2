#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include <ranvier/compiler/provenance.hpp>
#include <ranvier/runtime/watch.hpp>

namespace ranvier {

/// Executes a call of a kernel once more, on copies of what it wrote, up to the element that made a value go
/// bad, and takes that element's code apart.
class Replay {
 public:
  Replay(const KernelCall& call, const std::vector<WrittenColumn>& written, double limit);

  /// Whether the entry was bad already before the call.
  bool was_bad(const WrittenColumn& written, std::int64_t entry);
  /// The part of the code where `entry` of a column went bad. Nothing if the code cannot be executed again.
  std::optional<Cause> cause(const WrittenColumn& written, std::int64_t entry);

 private:
  void restart();
  bool is_bad(double value) const;
  bool is_bad_now(const WrittenColumn& written, std::int64_t entry) const;
  bool in_sequence() const;
  void execute(std::int64_t begin, std::int64_t end);
  /// The position in the call's range that made the entry bad; -1: none.
  std::int64_t find_position(const WrittenColumn& written, std::int64_t entry);
  /// The same for the synapses of one row; until then they are executed.
  std::int64_t find_synapse(const WrittenColumn& written, std::int64_t entry, std::int64_t position);
  void only_synapse(std::int64_t position, std::int64_t synapse);
  std::size_t place_of(const char* hidden) const;

  const KernelCall& call_;
  const std::vector<WrittenColumn>& written_;
  double limit_;
  std::vector<Array> copies_;   // of written columns, in their order
  std::vector<void*> columns_;  // addresses: copies, and for the rest those of the call
  std::vector<std::int64_t> row_, row_end_;
  std::vector<std::int32_t> list_;  // where a loop over elements writes one
};

}  // namespace ranvier
