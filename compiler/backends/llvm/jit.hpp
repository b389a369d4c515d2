#pragma once
#include <memory>
#include <string>

#include <ranvier/compiler/kernel_abi.hpp>

namespace llvm {
class MemoryBuffer;
}

namespace ranvier::llvm_backend {

/// Linked machine code. Lives in a library of its own that sees nothing of the process but `host_functions`,
/// and is removed from memory with this object.
class LinkedCode {
 public:
  /// Throws BackendError, also for an object that calls anything else.
  explicit LinkedCode(std::unique_ptr<llvm::MemoryBuffer> object);
  ~LinkedCode();
  LinkedCode(const LinkedCode&) = delete;
  LinkedCode& operator=(const LinkedCode&) = delete;

  KernelFn find(const std::string& symbol) const;

 private:
  struct Library;
  std::unique_ptr<Library> library_;
};

}  // namespace ranvier::llvm_backend
