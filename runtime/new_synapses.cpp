#include <fmt/format.h>
#include <numeric>
#include <ranvier/grammar/diagnostics.hpp>
#include <ranvier/runtime/new_synapses.hpp>
#include <utility>

namespace ranvier {

NewSynapses::NewSynapses(std::int64_t sources, bool ascending, std::int64_t room, std::string name)
    : rows_(sources), ascending_(ascending), room_(room), name_(std::move(name)) {}

void NewSynapses::refuse() const {
  throw NetworkError(fmt::format("connect of '{}' would make more than {} synapses", name_, room_));
}

void NewSynapses::add(std::int64_t source, std::int32_t target, std::int64_t copies) {
  if (copies > room_ - rows_.size()) refuse();
  const auto n = static_cast<std::size_t>(copies);
  rows_.target.insert(rows_.target.end(), n, target);
  if (ascending_)
    rows_.row[static_cast<std::size_t>(source) + 1] += copies;
  else
    sources_.insert(sources_.end(), n, static_cast<std::int32_t>(source));
}

void NewSynapses::add(std::span<const std::int32_t> sources, std::int64_t first,
                      std::span<const std::int32_t> targets) {
  if (std::ssize(sources) > room_ - rows_.size()) refuse();
  rows_.target.insert(rows_.target.end(), targets.begin(), targets.end());
  for (const std::int32_t source : sources) {
    const std::int64_t relative = source - first;
    if (ascending_)
      ++rows_.row[static_cast<std::size_t>(relative) + 1];
    else
      sources_.push_back(static_cast<std::int32_t>(relative));
  }
}

Connectivity NewSynapses::take() {
  if (!ascending_) return from_pairs(rows_.sources(), sources_, rows_.target);
  std::partial_sum(rows_.row.begin(), rows_.row.end(), rows_.row.begin());
  return std::move(rows_);
}

}  // namespace ranvier
