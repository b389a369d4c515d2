#include <fmt/format.h>
#include <algorithm>
#include <ranvier/runtime/network.hpp>

namespace ranvier {

/// A variable is the sum over the synapses of one object, and of others only where these have other neurons.
void Network::refuse_overlapping_sums() const {
  std::vector<const Synapses::Sum*> seen;
  for (const auto& object : objects_) {
    const auto* synapses = dynamic_cast<const Synapses*>(object.get());
    if (!synapses || !synapses->active()) continue;
    for (const Synapses::Sum& sum : synapses->sums_) {
      const Slice own = sum.neurons();
      const auto other = std::ranges::find_if(seen, [&](const Synapses::Sum* s) {
        const Slice theirs = s->neurons();
        return s->variable == sum.variable && &theirs.group() == &own.group() && theirs.begin() < own.end() &&
               own.begin() < theirs.end();
      });
      if (other != seen.end())
        throw NetworkError(fmt::format(
            "'{}' and '{}' both sum into '{}' of the same neurons of '{}'; give each a variable of its own, "
            "and add them up in the equations of the neurons",
            (*other)->synapses->name(), synapses->name(), sum.variable, own.group().name()));
      seen.push_back(&sum);
    }
  }
}

}  // namespace ranvier
