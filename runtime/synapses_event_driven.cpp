#include <fmt/format.h>
#include <limits>
#include <ranvier/runtime/synapses.hpp>

// Synapses whose equations are solved from event to event: each keeps the number of the step of its last
// event, in 32 bits.
namespace ranvier {

/// New synapses begin when they are made. `from`: where each one was before, negative for a new one; empty if
/// all are new.
void Synapses::begin_event_driven(std::span<const std::int64_t> from) {
  Array* last = last_steps();
  for (std::size_t k = 0; last && k < static_cast<std::size_t>(last->size()); ++k)
    if (k >= from.size() || from[k] < 0)
      last->set(static_cast<std::int64_t>(k), static_cast<double>(clock().timestep));
}

void Synapses::renumber_last_steps(const Renumbering& renumbered) {
  Array* last = last_steps();
  if (!last) return;
  for (std::int32_t& step : last->as<std::int32_t>())
    step = static_cast<std::int32_t>(step == renumbered.from ? renumbered.to : renumbered(step));
}

void Synapses::require_countable(std::int64_t end) const {
  constexpr std::int64_t most = std::numeric_limits<std::int32_t>::max();
  if (!find_array("_last_step")) return;
  if (!clock().times.empty())
    throw NetworkError(fmt::format(
        "'{}' has event-driven equations, which need a clock with steps of one length, not with given times",
        name()));
  if (end <= most) return;
  throw NetworkError(fmt::format(
      "'{}' has event-driven equations, which count steps up to {}, but this run would go to step {}; "
      "let the equations be clock-driven, or take longer steps",
      name(), most, end));
}

}  // namespace ranvier
