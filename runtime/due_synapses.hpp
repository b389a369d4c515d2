#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <ranvier/runtime/archive.hpp>

namespace ranvier {

/// Synapses that spikes are on their way through: those of each step in which spikes arrive, in the order in
/// which they were sent. A synapse is there once for each spike.
class DueSynapses {
 public:
  /// Nothing is ever due so many steps from now or later.
  static constexpr std::int64_t most_steps = 1 << 20;

  bool empty() const { return count_ == 0; }
  std::int64_t size() const { return count_; }
  /// Steps come in no particular order, but all that hold something lie within `most_steps`.
  void push(std::int64_t step, std::int32_t synapse) {
    List* list = &slot(step);
    if (list->step != step || list->synapses.empty()) list = &claim(step);
    list->synapses.push_back(synapse);
    ++count_;
  }
  /// Room for counts[k] more of step `first + k`, behind those that there are; the caller fills it in. It
  /// stays where it is until such a step has more or fewer.
  std::vector<std::int32_t*> extend(std::int64_t first, std::span<const std::int64_t> counts);
  /// Those of one step, as long as nothing else is called.
  std::span<std::int32_t> at(std::int64_t step);
  /// Forgets a step.
  void clear(std::int64_t step);
  /// Forgets what is due before a step.
  void clear_before(std::int64_t step);
  /// Forgets everything.
  void clear();
  /// Synapse k becomes moved[k]; those that become -1 are forgotten.
  void move(std::span<const std::int32_t> moved);
  /// What is due `ahead` steps from step `from` is due the nearest number of steps to `ahead * ratio` from
  /// step `to`. Where several steps become one, the earlier comes first.
  void renumber(std::int64_t from, std::int64_t to, double ratio);
  /// The last step in which something is due; `otherwise` if nothing is.
  std::int64_t last(std::int64_t otherwise) const;
  /// `name` begins the names that it is kept under. Throws NetworkError unless all is due in
  /// [now, now + most_steps), for one of `synapses`.
  void archive(Archive& archive, const std::string& name, std::int64_t now, std::int64_t synapses);

 private:
  struct List {
    std::int64_t step = -1;
    std::vector<std::int32_t> synapses;
  };
  List& slot(std::int64_t step) { return lists_[static_cast<std::size_t>(step) & (lists_.size() - 1)]; }
  List& claim(std::int64_t step);
  std::int32_t* extend(std::int64_t step, std::int64_t count);
  void shorten(std::int64_t step, std::int64_t count);
  void empty_list(List& list);
  std::vector<List> take_all();

  std::vector<List> lists_ = std::vector<List>(1);  // a power of two of them; those without synapses are free
  std::vector<std::vector<std::int32_t>> spare_;    // memory of lists that were emptied
  std::int64_t count_ = 0;
};

}  // namespace ranvier
