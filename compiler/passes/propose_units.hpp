#pragma once
#include <ranvier/compiler/model.hpp>
#include <ranvier/compiler/scope.hpp>
#include <ranvier/grammar/diagnostics.hpp>

namespace ranvier::pass {

/// For equations without a unit, which the parser reported: adds the unit that goes with their right-hand
/// side and with the use that the texts of the group make of the variable, where these tell it.
void propose_units(const GroupModel& group, const Scope& scope, Diagnostics& diagnostics);

}  // namespace ranvier::pass
