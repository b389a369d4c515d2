#include <algorithm>
#include <cmath>
#include <optional>
#include <ranvier/runtime/plain_rows.hpp>

namespace ranvier {
namespace {

/// The targets of one source.
void add_row(std::vector<std::int32_t>& targets, const PlainRule& rule, const StreamRow& stream) {
  const auto add = [&](std::int64_t k) {
    const auto target = static_cast<std::int32_t>(rule.first_target + k);
    if (rule.copies == 1) return targets.push_back(target);
    targets.insert(targets.end(), static_cast<std::size_t>(rule.copies), target);
  };
  if (rule.p >= 1) {
    for (std::int64_t k = 0; k < rule.targets; ++k) add(k);
    return;
  }
  Bernoulli kept(rule.p, stream);
  for (std::int64_t k = kept.after(-1); k < rule.targets; k = kept.after(k)) add(k);
}

NewSynapses rows(const PlainRule& rule, std::int64_t first, std::int64_t end, Room& room, BulkDraws* bulk) {
  NewSynapses part = NewSynapses::of_sources(first, end - first, room);
  std::vector<std::int32_t>& targets = part.targets();
  const double hits = rule.p * static_cast<double>(rule.targets);  // of a source
  const double expected = hits * static_cast<double>(rule.copies * (end - first));
  targets.reserve(static_cast<std::size_t>(expected + 5 * std::sqrt(expected)));
  for (std::int64_t s = first; s < end; ++s) {
    const std::size_t before = targets.size();
    add_row(targets, rule, {rule.key, static_cast<std::uint32_t>(s), bulk, hits});
    part.count(s, static_cast<std::int64_t>(targets.size() - before));
  }
  room.take(std::ssize(targets));
  return part;
}

}  // namespace

Connectivity plain_rows(const PlainRule& rule, Room& room, const DrawKernels* kernels, Team& team) {
  constexpr double synapses_of_a_part = 1 << 18;
  const double row = std::max(1.0, rule.p * static_cast<double>(rule.targets * rule.copies));
  const std::int64_t at_once = std::max<std::int64_t>(1, static_cast<std::int64_t>(synapses_of_a_part / row));
  const std::int64_t count = (rule.sources + at_once - 1) / at_once;
  std::vector<NewSynapses> parts(static_cast<std::size_t>(count));
  team.each(count, [&](std::int64_t part, int) {
    std::optional<BulkDraws> bulk;
    if (kernels) bulk.emplace(*kernels);
    const std::int64_t first = part * at_once;
    parts[static_cast<std::size_t>(part)] =
        rows(rule, first, std::min(first + at_once, rule.sources), room, bulk ? &*bulk : nullptr);
  });
  return join(rule.sources, std::move(parts));
}

}  // namespace ranvier
