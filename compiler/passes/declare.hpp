#pragma once
#include <optional>

#include <ranvier/compiler/model.hpp>
#include <ranvier/grammar/diagnostics.hpp>

namespace ranvier::pass {

/// What equations are for. `any`: not known yet; then the flags and names of both are allowed.
enum class Object : unsigned { group = 1, synapses = 2, any = 3 };

/// Equations -> variables: identifiers, units, flags, duplicates, cycles among subexpressions.
std::vector<Variable> declare(const Block& block, Object object, Diagnostics& diagnostics,
                              const Limits& limits = {});

}  // namespace ranvier::pass
