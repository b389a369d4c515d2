#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <ranvier/runtime/archive.hpp>
#include <ranvier/runtime/clock.hpp>

namespace ranvier {

/// The spike lists of the last steps of a group, ascending in each step. As deep as the longest delay that
/// reads it.
class SpikeHistory {
 public:
  explicit SpikeHistory(std::int64_t elements) : elements_(elements) { deepen(1); }

  /// Room for the lists of `steps` steps; keeps what is there.
  void deepen(std::int64_t steps);

  /// The buffer for the spikes of `step`; forgets the oldest list.
  std::int32_t* open(std::int64_t step);
  /// Says how many spikes were written into the buffer of `step`.
  void close(std::int64_t step, std::int64_t count);
  /// The spikes of `step`; empty if there were none or they are too old.
  std::span<std::int32_t> at(std::int64_t step);
  /// Those of the last step that was opened.
  std::span<const std::int32_t> latest() const;
  /// Forgets all lists.
  void clear();
  /// Steps get other numbers. Where several become one, so do their lists, in which a spike then is more than
  /// once.
  void renumber(const Renumbering& renumbered);
  /// True if any list from `step` on is not empty.
  bool any_since(std::int64_t step) const;
  /// `name` begins the names that the lists are kept under.
  void archive(Archive& archive, const std::string& name);
  std::int64_t depth() const { return static_cast<std::int64_t>(lists_.size()); }

 private:
  struct List {
    std::int64_t step = -1;
    std::int64_t count = 0;
    std::vector<std::int32_t> buffer;
  };
  void put(std::int64_t step, std::span<const std::int32_t> spikes);
  void require_valid(Archive& archive, const std::string& name) const;
  List& slot(std::int64_t step) { return lists_[static_cast<std::size_t>(step % depth())]; }

  std::int64_t elements_;
  std::int64_t latest_ = 0;
  std::vector<List> lists_;
};

}  // namespace ranvier
