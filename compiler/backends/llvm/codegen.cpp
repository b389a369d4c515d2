#include <ranvier/compiler/backends/llvm/codegen.hpp>

#include <llvm/IR/LegacyPassManager.h>
#include <llvm/IR/Module.h>
#include <llvm/Support/SmallVectorMemoryBuffer.h>
#include <llvm/Support/raw_ostream.h>
#include <llvm/Target/TargetMachine.h>

#include <ranvier/grammar/diagnostics.hpp>

namespace ranvier::llvm_backend {
namespace {

llvm::SmallVector<char, 0> generate(llvm::Module& module, llvm::TargetMachine& machine,
                                    llvm::CodeGenFileType type) {
  llvm::SmallVector<char, 0> bytes;
  llvm::raw_svector_ostream stream(bytes);
  llvm::legacy::PassManager passes;
  // The module was verified before it was optimised.
  if (machine.addPassesToEmitFile(passes, stream, nullptr, type, /*DisableVerify=*/true))
    throw BackendError("LLVM cannot write this kind of file for the host");
  passes.run(module);
  return bytes;
}

}  // namespace

std::unique_ptr<llvm::MemoryBuffer> generate_object(llvm::Module& module, llvm::TargetMachine& machine) {
  return std::make_unique<llvm::SmallVectorMemoryBuffer>(
      generate(module, machine, llvm::CodeGenFileType::ObjectFile), "kernels",
      /*RequiresNullTerminator=*/false);
}

std::string generate_assembly(llvm::Module& module, llvm::TargetMachine& machine) {
  const auto text = generate(module, machine, llvm::CodeGenFileType::AssemblyFile);
  return {text.begin(), text.end()};
}

}  // namespace ranvier::llvm_backend
