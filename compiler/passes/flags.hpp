#pragma once
#include <ranvier/compiler/model.hpp>
#include <ranvier/grammar/diagnostics.hpp>

namespace ranvier::pass {

/// What equations are for. `any`: not known yet; then the flags and names of both are allowed.
enum class Object : unsigned { group = 1, synapses = 2, any = 3 };

/// Sets what the flags of an equation say about its variable. Reports flags that do not exist, that do not
/// fit this kind of equation or object, and pairs that exclude each other.
void apply_flags(const std::vector<Flag>& flags, Object object, Variable& variable, Diagnostics& diagnostics);

}  // namespace ranvier::pass
