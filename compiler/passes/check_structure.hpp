#pragma once
#include <ranvier/compiler/model.hpp>
#include <ranvier/grammar/diagnostics.hpp>

namespace ranvier::pass {

/// What a group's texts ask of each other: a reset and a refractory period need a threshold, the method must
/// exist; warns of neurons that would spike in every step and of `(unless refractory)` without a refractory
/// period.
void check_structure(const GroupModel& group, Diagnostics& diagnostics);

/// A pathway needs its event on its side.
void check_structure(const SynapsesModel& synapses, Diagnostics& diagnostics);

}  // namespace ranvier::pass
