#include <algorithm>
#include <numeric>
#include <ranvier/runtime/numbering.hpp>
#include <utility>

namespace ranvier {

Numbering::Numbering(std::vector<std::int32_t> numbers) {
  std::vector<std::size_t> begins;
  const std::size_t most = numbers.size() * sizeof(std::int32_t) / sizeof(Run);
  for (std::size_t k = 0; k < numbers.size() && begins.size() <= most; ++k)
    if (k == 0 || numbers[k] != numbers[k - 1] + 1) begins.push_back(k);
  if (numbers.empty() || (begins.size() == 1 && numbers[0] == 0)) return;
  if (begins.size() > most) {
    each_ = std::move(numbers);
    return;
  }
  runs_.reserve(begins.size());
  for (const std::size_t k : begins) runs_.push_back({static_cast<std::int32_t>(k), numbers[k]});
}

Numbering Numbering::nearby(std::vector<std::int16_t> offsets) {
  Numbering numbering;
  if (std::ranges::any_of(offsets, [](std::int16_t offset) { return offset != 0; }))
    numbering.offsets_ = std::move(offsets);
  return numbering;
}

std::int32_t Numbering::operator[](std::int64_t position) const {
  const auto at = static_cast<std::int32_t>(position);
  if (identity()) return at;
  if (!offsets_.empty()) return at + offsets_[static_cast<std::size_t>(position)];
  if (runs_.empty()) return each_[static_cast<std::size_t>(position)];
  const Run& run = *std::prev(std::ranges::upper_bound(runs_, at, {}, &Run::position));
  return run.number + at - run.position;
}

std::vector<std::int32_t> Numbering::of_all(std::int64_t count) const {
  if (!each_.empty()) return each_;
  std::vector<std::int32_t> numbers(static_cast<std::size_t>(count));
  std::iota(numbers.begin(), numbers.end(), 0);
  for (std::size_t k = 0; k < offsets_.size(); ++k) numbers[k] += offsets_[k];
  for (std::size_t k = 0; k < runs_.size(); ++k) {
    const auto end = k + 1 < runs_.size() ? numbers.begin() + runs_[k + 1].position : numbers.end();
    std::iota(numbers.begin() + runs_[k].position, end, runs_[k].number);
  }
  return numbers;
}

std::vector<std::int32_t> Numbering::places(std::int64_t count) const {
  std::vector<std::int32_t> places(static_cast<std::size_t>(count));
  const std::vector<std::int32_t> numbers = of_all(count);
  for (std::size_t k = 0; k < numbers.size(); ++k)
    places[static_cast<std::size_t>(numbers[k])] = static_cast<std::int32_t>(k);
  return places;
}

}  // namespace ranvier
