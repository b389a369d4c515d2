#pragma once
#include <ranvier/compiler/methods.hpp>
#include <ranvier/compiler/passes/system.hpp>
#include <ranvier/grammar/limits.hpp>

namespace ranvier::pass {

/// One step of a method with a line x_error, in inner steps whose length keeps the error of every variable
/// below its tolerance (or in one, if the options say so). Inside, x, t and dt are those of the inner step.
/// The variables step_failed, and last_timestep, failed_steps and step_count where the options ask for them,
/// tell how it went. Throws ModelError if that is more code than the limits allow.
Step integrate_adaptive(const System& system, const MethodText& method, const MethodOptions& options,
                        const Limits& limits);

/// Variables that such a group has besides its own, for these options.
std::vector<std::string> adaptive_variables(const MethodOptions& options);

}  // namespace ranvier::pass
