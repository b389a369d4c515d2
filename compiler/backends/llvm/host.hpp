#pragma once
#include <memory>
#include <string>

namespace llvm {
class TargetMachine;
}

namespace ranvier::llvm_backend {

/// The machine this process runs on, described by its feature bits. LLVM's name for a CPU can be wrong (an
/// older model's), so it is not used.
struct Host {
  std::string triple;
  std::string features;  // "+avx2,-avx512f,..."
  int lanes = 1;         // doubles in the widest vector
};
const Host& host();

/// A new code generator for the host. Each compile has its own: they are not safe to share between threads.
std::unique_ptr<llvm::TargetMachine> make_target_machine();

}  // namespace ranvier::llvm_backend
