#include <fmt/format.h>
#include <algorithm>
#include <ranvier/runtime/network.hpp>
#include <ranvier/runtime/synapses.hpp>

namespace ranvier {

std::int64_t Synapses::remove(std::span<const std::int64_t> synapses) {
  require_connected("removing some");
  settle();
  const std::vector<std::int32_t> places = positions(0, size());
  std::vector<bool> removed(places.size());  // by position
  for (const std::int64_t number : synapses) {
    if (number < 0 || number >= size())
      throw NetworkError(fmt::format("remove of '{}': there is no synapse {}; it must lie in [0, {})", name(),
                                     number, size()));
    removed[static_cast<std::size_t>(places[static_cast<std::size_t>(number)])] = true;
  }
  const std::int64_t count = std::ranges::count(removed, true);
  if (count == 0) return 0;
  const std::vector<std::int32_t> numbers = numbers_without(synapses);
  network_.require_elements(*this, numbers);
  network_.release_elements(*this, numbers);
  within_memory(name(), [&] {
    std::vector<std::int64_t> from;
    Connectivity left = without(connectivity_, removed, from);
    restructure(std::move(left), from);
  });
  ++removals_;
  network_.renumber_elements(*this, numbers);
  return count;
}

}  // namespace ranvier
