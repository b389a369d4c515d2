#pragma once
#include <ranvier/compiler/scope.hpp>

/// Internal to scope*.cpp.
namespace ranvier {

/// What the structure of synapses says: N_incoming, N_outgoing, the multisynaptic index, delay, their clock.
void add_structure(Scope& scope, const SynapsesModel& synapses);

}  // namespace ranvier
