#include <algorithm>
#include <numeric>
#include <ranvier/runtime/connectivity.hpp>
#include <span>
#include <utility>

namespace ranvier {
Connectivity append(const Connectivity& old, Connectivity added, std::vector<std::int64_t>& from) {
  from.clear();
  if (old.size() == 0) return added;
  Connectivity all(old.sources());
  const std::int64_t total = old.size() + added.size();
  all.target.reserve(static_cast<std::size_t>(total));
  const std::vector<std::int32_t> old_numbers = old.numbers(), new_numbers = added.numbers();
  std::vector<std::int32_t> numbers;
  numbers.reserve(static_cast<std::size_t>(total));
  from.reserve(static_cast<std::size_t>(total));
  const auto first_number = static_cast<std::int32_t>(old.size());
  for (std::size_t s = 0; s + 1 < all.row.size(); ++s) {
    for (std::int64_t k = old.row[s]; k < old.row[s + 1]; ++k) {
      all.target.push_back(old.target[static_cast<std::size_t>(k)]);
      numbers.push_back(old_numbers[static_cast<std::size_t>(k)]);
      from.push_back(k);
    }
    for (std::int64_t k = added.row[s]; k < added.row[s + 1]; ++k) {
      all.target.push_back(added.target[static_cast<std::size_t>(k)]);
      numbers.push_back(first_number + new_numbers[static_cast<std::size_t>(k)]);
      from.push_back(-1);
    }
    all.row[s + 1] = static_cast<std::int64_t>(all.target.size());
  }
  all.creation = Numbering(std::move(numbers));
  return all;
}

Connectivity from_pairs(std::int64_t sources, const std::vector<std::int32_t>& source,
                        const PaddedNumbers& target) {
  Connectivity c(sources);
  for (const std::int32_t s : source) ++c.row[static_cast<std::size_t>(s) + 1];
  std::partial_sum(c.row.begin(), c.row.end(), c.row.begin());
  std::vector<std::int64_t> next(c.row.begin(), c.row.end() - 1);
  c.target.resize(source.size());
  std::vector<std::int32_t> numbers(source.size());
  for (std::size_t k = 0; k < source.size(); ++k) {
    const auto place = static_cast<std::size_t>(next[static_cast<std::size_t>(source[k])]++);
    c.target[place] = target[k];
    numbers[place] = static_cast<std::int32_t>(k);
  }
  c.creation = Numbering(std::move(numbers));
  return c;
}

Connectivity without(const Connectivity& old, const std::vector<bool>& removed,
                     std::vector<std::int64_t>& from) {
  const std::vector<std::int32_t> old_numbers = old.numbers();
  std::vector<std::int32_t> kept(removed.size() + 1, 0);  // with a number before this one
  for (std::size_t k = 0; k < removed.size(); ++k)
    kept[static_cast<std::size_t>(old_numbers[k]) + 1] = removed[k] ? 0 : 1;
  std::partial_sum(kept.begin(), kept.end(), kept.begin());
  Connectivity left(old.sources());
  const auto count = static_cast<std::size_t>(kept.back());
  from.clear();
  std::vector<std::int32_t> numbers;
  left.target.reserve(count), numbers.reserve(count), from.reserve(count);
  for (std::size_t s = 0; s + 1 < left.row.size(); ++s) {
    for (std::int64_t k = old.row[s]; k < old.row[s + 1]; ++k) {
      if (removed[static_cast<std::size_t>(k)]) continue;
      left.target.push_back(old.target[static_cast<std::size_t>(k)]);
      numbers.push_back(kept[static_cast<std::size_t>(old_numbers[static_cast<std::size_t>(k)])]);
      from.push_back(k);
    }
    left.row[s + 1] = std::ssize(left.target);
  }
  left.creation = Numbering(std::move(numbers));
  return left;
}

bool targets_ascend(const Connectivity& c) {
  for (std::size_t s = 0; s + 1 < c.row.size(); ++s)
    if (!std::is_sorted(c.target.begin() + c.row[s], c.target.begin() + c.row[s + 1])) return false;
  return true;
}

RowBlocks blocks_of(const Connectivity& c, std::int64_t first_target, std::int64_t targets, int blocks) {
  const auto sources = static_cast<std::size_t>(c.sources());
  const auto row = [&](std::size_t s) {
    return std::span<const std::int32_t>(c.target).subspan(static_cast<std::size_t>(c.row[s]),
                                                           static_cast<std::size_t>(c.row[s + 1] - c.row[s]));
  };
  if (!targets_ascend(c)) return {};
  RowBlocks all;
  for (int b = 0; b <= blocks; ++b) {
    const auto first = static_cast<std::int32_t>(first_target + targets * b / blocks);
    std::vector<std::int64_t>& cut = all.cut.emplace_back(sources);
    for (std::size_t s = 0; s < sources; ++s)
      cut[s] = c.row[s] + (std::ranges::lower_bound(row(s), first) - row(s).begin());
  }
  return all;
}

Incoming incoming_of(const Connectivity& c, std::int64_t first_target, std::int64_t targets) {
  Incoming incoming{std::vector<std::int64_t>(static_cast<std::size_t>(targets + 1), 0), {}};
  const auto row_of = [&](std::size_t position) {
    return static_cast<std::size_t>(c.target[position] - first_target);
  };
  for (std::size_t k = 0; k < c.target.size(); ++k) ++incoming.row[row_of(k) + 1];
  std::partial_sum(incoming.row.begin(), incoming.row.end(), incoming.row.begin());
  std::vector<std::int64_t> next(incoming.row.begin(), incoming.row.end() - 1);
  incoming.synapses.resize(c.target.size());
  for (const std::int32_t k : c.creation.places(c.size()))
    incoming.synapses[static_cast<std::size_t>(next[row_of(static_cast<std::size_t>(k))]++)] = k;
  return incoming;
}

}  // namespace ranvier
