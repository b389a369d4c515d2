#include <algorithm>
#include <ranvier/compiler/kernel_abi.hpp>
#include <ranvier/runtime/spike_history.hpp>
#include <utility>

namespace ranvier {

void SpikeHistory::deepen(std::int64_t steps) {
  if (steps <= depth()) return;
  std::vector<List> deeper(static_cast<std::size_t>(steps));  // complete before anything changes
  for (List& list : deeper) list.buffer.resize(static_cast<std::size_t>(elements_ + element_padding));
  for (List& list : lists_)
    if (list.step >= 0) deeper[static_cast<std::size_t>(list.step % steps)] = std::move(list);
  lists_ = std::move(deeper);
}

std::int32_t* SpikeHistory::open(std::int64_t step) {
  List& list = slot(step);
  list.step = latest_ = step;
  list.count = 0;
  return list.buffer.data();
}

void SpikeHistory::close(std::int64_t step, std::int64_t count) {
  slot(step).count = count;
}

std::span<std::int32_t> SpikeHistory::at(std::int64_t step) {
  if (step < 0) return {};
  List& list = slot(step);
  if (list.step != step) return {};
  return {list.buffer.data(), static_cast<std::size_t>(list.count)};
}

std::span<const std::int32_t> SpikeHistory::latest() const {
  return const_cast<SpikeHistory*>(this)->at(latest_);
}

void SpikeHistory::clear() {
  for (List& list : lists_) list.step = -1, list.count = 0;
}

bool SpikeHistory::any_since(std::int64_t step) const {
  return std::ranges::any_of(lists_, [&](const List& list) { return list.step >= step && list.count > 0; });
}

}  // namespace ranvier
