#pragma once
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include <ranvier/runtime/elements.hpp>
#include <ranvier/runtime/record_selection.hpp>

namespace ranvier {

/// Some neurons of one side of synapses, numbered within its slice: all (nothing said), one (`3`), a list
/// (`{1, 4}`), a range (`ElementRange{0, 10, 2}`), or a slice of the same group.
class NeuronSelection {
 public:
  NeuronSelection() = default;
  template <std::integral Number>
    requires(!std::same_as<Number, bool>)
  NeuronSelection(Number neuron) : chosen_(List{static_cast<std::int64_t>(neuron)}) {}
  NeuronSelection(std::initializer_list<std::int64_t> neurons) : chosen_(List(neurons)) {}
  NeuronSelection(std::vector<std::int64_t> neurons) : chosen_(std::move(neurons)) {}
  NeuronSelection(ElementRange range) : chosen_(range) {}
  template <class Part>
    requires(std::convertible_to<Part&, Slice> && !std::same_as<Part, NeuronSelection>)
  NeuronSelection(Part& part) : chosen_(Slice(part)) {}
  NeuronSelection(Slice&& slice) : chosen_(slice) {}

  /// Which neurons of `side` these are: a flag for each. Numbers that no neuron has select none. Throws
  /// NetworkError for a slice of another group, and for a range that never ends.
  std::vector<bool> of(const Elements& side) const;

 private:
  struct All {};
  using List = std::vector<std::int64_t>;
  std::variant<All, List, ElementRange, Slice> chosen_;
};

}  // namespace ranvier
