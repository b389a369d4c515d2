#include <fmt/format.h>
#include <ranvier/runtime/memory.hpp>
#include <ranvier/runtime/network.hpp>
#include <ranvier/runtime/synapses.hpp>

namespace ranvier {

std::int64_t Synapses::remove(std::span<const std::int64_t> synapses) {
  require_connected("removing some");
  std::vector<bool> removed(static_cast<std::size_t>(size()));  // by position
  for (const std::int64_t number : synapses) {
    if (number < 0 || number >= size())
      throw NetworkError(fmt::format("remove of '{}': there is no synapse {}; it must lie in [0, {})", name(),
                                     number, size()));
    removed[static_cast<std::size_t>(position(number))] = true;
  }
  std::vector<std::int32_t> numbers(removed.size());  // of the old ones
  std::int32_t next = 0;
  for (std::size_t number = 0; number < numbers.size(); ++number) {
    const bool gone = removed[static_cast<std::size_t>(position(static_cast<std::int64_t>(number)))];
    numbers[number] = gone ? -1 : next++;
  }
  const std::int64_t count = size() - next;
  if (count == 0) return 0;
  network_.require_elements(*this, numbers);
  within_memory(name(), [&] {
    std::vector<std::int64_t> from;
    Connectivity left = without(connectivity_, removed, from);
    restructure(std::move(left), from);
  });
  ++removals_;
  network_.renumber_elements(*this, numbers);
  return count;
}

double Synapses::bytes_per_synapse() const {
  double bytes = sizeof(std::int32_t) + bytes_of_element(model_.variables);
  if (!connectivity_.creation.empty()) bytes += 2 * sizeof(std::int32_t);
  for (const Pathway& pathway : pathways_) bytes += pathway.bytes_per_synapse();
  for (const auto& [column, array] : structural_)
    if (array.size() == size()) bytes += sizeof(std::int32_t);
  return bytes;
}

}  // namespace ranvier
