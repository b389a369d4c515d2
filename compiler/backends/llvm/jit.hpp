#pragma once
#include <memory>
#include <string>

#include <ranvier/compiler/kernel_abi.hpp>

namespace llvm {
class MemoryBuffer;
}

// For functions that call generated code, which lacks the marks that clang's check of function types reads.
#if defined(__clang__)
#define RANVIER_CALLS_GENERATED_CODE __attribute__((no_sanitize("function")))
#else
#define RANVIER_CALLS_GENERATED_CODE
#endif

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
