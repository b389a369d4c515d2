#include <algorithm>
#include <map>
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

void SpikeHistory::renumber(const Renumbering& renumbered) {
  std::map<std::int64_t, std::vector<std::int32_t>> spikes;  // by the new step
  for (const List& list : lists_) {
    if (list.step < 0 || list.count == 0) continue;
    std::vector<std::int32_t>& all = spikes[renumbered(list.step)];
    all.insert(all.end(), list.buffer.begin(), list.buffer.begin() + list.count);
  }
  clear();
  if (!spikes.empty()) deepen(renumbered.to - spikes.begin()->first + 1);
  for (auto& [step, list] : spikes) {
    std::ranges::sort(list);
    if (step >= 0) put(step, list);
  }
}

void SpikeHistory::put(std::int64_t step, std::span<const std::int32_t> spikes) {
  open(step);
  std::vector<std::int32_t>& buffer = slot(step).buffer;
  buffer.resize(std::max(buffer.size(), spikes.size() + element_padding));
  std::ranges::copy(spikes, buffer.begin());
  close(step, std::ssize(spikes));
}

void SpikeHistory::archive(Archive& archive, const std::string& name) {
  std::vector<std::int64_t> steps, counts;
  std::vector<std::int32_t> spikes;
  for (const List& list : lists_) {
    steps.push_back(list.step), counts.push_back(list.count);
    spikes.insert(spikes.end(), list.buffer.begin(), list.buffer.begin() + list.count);
  }
  archive.number(name + ".latest", latest_);
  if (archive.checking()) require_valid(archive, name);
  archive.list(name + ".steps", steps);
  archive.list(name + ".counts", counts);
  archive.list(name + ".neurons", spikes);
  if (!archive.reading()) return;
  clear();
  deepen(std::ssize(steps));
  auto from = spikes.begin();
  for (std::size_t k = 0; k < steps.size(); ++k) {
    if (steps[k] >= 0) put(steps[k], {from, from + counts[k]});
    from += counts[k];
  }
  archive.number(name + ".latest", latest_);
}

void SpikeHistory::require_valid(Archive& archive, const std::string& name) const {
  const auto counts = archive.stored<std::int64_t>(name + ".counts");
  const auto neurons = archive.stored<std::int32_t>(name + ".neurons");
  std::int64_t sum = 0;
  bool valid = counts.size() == archive.stored<std::int64_t>(name + ".steps").size();
  for (const std::int64_t count : counts) {
    valid = valid && count >= 0;
    sum += valid ? count : 0;
  }
  valid = valid && sum == std::ssize(neurons) &&
          std::ranges::all_of(neurons, [&](std::int32_t k) { return 0 <= k && k < elements_; });
  archive.require(valid, "the lists of its spikes contradict each other");
}

bool SpikeHistory::any_since(std::int64_t step) const {
  return std::ranges::any_of(lists_, [&](const List& list) { return list.step >= step && list.count > 0; });
}

}  // namespace ranvier
