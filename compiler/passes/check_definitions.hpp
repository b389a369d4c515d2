#pragma once
#include <vector>

#include <ranvier/compiler/model.hpp>
#include <ranvier/grammar/diagnostics.hpp>

namespace ranvier::pass {

/// What a subexpression may be: no circle among them, none nested beyond bounds, no random numbers (they
/// would be drawn anew at every use), and only shared values in a shared one.
void check_definitions(const std::vector<Variable>& variables, const Limits& limits,
                       Diagnostics& diagnostics);

/// Proposes the flag that a subexpression lacks, put where it belongs.
void add_constant_over_dt(Diagnostic& error, const Variable& subexpression);

}  // namespace ranvier::pass
