#pragma once
#include <optional>

#include <ranvier/compiler/model.hpp>
#include <ranvier/grammar/diagnostics.hpp>

namespace ranvier::pass {

/// Equations -> variables: identifiers, units, flags, duplicates, cycles among subexpressions. `for_synapses`
/// decides which flags and names are allowed.
std::vector<Variable> declare(const Block& block, bool for_synapses, Diagnostics& diagnostics);

}  // namespace ranvier::pass
