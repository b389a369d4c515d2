#pragma once
#include <ranvier/compiler/model.hpp>
#include <ranvier/grammar/diagnostics.hpp>

namespace ranvier::pass {

/// What the text of the option `method` asks for: a name, names to try in turn ("exact, euler"), "native", or
/// the lines of a method of the user's own (with a `=`). Reports names that are no method and mistakes in
/// lines. No source: automatic choice.
MethodWish parse_method(const SourcePtr& source, const Limits& limits, Diagnostics& diagnostics);

}  // namespace ranvier::pass
