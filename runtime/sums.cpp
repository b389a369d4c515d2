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
      const Elements own = sum.elements();
      const auto other = std::ranges::find_if(seen, [&](const Synapses::Sum* s) {
        const Elements theirs = s->elements();
        const bool overlap = own.synapses() || (theirs.begin() < own.end() && own.begin() < theirs.end());
        return s->variable == sum.variable && theirs.are_of(own.owner()) && overlap;
      });
      const std::string element = own.group() ? "neuron" : "synapse";
      if (other != seen.end())
        throw NetworkError(fmt::format(
            "'{0}' and '{1}' both sum into '{2}' of the same {4}s of '{3}'; give each a variable of its own, "
            "and add them up in the equations of the {4}s",
            (*other)->synapses->name(), synapses->name(), sum.variable, own.owner().owner_name(), element));
      seen.push_back(&sum);
    }
  }
}

}  // namespace ranvier
