#include <algorithm>
#include <cmath>
#include <ranvier/runtime/due_synapses.hpp>
#include <utility>

namespace ranvier {

DueSynapses::List& DueSynapses::claim(std::int64_t step) {
  while (!slot(step).synapses.empty() && slot(step).step != step) {  // two steps in one place: make more
    std::vector<List> wider(2 * lists_.size());
    for (List& list : lists_)
      if (!list.synapses.empty())
        wider[static_cast<std::size_t>(list.step) & (wider.size() - 1)] = std::move(list);
    lists_ = std::move(wider);
  }
  List& list = slot(step);
  list.step = step;
  if (list.synapses.capacity() == 0 && !spare_.empty()) {
    list.synapses = std::move(spare_.back());
    spare_.pop_back();
  }
  return list;
}

std::int32_t* DueSynapses::extend(std::int64_t step, std::int64_t count) {
  std::vector<std::int32_t>& synapses = claim(step).synapses;
  const std::size_t before = synapses.size();
  synapses.resize(before + static_cast<std::size_t>(count));
  count_ += count;
  return synapses.data() + before;
}

void DueSynapses::shorten(std::int64_t step, std::int64_t count) {
  std::vector<std::int32_t>& synapses = slot(step).synapses;
  synapses.resize(synapses.size() - static_cast<std::size_t>(count));
  count_ -= count;
}

std::vector<std::int32_t*> DueSynapses::extend(std::int64_t first, std::span<const std::int64_t> counts) {
  std::vector<std::int32_t*> places(counts.size());
  std::int64_t k = 0;
  const auto count = [&] { return counts[static_cast<std::size_t>(k)]; };
  try {
    for (; k < std::ssize(counts); ++k)
      if (count() > 0) places[static_cast<std::size_t>(k)] = extend(first + k, count());
  } catch (...) {  // nothing may be due that nobody sent
    while (k-- > 0)
      if (count() > 0) shorten(first + k, count());
    throw;
  }
  return places;
}

void DueSynapses::empty_list(List& list) {
  if (list.synapses.empty()) return;
  count_ -= std::ssize(list.synapses);
  list.synapses.clear();
  spare_.push_back(std::exchange(list.synapses, {}));
}

std::span<std::int32_t> DueSynapses::at(std::int64_t step) {
  List& list = slot(step);
  if (list.step != step) return {};
  return list.synapses;
}

void DueSynapses::clear(std::int64_t step) {
  if (slot(step).step == step) empty_list(slot(step));
}

void DueSynapses::clear_before(std::int64_t step) {
  if (empty()) return;
  for (List& list : lists_)
    if (list.step < step) empty_list(list);
}

void DueSynapses::clear() {
  lists_ = std::vector<List>(1);
  spare_.clear();
  count_ = 0;
}

void DueSynapses::move(std::span<const std::int32_t> moved) {
  count_ = 0;
  for (List& list : lists_) {
    std::size_t kept = 0;
    for (const std::int32_t synapse : list.synapses) {
      const std::int32_t now = moved[static_cast<std::size_t>(synapse)];
      if (now >= 0) list.synapses[kept++] = now;
    }
    list.synapses.resize(kept);
    count_ += std::ssize(list.synapses);
  }
}

/// The lists that hold something, by step; nothing is left.
std::vector<DueSynapses::List> DueSynapses::take_all() {
  std::vector<List> all;
  for (List& list : lists_)
    if (!list.synapses.empty()) all.push_back(std::move(list));
  clear();
  std::ranges::sort(all, {}, &List::step);
  return all;
}

void DueSynapses::renumber(std::int64_t from, std::int64_t to, double ratio) {
  for (const List& list : take_all()) {
    const double ahead = static_cast<double>(list.step - from) * ratio;
    for (const std::int32_t synapse : list.synapses)
      push(to + static_cast<std::int64_t>(std::trunc(ahead + 0.5)), synapse);
  }
}

std::int64_t DueSynapses::last(std::int64_t otherwise) const {
  for (const List& list : lists_)
    if (!list.synapses.empty()) otherwise = std::max(otherwise, list.step);
  return otherwise;
}

void DueSynapses::archive(Archive& archive, const std::string& name, std::int64_t now,
                          std::int64_t synapses) {
  std::vector<std::int64_t> steps, counts;
  std::vector<std::int32_t> due;
  std::vector<const List*> lists;
  for (const List& list : lists_)
    if (!list.synapses.empty()) lists.push_back(&list);
  std::ranges::sort(lists, {}, &List::step);
  for (const List* list : lists) {
    steps.push_back(list->step), counts.push_back(std::ssize(list->synapses));
    due.insert(due.end(), list->synapses.begin(), list->synapses.end());
  }
  if (archive.checking()) {
    const auto at = archive.stored<std::int64_t>(name + ".steps");
    const auto many = archive.stored<std::int64_t>(name + ".counts");
    const auto stored = archive.stored<std::int32_t>(name + ".synapses");
    std::int64_t left = std::ssize(stored);
    bool valid = at.size() == many.size() && std::ranges::is_sorted(at, std::ranges::less_equal());
    for (std::size_t k = 0; valid && k < many.size(); ++k) {
      valid = at[k] >= now && at[k] - now < most_steps && many[k] > 0 && many[k] <= left;
      left -= many[k];
    }
    archive.require(valid && left == 0, "its spikes in flight contradict each other");
    archive.require(std::ranges::all_of(stored, [&](std::int32_t k) { return 0 <= k && k < synapses; }),
                    "the synapses of its spikes in flight do not exist");
  }
  archive.list(name + ".steps", steps);
  archive.list(name + ".counts", counts);
  archive.list(name + ".synapses", due);
  if (!archive.reading()) return;
  clear();
  auto next = due.begin();
  for (std::size_t k = 0; k < steps.size(); ++k)
    for (std::int64_t n = 0; n < counts[k]; ++n) push(steps[k], *next++);
}

}  // namespace ranvier
