#pragma once
#include <optional>

#include <ranvier/compiler/model.hpp>
#include <ranvier/compiler/passes/flags.hpp>
#include <ranvier/grammar/diagnostics.hpp>

namespace ranvier::pass {

/// Equations -> variables: identifiers, units, flags, duplicates, cycles among subexpressions.
std::vector<Variable> declare(const Block& block, Object object, Diagnostics& diagnostics,
                              const Limits& limits = {});

}  // namespace ranvier::pass
