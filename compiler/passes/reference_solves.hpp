#pragma once
#include <string>

#include <ranvier/compiler/passes/linear.hpp>

namespace ranvier::pass {

/// Why the reference would not solve a linear system exactly, a clause; "" if it would.
std::string why_reference_declines(const System& system, const LinearSystem& linear);

}  // namespace ranvier::pass
