#include <llvm/IR/MDBuilder.h>
#include <llvm/IR/Module.h>

#include <algorithm>
#include <bit>
#include <cmath>

#include <ranvier/compiler/backends/elementary.hpp>
#include <ranvier/compiler/backends/llvm/emitter.hpp>
#include <ranvier/compiler/backends/llvm/host_functions.hpp>
#include <ranvier/compiler/backends/llvm/reciprocal.hpp>

// Division is what limits simple kernels: a vector of 8 quotients takes as long as 16 vectors of products,
// and most divisors (a time constant, a capacitance) are the same for all elements. Those are made of the two
// parts of a reciprocal, by two operations (reciprocal.hpp): for literals while compiling, for others before
// the loop. Dividends for which that is not right take a branch, which quotients that do not depend on each
// other take together.
namespace ranvier::llvm_backend {
namespace {

constexpr int least_lanes = 4;      // below, the machine's division is as fast
constexpr int most_quotients = 64;  // each costs some compiling
constexpr double far_from_tiny = 0x1p-700;

/// Whether every zero and every number of 2^-767 and more is a dividend for its products.
bool serves_all_but_tiny(llvm::Value* mask) {
  const auto* known = llvm::dyn_cast<llvm::Constant>(mask);
  return known && known->getUniqueInteger() == any_of_three;
}

}  // namespace

bool Emitter::has_reciprocal(const Operation& division) const {
  return quotients_ < most_quotients && division.op == Op::divide && !division.uniform &&
         lanes_ >= least_lanes && has_fused_multiply_add() && graph_.operations[division.operands[1]].uniform;
}

const Emitter::UniformDivisor& Emitter::uniform_divisor(Id divisor) {
  UniformDivisor& known = divisors_[divisor];
  if (known.high) return known;
  llvm::Type *f64 = head_.getDoubleTy(), *i64 = head_.getInt64Ty();
  if (const auto* literal = llvm::dyn_cast<llvm::ConstantFP>(values_[divisor])) {
    const Reciprocal r = reciprocal_of(literal->getValueAPF().convertToDouble());
    known = {llvm::ConstantFP::get(f64, r.high), llvm::ConstantFP::get(f64, r.low), head_.getInt64(r.shift),
             head_.getInt64(r.mask)};
  } else {
    llvm::BasicBlock& first = function_.getEntryBlock();
    Value* parts = Builder(&first, first.begin()).CreateAlloca(i64, head_.getInt64(4));
    auto* type = llvm::FunctionType::get(head_.getVoidTy(), {f64, head_.getPtrTy()}, false);
    head_.CreateCall(outside(reciprocal_symbol, type), {values_[divisor], parts});
    const auto part = [&](llvm::Type* type, unsigned k) {
      return head_.CreateLoad(type, head_.CreateConstInBoundsGEP1_64(i64, parts, k));
    };
    known = {part(f64, 0), part(f64, 1), part(i64, 2), part(i64, 3)};
  }
  for (Value** part : {&known.high, &known.low, &known.shift, &known.mask})
    *part = splat(head_, *part, lanes_);
  return known;
}

/// A literal plus or minus something is zero or not tiny: what is left where they nearly cancel is a multiple
/// of the last place of half the literal.
bool Emitter::is_never_tiny(Id x) const {
  const Operation& sum = graph_.operations[x];
  if (sum.op != Op::add && sum.op != Op::subtract) return false;
  return std::ranges::any_of(sum.operands, [&](Id id) {
    const Operation& operand = graph_.operations[id];
    return operand.op == Op::number && std::fabs(std::bit_cast<double>(operand.detail)) >= far_from_tiny;
  });
}

void Emitter::divide_by_uniform(const std::vector<Id>& quotients) {
  llvm::Type* type = this->type(Type::real, lanes_);
  llvm::Type* bits = this->type(Type::integer, lanes_);
  std::vector<Value*> products;
  Value* fit = llvm::Constant::getAllOnesValue(this->type(Type::boolean, lanes_));
  for (const Id id : quotients) {
    const auto& operands = graph_.operations[id].operands;
    const UniformDivisor& by = uniform_divisor(operands[1]);
    Value* x = value(operands[0], lanes_);
    products.push_back(
        here_.CreateIntrinsic(llvm::Intrinsic::fma, {type}, {x, by.high, here_.CreateFMul(x, by.low)}));
    if (is_never_tiny(operands[0]) && serves_all_but_tiny(by.mask)) continue;
    Value* tested = here_.CreateAnd(here_.CreateAdd(here_.CreateBitCast(x, bits), by.shift), by.mask);
    fit = here_.CreateAnd(fit, here_.CreateIsNotNull(tested));
  }
  llvm::BasicBlock *fast = here_.GetInsertBlock(), *slow = block("divide"), *next = block("quotient");
  llvm::MDNode* unlikely = llvm::MDBuilder(module_.getContext()).createBranchWeights(1000, 1);
  Value* lanes = here_.CreateBitCast(fit, here_.getIntNTy(static_cast<unsigned>(lanes_)));
  here_.CreateCondBr(here_.CreateICmpEQ(lanes, llvm::Constant::getAllOnesValue(lanes->getType())), next, slow,
                     unlikely);
  here_.SetInsertPoint(slow);
  std::vector<Value*> divided;
  for (const Id id : quotients) {
    const auto& operands = graph_.operations[id].operands;
    divided.push_back(here_.CreateFDiv(value(operands[0], lanes_), value(operands[1], lanes_)));
  }
  here_.CreateBr(next);
  here_.SetInsertPoint(next);
  for (std::size_t k = 0; k < quotients.size(); ++k) {
    llvm::PHINode* quotient = here_.CreatePHI(type, 2);
    quotient->addIncoming(products[k], fast);
    quotient->addIncoming(divided[k], slow);
    values_[quotients[k]] = quotient;
  }
}

}  // namespace ranvier::llvm_backend
