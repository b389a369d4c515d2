#pragma once
#include <ranvier/compiler/methods.hpp>
#include <ranvier/compiler/passes/system.hpp>
#include <ranvier/grammar/limits.hpp>

namespace ranvier::pass {

/// One step of an explicit method: its stages, written for one x, expanded for every variable of the system.
/// Clamped variables have a rate of zero in the inner stages of refractory elements and are not stored there.
/// Needs: method.stages is not empty. Throws ModelError if that is more code than the limits allow.
Step integrate(const System& system, const Method& method, const Limits& limits = {});

}  // namespace ranvier::pass
