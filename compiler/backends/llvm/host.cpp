#include <ranvier/compiler/backends/llvm/host.hpp>

#include <llvm/ADT/StringMap.h>
#include <llvm/MC/TargetRegistry.h>
#include <llvm/Support/TargetSelect.h>
#include <llvm/Target/TargetMachine.h>
#include <llvm/TargetParser/Host.h>

#include <algorithm>
#include <vector>

#include <ranvier/compiler/backends/elementary.hpp>
#include <ranvier/grammar/diagnostics.hpp>

namespace ranvier::llvm_backend {
namespace {

std::string feature_string() {
  std::vector<std::string> features;
  for (const auto& feature : llvm::sys::getHostCPUFeatures()) {
    const std::string name = feature.getKey().str();
    // Newer ways to spell the AVX-512 bits that are there anyway; LLVM 19 warns about some combinations.
    if (name.starts_with("avx10")) continue;
    features.push_back((feature.getValue() ? "+" : "-") + name);
  }
  std::ranges::sort(features);
  std::string text;
  for (const std::string& feature : features) text += (text.empty() ? "" : ",") + feature;
  return text;
}

Host detect() {
  return {llvm::sys::getProcessTriple(), feature_string(), widest_lanes()};
}

// Code that was kept is linked without it.
void need_code_generator() {
  static const bool there = !llvm::InitializeNativeTarget() && !llvm::InitializeNativeTargetAsmPrinter();
  if (!there) throw BackendError("LLVM cannot generate code for this machine");
}

}  // namespace

const Host& host() {
  static const Host detected = detect();
  return detected;
}

std::unique_ptr<llvm::TargetMachine> make_target_machine() {
  need_code_generator();
  const Host& machine = host();
  std::string error;
  const llvm::Target* target = llvm::TargetRegistry::lookupTarget(machine.triple, error);
  if (!target) throw BackendError("LLVM cannot generate code for " + machine.triple + ": " + error);
  llvm::TargetOptions options;
  options.AllowFPOpFusion = llvm::FPOpFusion::Strict;  // a*b + c is two roundings, everywhere
  std::unique_ptr<llvm::TargetMachine> made(
      target->createTargetMachine(machine.triple, "", machine.features, options, llvm::Reloc::PIC_,
                                  llvm::CodeModel::Small, llvm::CodeGenOptLevel::Default, /*JIT=*/true));
  if (!made) throw BackendError("LLVM has no code generator for " + machine.triple);
  return made;
}

}  // namespace ranvier::llvm_backend
