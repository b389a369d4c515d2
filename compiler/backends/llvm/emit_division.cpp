#include <llvm/IR/Intrinsics.h>
#include <llvm/IR/MDBuilder.h>
#include <llvm/IR/Module.h>

#include <ranvier/compiler/backends/elementary.hpp>
#include <ranvier/compiler/backends/llvm/emitter.hpp>

// Division is what limits simple kernels: a vector of 8 quotients takes as long as 16 vectors of products,
// and most divisors (a time constant, a capacitance) are the same for all elements. For those this file
// computes the same correctly rounded quotients from the reciprocal, formed once before the loop:
//
//   r = RN(1/b)   q = RN(a r)   e = a - b q (exact in a fused operation)   RN(a/b) = RN(q + e r)
//
// P. Markstein, IBM Journal of Research and Development 34, 111 (1990); N. Brisebarre, J.-M. Muller and S. K.
// Raina, IEEE Transactions on Computers 53, 1069 (2004). It holds as long as nothing overflows or underflows:
// other numbers take a branch to the machine's division.
namespace ranvier::llvm_backend {
namespace {

constexpr int least_lanes = 4;      // below, the machine's division is as fast
constexpr int most_quotients = 64;  // each costs about half a millisecond of compiling
constexpr double largest_dividend = 0x1p500, smallest_dividend = 0x1p-500;
constexpr double largest_divisor = 0x1p400, smallest_divisor = 0x1p-400;

}  // namespace

bool Emitter::has_reciprocal(const Operation& division) const {
  return quotients_ < most_quotients && division.op == Op::divide && !division.uniform &&
         lanes_ >= least_lanes && has_fused_multiply_add() && graph_.operations[division.operands[1]].uniform;
}

const Emitter::Reciprocal& Emitter::reciprocal(Id divisor) {
  Reciprocal& known = reciprocals_[divisor];
  if (known.of) return known;
  Value* b = values_[divisor];
  const auto number = [&](double x) { return llvm::ConstantFP::get(head_.getDoubleTy(), x); };
  Value* size = head_.CreateUnaryIntrinsic(llvm::Intrinsic::fabs, b);
  Value* usable = head_.CreateAnd(head_.CreateFCmpOLE(size, number(largest_divisor)),
                                  head_.CreateFCmpOGE(size, number(smallest_divisor)));
  known.of = splat(head_, head_.CreateFDiv(number(1), b), lanes_);
  known.minus_divisor = splat(head_, head_.CreateFNeg(b), lanes_);
  // No dividend is small enough for a divisor that is no use.
  known.limit = splat(head_, head_.CreateSelect(usable, number(largest_dividend), number(-1)), lanes_);
  return known;
}

llvm::Value* Emitter::divide_by_uniform(Value* a, Id divisor) {
  const Reciprocal& r = reciprocal(divisor);
  ++quotients_;
  llvm::Type* type = a->getType();
  const auto fused = [&](Value* x, Value* y, Value* z) {
    return here_.CreateIntrinsic(llvm::Intrinsic::fma, {type}, {x, y, z});
  };
  Value* near = here_.CreateFMul(a, r.of);
  Value* rest = fused(r.minus_divisor, near, a);
  Value* exact = here_.CreateBinaryIntrinsic(llvm::Intrinsic::copysign, fused(rest, r.of, near), near);

  Value* size = here_.CreateUnaryIntrinsic(llvm::Intrinsic::fabs, a);
  Value* zero = here_.CreateFCmpOEQ(a, llvm::ConstantFP::get(type, 0));
  Value* normal = here_.CreateFCmpOGE(size, llvm::ConstantFP::get(type, smallest_dividend));
  Value* small = here_.CreateFCmpOLE(size, r.limit);
  Value* lanes = here_.CreateBitCast(here_.CreateAnd(here_.CreateOr(zero, normal), small),
                                     here_.getIntNTy(static_cast<unsigned>(lanes_)));
  llvm::BasicBlock* fast = here_.GetInsertBlock();
  llvm::BasicBlock* slow = block("divide");
  llvm::BasicBlock* next = block("quotient");
  llvm::MDNode* likely = llvm::MDBuilder(module_.getContext()).createBranchWeights(1000, 1);
  here_.CreateCondBr(here_.CreateICmpEQ(lanes, llvm::Constant::getAllOnesValue(lanes->getType())), next, slow,
                     likely);
  here_.SetInsertPoint(slow);
  Value* divided = here_.CreateFDiv(a, value(divisor, lanes_));
  here_.CreateBr(next);
  here_.SetInsertPoint(next);
  llvm::PHINode* quotient = here_.CreatePHI(type, 2);
  quotient->addIncoming(exact, fast);
  quotient->addIncoming(divided, slow);
  return quotient;
}

}  // namespace ranvier::llvm_backend
