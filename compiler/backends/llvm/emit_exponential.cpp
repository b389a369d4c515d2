#include <llvm/IR/Intrinsics.h>
#include <llvm/IR/IntrinsicsX86.h>

#include <bit>

#include <ranvier/compiler/backends/exponential.hpp>
#include <ranvier/compiler/backends/llvm/emitter.hpp>

// exp and expm1 in place: a call would make the kernel save all that it holds in registers.
namespace ranvier::llvm_backend {
namespace {

/// Values of any width, as the formulas of exponentials need them.
class Numbers {
 public:
  using Value = llvm::Value*;

  Numbers(llvm::IRBuilder<>& builder, llvm::Type* type)
      : b_(builder), real_(type), integer_(b_.getInt64Ty()) {
    if (const auto* vector = llvm::dyn_cast<llvm::VectorType>(type)) {
      integer_ = llvm::VectorType::get(integer_, vector->getElementCount());
      is_of_eight_ = vector->getElementCount() == llvm::ElementCount::getFixed(8);
    }
  }

  Value number(double x) { return llvm::ConstantFP::get(real_, x); }
  Value add(Value x, Value y) { return b_.CreateFAdd(x, y); }
  Value subtract(Value x, Value y) { return b_.CreateFSub(x, y); }
  Value multiply(Value x, Value y) { return b_.CreateFMul(x, y); }
  Value fused(Value x, Value y, Value z) {
    return b_.CreateIntrinsic(llvm::Intrinsic::fma, {real_}, {x, y, z});
  }
  Value clamp(Value x, double low, double high) {
    x = b_.CreateSelect(b_.CreateFCmpOGT(x, number(high)), number(high), x);  // as exprel does, too
    return b_.CreateSelect(b_.CreateFCmpOLT(x, number(low)), number(low), x);
  }
  Value unless_small(Value x, double limit, Value y) {
    Value size = b_.CreateUnaryIntrinsic(llvm::Intrinsic::fabs, x);
    return b_.CreateSelect(b_.CreateFCmpOLT(size, number(limit)), x, y);
  }
  // The machine's own instruction rounds as the two factors do, of which none overflows or underflows before
  // the result.
  Value scaled(Value x, Value k) {
    if (is_of_eight_ && widest_lanes() == 8)
      return b_.CreateIntrinsic(llvm::Intrinsic::x86_avx512_mask_scalef_pd_512, {},
                                {x, k, x, b_.getInt8(0xff), b_.getInt32(current_rounding)});
    const Value shift = number(exponential_shift);
    const Value half = fused(k, number(0.5), shift);
    return multiply(multiply(x, power_of_two(half, shift)), power_of_two(add(k, shift), half));
  }

 private:
  static constexpr std::uint32_t current_rounding = 4;

  Value power_of_two(Value shifted, Value less) {
    Value difference = b_.CreateSub(b_.CreateBitCast(shifted, integer_), b_.CreateBitCast(less, integer_));
    Value one = llvm::ConstantInt::get(integer_, std::bit_cast<std::uint64_t>(1.0));
    return b_.CreateBitCast(b_.CreateAdd(b_.CreateShl(difference, 52), one), real_);
  }

  llvm::IRBuilder<>& b_;
  bool is_of_eight_ = false;
  llvm::Type *real_, *integer_;
};

}  // namespace

llvm::Value* Emitter::exponential(Builder& b, Formula formula, Value* x) {
  Numbers numbers(b, x->getType());
  Exponential<Numbers> of(numbers, x);
  if (formula == Formula::exp) return of.exp();
  return formula == Formula::expm1 ? of.expm1() : of.expm1_of_normal();
}

}  // namespace ranvier::llvm_backend
