#pragma once
#include <ranvier/compiler/methods.hpp>
#include <ranvier/compiler/passes/system.hpp>
#include <ranvier/grammar/limits.hpp>

namespace ranvier::pass {

/// One step of an explicit method: its lines, written for one x, expanded for every variable of the system,
/// and where they have a value for each noise, for every noise. Clamped variables have a rate of zero in the
/// inner lines of refractory elements and are not stored there. Throws ModelError if that is more code than
/// the limits allow.
Step integrate(const System& system, const MethodText& method, const Limits& limits);

}  // namespace ranvier::pass
