#pragma once
#include <memory>
#include <string>

#include <ranvier/compiler/backends/backend.hpp>

namespace ranvier::llvm_backend {

/// Kernels as machine code. `lanes`: 1, 2, 4 or 8; `precise` as in BackendOptions. Code is kept in
/// `cache_folder` ("": nowhere). Safe to use from several threads.
std::unique_ptr<Backend> make(int lanes, bool precise, std::string cache_folder);

}  // namespace ranvier::llvm_backend
