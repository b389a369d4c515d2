#include <ranvier/runtime/bins.hpp>
#include <ranvier/runtime/target_lists.hpp>

namespace ranvier {

const std::vector<std::span<std::int32_t>>& TargetLists::divide(std::span<const std::int32_t> synapses,
                                                                std::span<const std::int32_t> target,
                                                                std::int64_t first, std::int64_t targets,
                                                                Team& team) {
  const std::int64_t blocks = team.size(), count = std::ssize(synapses);
  synapses_.resize(synapses.size());
  lists_.assign(static_cast<std::size_t>(blocks), {});
  std::int32_t* next = synapses_.data();
  const auto visit = [&](std::int64_t part, auto f) {
    for (std::int64_t k = count * part / blocks; k < count * (part + 1) / blocks; ++k) {
      const std::int32_t synapse = synapses[static_cast<std::size_t>(k)];
      const std::int64_t place = target[static_cast<std::size_t>(synapse)] - first;
      f(static_cast<std::size_t>(place * blocks / targets), synapse);
    }
  };
  const auto places = [&](const std::vector<std::int64_t>& sizes) {
    std::vector<std::int32_t*> begins;
    for (std::size_t block = 0; block < sizes.size(); next += sizes[block], ++block) {
      lists_[block] = {next, static_cast<std::size_t>(sizes[block])};
      begins.push_back(next);
    }
    return begins;
  };
  put_into_bins(team, blocks, static_cast<std::size_t>(blocks), visit, places);
  return lists_;
}

}  // namespace ranvier
