#pragma once
#include <memory>
#include <string>

namespace llvm {
class MemoryBuffer;
class Module;
class TargetMachine;
}  // namespace llvm

namespace ranvier::llvm_backend {

/// Machine code as an object file in memory.
std::unique_ptr<llvm::MemoryBuffer> generate_object(llvm::Module& module, llvm::TargetMachine& machine);
/// The same as text.
std::string generate_assembly(llvm::Module& module, llvm::TargetMachine& machine);

}  // namespace ranvier::llvm_backend
