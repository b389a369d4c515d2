#include <fmt/format.h>
#include <algorithm>
#include <numeric>
#include <ranvier/grammar/diagnostics.hpp>
#include <ranvier/runtime/new_synapses.hpp>
#include <utility>

namespace ranvier {
namespace {

template <class All, class T>
void move_behind(All& all, std::vector<T>& part) {
  all.insert(all.end(), part.begin(), part.end());
  part = {};
}

}  // namespace

void Room::refuse() const {
  throw NetworkError(fmt::format("connect of '{}' would make more than {} synapses", name_, most_));
}

NewSynapses NewSynapses::of_sources(std::int64_t first, std::int64_t count, Room& room) {
  NewSynapses part = in_any_order(room);
  part.ascending_ = true;
  part.first_ = first;
  part.counts_.resize(static_cast<std::size_t>(count));
  return part;
}

NewSynapses NewSynapses::in_any_order(Room& room) {
  NewSynapses part;
  part.room_ = &room;
  return part;
}

void NewSynapses::add(std::int64_t source, std::int32_t target, std::int64_t copies) {
  room_->take(copies);
  const auto n = static_cast<std::size_t>(copies);
  targets_.insert(targets_.end(), n, target);
  if (ascending_)
    count(source, copies);
  else
    sources_.insert(sources_.end(), n, static_cast<std::int32_t>(source));
}

void NewSynapses::add(std::span<const std::int32_t> sources, std::int64_t first,
                      std::span<const std::int32_t> targets) {
  room_->take(std::ssize(sources));
  targets_.insert(targets_.end(), targets.begin(), targets.end());
  for (const std::int32_t source : sources) {
    if (ascending_)
      count(source - first, 1);
    else
      sources_.push_back(static_cast<std::int32_t>(source - first));
  }
}

Connectivity join(std::int64_t sources, std::vector<NewSynapses> parts) {
  std::size_t size = 0;
  for (const NewSynapses& part : parts) size += part.targets_.size();
  Connectivity all(sources);
  std::vector<std::int32_t> from;
  all.target.reserve(size);
  bool ascending = true;
  for (NewSynapses& part : parts) {
    move_behind(all.target, part.targets_);
    move_behind(from, part.sources_);
    std::ranges::copy(part.counts_, all.row.begin() + part.first_ + 1);
    ascending = ascending && part.ascending_;
  }
  if (!ascending) return from_pairs(sources, from, all.target);
  std::partial_sum(all.row.begin(), all.row.end(), all.row.begin());
  return all;
}

}  // namespace ranvier
