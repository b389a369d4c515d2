#include <algorithm>
#include <limits>
#include <numeric>
#include <ranvier/runtime/delay_segments.hpp>

namespace ranvier {
namespace {

constexpr std::int64_t fewest_synapses = 1 << 14;  // fewer stay in the cache in any order
constexpr std::int64_t longest_row = std::numeric_limits<std::int16_t>::max();

std::span<const std::uint16_t> row_of(std::span<const std::uint16_t> delays, const Connectivity& c,
                                      std::size_t source) {
  return delays.subspan(static_cast<std::size_t>(c.row[source]),
                        static_cast<std::size_t>(c.row[source + 1] - c.row[source]));
}

template <class T>
void regroup_rows(T* values, const Connectivity& c, std::span<const std::int16_t> moves, bool back,
                  std::size_t first, std::size_t last) {
  std::vector<T> before;
  for (std::size_t s = first; s < last; ++s) {
    const auto begin = static_cast<std::size_t>(c.row[s]), end = static_cast<std::size_t>(c.row[s + 1]);
    before.assign(values + begin, values + end);
    for (std::size_t k = begin; k < end; ++k) {
      const std::size_t other = k + static_cast<std::size_t>(static_cast<std::ptrdiff_t>(moves[k]));
      (back ? values[other] : values[k]) = before[(back ? k : other) - begin];
    }
  }
}

}  // namespace

std::optional<DelaySegments> DelaySegments::of(const Connectivity& c, std::span<const std::uint16_t> delays) {
  if (c.size() < fewest_synapses || !c.creation.identity()) return std::nullopt;
  const auto sources = static_cast<std::size_t>(c.sources());
  for (std::size_t s = 0; s < sources; ++s)
    if (c.row[s + 1] - c.row[s] > longest_row) return std::nullopt;
  const auto [least, most] = std::ranges::minmax(delays);
  const std::size_t count = static_cast<std::size_t>(most - least) + 1;
  if (sources * (count + 1) > static_cast<std::size_t>(c.size())) return std::nullopt;
  DelaySegments segments(least, count, sources);
  for (std::size_t s = 0; s < sources; ++s) {
    const std::span cut = std::span(segments.cuts_).subspan(s * (count + 1), count + 1);
    for (const std::uint16_t delay : row_of(delays, c, s)) ++cut[static_cast<std::size_t>(delay - least) + 1];
    std::partial_sum(cut.begin(), cut.end(), cut.begin());
  }
  return segments;
}

std::vector<std::int16_t> DelaySegments::moves(const Connectivity& c,
                                               std::span<const std::uint16_t> delays) const {
  std::vector<std::int16_t> moves(delays.size());
  std::vector<std::uint16_t> next;
  for (std::size_t s = 0; s < static_cast<std::size_t>(c.sources()); ++s) {
    const auto cut = cuts_.begin() + static_cast<std::ptrdiff_t>(s * (count_ + 1));
    next.assign(cut, cut + static_cast<std::ptrdiff_t>(count_));
    const std::span row = row_of(delays, c, s);
    for (std::size_t k = 0; k < row.size(); ++k) {
      const std::size_t place = next[static_cast<std::size_t>(row[k] - shortest_)]++;
      moves[static_cast<std::size_t>(c.row[s]) + place] =
          static_cast<std::int16_t>(static_cast<std::int64_t>(k) - static_cast<std::int64_t>(place));
    }
  }
  return moves;
}

std::vector<std::uint16_t> DelaySegments::delays(const Connectivity& c) const {
  std::vector<std::uint16_t> delays(static_cast<std::size_t>(c.size()));
  for (std::size_t s = 0; s < static_cast<std::size_t>(c.sources()); ++s)
    for_each(s, c, [&](std::int64_t delay, std::int64_t synapse) {
      delays[static_cast<std::size_t>(synapse)] = static_cast<std::uint16_t>(delay);
    });
  return delays;
}

void DelaySegments::add(RowPieces& pieces, std::span<const std::int32_t> neurons, std::int64_t delay,
                        std::int64_t first, const Connectivity& c) const {
  constexpr std::size_t ahead = 8;  // what is looked up lies anywhere
  const auto which = static_cast<std::size_t>(delay - shortest_);
  const auto cut_of = [&](std::size_t k) {
    return cuts_.data() + static_cast<std::size_t>(neurons[k] - first) * (count_ + 1) + which;
  };
  for (std::size_t k = 0; k < neurons.size(); ++k) {
    if (k + ahead < neurons.size()) {
      __builtin_prefetch(cut_of(k + ahead));
      __builtin_prefetch(c.row.data() + (neurons[k + ahead] - first));
    }
    const std::int64_t row = c.row[static_cast<std::size_t>(neurons[k] - first)];
    const std::uint16_t* cut = cut_of(k);
    pieces.add(neurons[k], row + cut[0], row + cut[1]);
  }
}

void regroup(void* values, std::size_t size_of_value, const Connectivity& c,
             std::span<const std::int16_t> moves, bool back, Team& team) {
  const auto sources = static_cast<std::size_t>(c.sources());
  constexpr std::int64_t synapses_of_a_part = 1 << 18;
  const std::int64_t parts = c.size() / synapses_of_a_part + 1;
  team.each(parts, [&](std::int64_t part, int) {
    const std::size_t first = sources * static_cast<std::size_t>(part) / static_cast<std::size_t>(parts);
    const std::size_t last = sources * static_cast<std::size_t>(part + 1) / static_cast<std::size_t>(parts);
    const auto rows = [&]<class T>(T) { regroup_rows(static_cast<T*>(values), c, moves, back, first, last); };
    if (size_of_value == 8) return rows(std::uint64_t{});
    if (size_of_value == 4) return rows(std::uint32_t{});
    if (size_of_value == 2) return rows(std::uint16_t{});
    rows(std::uint8_t{});
  });
}

}  // namespace ranvier
