#pragma once
#include <memory>
#include <string>
#include <vector>

#include <ranvier/compiler/kernel.hpp>

namespace llvm {
class LLVMContext;
class Module;
class TargetMachine;
}  // namespace llvm

namespace ranvier::llvm_backend {

/// Name of the function of the k-th kernel of a module.
std::string symbol_of(std::size_t k);

/// What decides about code besides the kernel.
struct CodeOptions {
  int lanes = 1;  // 1: plain scalar code
  bool precise = false;
};

/// One module with a function per kernel, written as explicit vectors of `lanes` doubles. The module is
/// verified. Throws BackendError.
std::unique_ptr<llvm::Module> emit_module(llvm::LLVMContext& context, const std::vector<Kernel>& kernels,
                                          const CodeOptions& options, const llvm::TargetMachine& machine);

}  // namespace ranvier::llvm_backend
