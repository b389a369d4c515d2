#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include <ranvier/runtime/team.hpp>

namespace ranvier {

/// Numbers are put into bins by all threads of a team, in each bin in the order of one loop over all of them.
/// `visit(part, f)` calls f(bin, number) for those of one of `parts` parts, in order, and is called twice for
/// each part; `room(bin, count)` says where the `count` numbers of a bin, which is not empty, go.
template <class Visit, class Room>
void put_into_bins(Team& team, std::int64_t parts, std::size_t bins, Visit visit, Room room) {
  std::vector<std::vector<std::int64_t>> counts(static_cast<std::size_t>(parts));
  team.each(parts, [&](std::int64_t part, int) {
    std::vector<std::int64_t> own(bins);
    visit(part, [&](std::size_t bin, std::int32_t) { ++own[bin]; });
    counts[static_cast<std::size_t>(part)] = std::move(own);
  });
  std::vector<std::vector<std::int32_t*>> places(counts.size(), std::vector<std::int32_t*>(bins));
  for (std::size_t bin = 0; bin < bins; ++bin) {
    std::int64_t count = 0;
    for (const auto& own : counts) count += own[bin];
    if (count == 0) continue;
    std::int32_t* place = room(bin, count);
    for (std::size_t part = 0; part < counts.size(); place += counts[part][bin], ++part)
      places[part][bin] = place;
  }
  team.each(parts, [&](std::int64_t part, int) {
    std::vector<std::int32_t*>& own = places[static_cast<std::size_t>(part)];
    visit(part, [&](std::size_t bin, std::int32_t number) { *own[bin]++ = number; });
  });
}

}  // namespace ranvier
