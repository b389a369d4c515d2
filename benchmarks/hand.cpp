#include <ranvier/benchmarks/hand.hpp>

namespace ranvier::bench {

Rows Rows::from(std::span<const std::pair<std::int32_t, std::int32_t>> pairs, std::int64_t sources,
                std::int32_t shift) {
  Rows rows;
  rows.first.assign(static_cast<std::size_t>(sources) + 1, 0);
  rows.targets.reserve(pairs.size());
  for (const auto& [source, target] : pairs) {
    ++rows.first[static_cast<std::size_t>(source + shift) + 1];
    rows.targets.push_back(target);
  }
  for (std::size_t i = 1; i < rows.first.size(); ++i) rows.first[i] += rows.first[i - 1];
  return rows;
}

}  // namespace ranvier::bench
