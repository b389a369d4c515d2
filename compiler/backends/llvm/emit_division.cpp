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
// Raina, IEEE Transactions on Computers 53, 1069 (2004). It holds as long as nothing overflows or underflows,
// but for the sign of a quotient of zero. Other dividends take a branch, which quotients that do not depend
// on each other take together: one test for all of them.
namespace ranvier::llvm_backend {
namespace {

constexpr int least_lanes = 4;      // below, the machine's division is as fast
constexpr int most_quotients = 64;  // each costs some compiling
constexpr double largest_divisor = 0x1p400, smallest_divisor = 0x1p-400;
// Exponents of doubles whose sizes are from 2^-511 to 2^513 are from 512 to 1535: with 512 added, they alone
// have the top bit of an exponent.
constexpr std::uint64_t shift = 512ull << 52, top_bit = 1024ull << 52;

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
  // No dividend is right for a divisor that is no use.
  known.usable = head_.CreateSelect(usable, head_.getInt64(top_bit), head_.getInt64(0));
  return known;
}

void Emitter::divide_by_uniform(const std::vector<Id>& quotients) {
  llvm::Type* type = this->type(Type::real, lanes_);
  llvm::Type* bits = this->type(Type::integer, lanes_);
  llvm::Constant* none = llvm::Constant::getNullValue(bits);
  const auto fused = [&](Value* x, Value* y, Value* z) {
    return here_.CreateIntrinsic(llvm::Intrinsic::fma, {type}, {x, y, z});
  };
  struct Quotient {
    Value *dividend, *divisor, *plain, *near, *exact;
  };
  std::vector<Quotient> all;
  Value *plain = llvm::Constant::getAllOnesValue(bits), *usable = head_.getInt64(top_bit);
  for (const Id id : quotients) {
    const auto& operands = graph_.operations[id].operands;
    const Reciprocal& r = reciprocal(operands[1]);
    Value* a = value(operands[0], lanes_);
    Value* near = here_.CreateFMul(a, r.of);
    Value* rest = fused(r.minus_divisor, near, a);
    Value* shifted = here_.CreateAdd(here_.CreateBitCast(a, bits), llvm::ConstantInt::get(bits, shift));
    all.push_back({a, value(operands[1], lanes_), shifted, near, fused(rest, r.of, near)});
    plain = here_.CreateAnd(plain, shifted);
    usable = head_.CreateAnd(usable, r.usable);
  }
  llvm::BasicBlock *fast = here_.GetInsertBlock(), *next = block("quotient");
  const auto unfit = [&](Value* fit) {
    return here_.CreateICmpEQ(here_.CreateAnd(fit, splat(head_, usable, lanes_)), none);
  };
  go_on_if(unfit(plain), next, "zero");
  Value* fit = llvm::Constant::getAllOnesValue(bits);
  std::vector<Value*> with_sign;
  for (const Quotient& q : all) {
    Value* zero = here_.CreateFCmpOEQ(q.dividend, llvm::Constant::getNullValue(type));
    fit = here_.CreateAnd(fit, here_.CreateSelect(zero, llvm::Constant::getAllOnesValue(bits), q.plain));
    with_sign.push_back(here_.CreateBinaryIntrinsic(llvm::Intrinsic::copysign, q.exact, q.near));
  }
  llvm::BasicBlock* rare = here_.GetInsertBlock();
  go_on_if(unfit(fit), next, "divide");
  std::vector<Value*> divided;
  for (const Quotient& q : all) divided.push_back(here_.CreateFDiv(q.dividend, q.divisor));
  here_.CreateBr(next);
  llvm::BasicBlock* slow = here_.GetInsertBlock();
  here_.SetInsertPoint(next);
  for (std::size_t k = 0; k < all.size(); ++k) {
    llvm::PHINode* quotient = here_.CreatePHI(type, 3);
    quotient->addIncoming(all[k].exact, fast);
    quotient->addIncoming(with_sign[k], rare);
    quotient->addIncoming(divided[k], slow);
    values_[quotients[k]] = quotient;
  }
}

}  // namespace ranvier::llvm_backend
