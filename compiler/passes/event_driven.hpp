#pragma once
#include <vector>

#include <ranvier/compiler/passes/linear.hpp>
#include <ranvier/compiler/scope.hpp>
#include <ranvier/grammar/diagnostics.hpp>

/// Equations of synapses that are solved from one event to the next.
namespace ranvier::pass {

/// Adds what synapses with event-driven equations keep: the step of their last event, and `lastupdate` [s],
/// which is computed from it. Reports variables that have one of these names.
void declare_event_driven(SynapsesModel& synapses, Diagnostics& diagnostics);

/// The event-driven equations, and their coefficients.
struct EventDriven {
  System system;
  LinearSystem linear;
};

/// Reports event-driven equations that cannot be solved between events: they depend on time, on a random
/// number or noise, or are not linear. Needs: the equations were checked. Empty after an error.
EventDriven check_event_driven(const SynapsesModel& synapses, const Scope& scope, Diagnostics& diagnostics);

/// Puts into a kernel of a pathway what its own code stands between: the values at the time of the event,
/// and, at the end, that this was the last event. Needs: a body over synapses, not finished yet.
void insert_event_driven(Kernel& kernel, const EventDriven& equations, const Scope& scope);

}  // namespace ranvier::pass
