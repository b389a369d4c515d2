#pragma once
#include <ranvier/compiler/methods.hpp>
#include <ranvier/compiler/passes/jacobian.hpp>
#include <ranvier/compiler/passes/system.hpp>
#include <ranvier/grammar/limits.hpp>

namespace ranvier::pass {

/// One step of a method with lines: its lines, written for one x, expanded for every variable of the system,
/// and where they have a value for each noise, for every noise. Clamped variables have a rate of zero in the
/// inner lines of refractory elements and are not stored there. Throws ModelError if that is more code than
/// the limits allow.
/// `jacobian` is given for methods with implicit lines.
Step integrate(const System& system, const MethodText& method, const Jacobian* jacobian,
               const Limits& limits);

}  // namespace ranvier::pass
