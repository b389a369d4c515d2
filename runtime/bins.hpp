#pragma once
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include <ranvier/runtime/team.hpp>

namespace ranvier {

/// Numbers are put into bins by all threads of a team, in each bin in the order of one loop over all of them.
/// `visit(part, f)` calls f(bin, number) for those of one of `parts` parts, in order, and is called twice for
/// each part; `places(counts)` says where the numbers of each bin go, of which there are so many.
template <class Visit, class Places>
void put_into_bins(Team& team, std::int64_t parts, std::size_t bins, Visit visit, Places places) {
  using Counts = std::vector<std::int64_t>;
  std::vector<Counts> counts(static_cast<std::size_t>(parts));
  team.each(parts, [&](std::int64_t part, int) {
    Counts own(bins);
    visit(part, [&](std::size_t bin, std::int32_t) { ++own[bin]; });
    counts[static_cast<std::size_t>(part)] = std::move(own);
  });
  Counts sizes(bins);
  for (const Counts& own : counts)
    for (std::size_t bin = 0; bin < bins; ++bin) sizes[bin] += own[bin];
  std::vector<std::vector<std::int32_t*>> next(counts.size(), std::vector<std::int32_t*>(bins));
  const std::vector<std::int32_t*> begins = places(sizes);
  for (std::size_t bin = 0; bin < bins; ++bin) {
    std::int32_t* place = begins[bin];
    for (std::size_t part = 0; part < counts.size(); place += counts[part][bin], ++part)
      next[part][bin] = place;
  }
  team.each(parts, [&](std::int64_t part, int) {
    std::vector<std::int32_t*>& own = next[static_cast<std::size_t>(part)];
    visit(part, [&](std::size_t bin, std::int32_t number) { *own[bin]++ = number; });
  });
}

}  // namespace ranvier
