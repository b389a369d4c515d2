#pragma once
#include <memory>

#include <ranvier/compiler/methods.hpp>
#include <ranvier/grammar/diagnostics.hpp>
#include <ranvier/grammar/limits.hpp>

namespace ranvier::pass {

/// The lines of a method, checked: names, dimensions, and that they define x_new. What noise the method takes
/// follows from them, unless a line says so: `noise = multiplicative`. Reports what is wrong with them.
MethodText parse_method_text(const SourcePtr& source, Diagnostics& diagnostics, const Limits& limits = {});

/// The lines of a row of the table, read when they are first asked for. Needs: Solver::stages.
const MethodText& text_of(const Method& row);

}  // namespace ranvier::pass
