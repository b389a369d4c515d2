#pragma once
#include <ranvier/compiler/model.hpp>
#include <ranvier/grammar/diagnostics.hpp>

namespace ranvier::pass {

/// What only equations of synapses can get wrong: a sum that goes to no parameter of the neurons, and
/// equations integrated between spikes that are mixed with those integrated in every step.
void check_synaptic_equations(const SynapsesModel& synapses, Diagnostics& diagnostics);

/// Warns of differential equations that do not say whether they are integrated in every step.
void warn_unstated_driving(const SynapsesModel& synapses, Diagnostics& diagnostics);

}  // namespace ranvier::pass
