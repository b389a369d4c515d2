#include <fmt/format.h>
#include <algorithm>
#include <ranvier/runtime/neuron_selection.hpp>

namespace ranvier {
namespace {

/// Flags of the neurons of a slice.
class Flags {
 public:
  explicit Flags(const Elements& side) : side_(side), flags_(static_cast<std::size_t>(side.size())) {}

  void operator()(const std::vector<std::int64_t>& neurons) {
    for (const std::int64_t neuron : neurons) set(neuron);
  }

  void operator()(const ElementRange& range) {
    if (range.step < 1)
      throw NetworkError(fmt::format("a range of neurons with step {}: it must be at least 1", range.step));
    for (std::int64_t k = std::max<std::int64_t>(range.begin, 0); k < std::min(range.end, side_.size()); ++k)
      if ((k - range.begin) % range.step == 0) set(k);
  }

  void operator()(const Slice& slice) {
    if (!side_.are_of(slice.group()))
      throw NetworkError(fmt::format("a slice of '{}' does not select neurons of '{}'", slice.group().name(),
                                     side_.owner().owner_name()));
    for (std::int64_t k = slice.begin(); k < slice.end(); ++k) set(k - side_.begin());
  }

  template <class All>
  void operator()(const All&) {
    flags_.assign(flags_.size(), true);
  }

  std::vector<bool> take() { return std::move(flags_); }

 private:
  void set(std::int64_t neuron) {
    if (0 <= neuron && neuron < side_.size()) flags_[static_cast<std::size_t>(neuron)] = true;
  }

  const Elements& side_;
  std::vector<bool> flags_;
};

}  // namespace

std::vector<bool> NeuronSelection::of(const Elements& side) const {
  Flags flags(side);
  std::visit(flags, chosen_);
  return flags.take();
}

}  // namespace ranvier
