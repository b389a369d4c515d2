#pragma once

namespace llvm {
class Module;
class TargetMachine;
}  // namespace llvm

namespace ranvier::llvm_backend {

/// A short list of passes, chosen by measurement: the emitter already shares equal expressions, loads and
/// stores once per element, hoists what is uniform and writes vectors, so most of a usual pipeline would find
/// nothing.
void optimise(llvm::Module& module, llvm::TargetMachine& machine);

}  // namespace ranvier::llvm_backend
