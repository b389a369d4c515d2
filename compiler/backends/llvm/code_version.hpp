#pragma once
#include <string_view>

namespace ranvier::llvm_backend {

/// Changes with every source file that decides what machine code a kernel becomes.
std::string_view code_version();

}  // namespace ranvier::llvm_backend
