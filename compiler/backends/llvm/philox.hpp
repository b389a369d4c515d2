#pragma once
#include <llvm/IR/Constants.h>
#include <llvm/IR/IRBuilder.h>

#include <cstdint>

namespace ranvier::llvm_backend {

/// Philox4x32-10. Every word is the low half of a 64-bit lane, because that is what the multiplier of a CPU
/// takes.
class Philox {
 public:
  Philox(llvm::IRBuilder<>& b, llvm::Type* lanes) : b_(b), lanes_(lanes) {}

  void run(llvm::Value* (&c)[4], llvm::Value* low, llvm::Value* high) {
    for (std::uint32_t round = 0; round < 10; ++round) {
      llvm::Value* p0 = b_.CreateMul(c[0], word(0xD2511F53));
      llvm::Value* p1 = b_.CreateMul(c[2], word(0xCD9E8D57));
      c[0] = b_.CreateXor(b_.CreateXor(upper(p1), c[1]), key(low, round * 0x9E3779B9u));
      c[2] = b_.CreateXor(b_.CreateXor(upper(p0), c[3]), key(high, round * 0xBB67AE85u));
      c[1] = lower(p1);
      c[3] = lower(p0);
    }
  }
  llvm::Value* lower(llvm::Value* x) { return b_.CreateAnd(x, word(0xffffffff)); }
  llvm::Value* upper(llvm::Value* x) { return b_.CreateLShr(x, word(32)); }

 private:
  llvm::Value* word(std::uint64_t value) { return llvm::ConstantInt::get(lanes_, value); }
  llvm::Value* key(llvm::Value* start, std::uint32_t added) {
    return lower(b_.CreateAdd(start, word(added)));
  }

  llvm::IRBuilder<>& b_;
  llvm::Type* lanes_;
};

}  // namespace ranvier::llvm_backend
