#pragma once
#include <memory>

#include <ranvier/compiler/backends/backend.hpp>

namespace ranvier::llvm_backend {

/// Kernels as machine code. `lanes`: 1, 2, 4 or 8. Safe to use from several threads.
std::unique_ptr<Backend> make(int lanes);

}  // namespace ranvier::llvm_backend
