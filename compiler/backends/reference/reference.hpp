#pragma once
#include <memory>

#include <ranvier/compiler/backends/backend.hpp>

namespace ranvier::reference_backend {

/// Executes kernels statement by statement, element by element, with muParser. It is slow and shares no code
/// with the other back ends, which makes it their oracle; it also serves hosts that forbid executable memory.
/// Integers are kept in doubles: exact up to 2^53.
std::unique_ptr<Backend> make();

}  // namespace ranvier::reference_backend
