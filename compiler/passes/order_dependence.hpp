#pragma once
#include <optional>
#include <string>

#include <ranvier/compiler/passes/system.hpp>
#include <ranvier/compiler/scope.hpp>
#include <ranvier/grammar/diagnostics.hpp>

namespace ranvier::pass {

/// Why the result of code over synapses depends on the order in which they are taken, and where.
struct OrderDependence {
  std::string reason;  // a sentence
  Place place;
};

/// Whether synapses that share a neuron could be taken in any order, up to rounding. They can if all that
/// happens to a variable of a neuron commutes (each synapse adds to it; or multiplies it; or does to it what
/// every other does), and if nothing else reads what other synapses change. Variables of the two sides count
/// as different ones. `event_driven`: equations that are solved in front of the code. Needs: canonical names.
std::optional<OrderDependence> order_dependence(const Code& code, const System& event_driven,
                                                const Scope& scope);

/// The same as a warning.
void warn_order_dependence(const Code& code, const System& event_driven, const Scope& scope,
                           Diagnostics& diagnostics);

}  // namespace ranvier::pass
