#include <llvm/IR/Constants.h>
#include <llvm/IR/Intrinsics.h>
#include <llvm/IR/MDBuilder.h>
#include <llvm/IR/Module.h>

#include <algorithm>
#include <bit>
#include <limits>
#include <ranvier/compiler/backends/llvm/emitter.hpp>
#include <ranvier/compiler/backends/llvm/host_functions.hpp>

namespace ranvier::llvm_backend {

llvm::Type* Emitter::wide(llvm::Type* scalar, int width) {
  return width == 1 ? scalar : llvm::FixedVectorType::get(scalar, static_cast<unsigned>(width));
}

llvm::Type* Emitter::type(Type type, int width) {
  llvm::Type* scalar = type == Type::real      ? head_.getDoubleTy()
                       : type == Type::integer ? static_cast<llvm::Type*>(head_.getInt64Ty())
                                               : head_.getInt1Ty();
  return wide(scalar, width);
}

llvm::Value* Emitter::splat(Builder& b, Value* scalar, int width) {
  if (width == 1) return scalar;
  const auto count = static_cast<unsigned>(width);
  if (auto* constant = llvm::dyn_cast<llvm::Constant>(scalar))
    return llvm::ConstantVector::getSplat(llvm::ElementCount::getFixed(count), constant);
  return b.CreateVectorSplat(count, scalar);
}

llvm::Value* Emitter::value(Id id, int width) {
  const bool spread = width > 1 && graph_.operations[id].uniform;
  if (!spread) return values_[id];
  if (!splats_[id]) splats_[id] = splat(head_, values_[id], width);
  return splats_[id];
}

void Emitter::emit_range(Id begin, Id end) {
  std::vector<Id> ids;
  for (Id id = begin; id < end; ++id) ids.push_back(id);
  emit_all(ids);
}

// In generations, so that quotients that do not depend on each other are formed together: what needs no
// quotient, these quotients, what needs them, and so on. Stores come last, as they do anyway.
void Emitter::emit_all(const std::vector<Id>& ids) {
  std::vector<std::vector<Id>> others(1), quotients(1);
  std::vector<std::size_t> generations(ids.empty() ? 0 : ids.back() + 1, 0);
  for (const Id id : ids) {
    if (!graph_.used[id]) continue;
    const Operation& operation = graph_.operations[id];
    std::size_t& generation = generations[id];
    for (const Id operand : operation.operands) generation = std::max(generation, generations[operand]);
    const bool quotient = has_reciprocal(operation);
    if (operation.op == Op::store) generation = others.size() - 1;
    (quotient ? quotients : others)[generation].push_back(id);
    if (!quotient) continue;
    ++quotients_, ++generation;
    if (others.size() == generation) others.emplace_back(), quotients.emplace_back();
  }
  for (std::size_t k = 0; k < others.size(); ++k) {
    for (const Id id : others[k]) emit_one(id);
    if (!quotients[k].empty()) divide_by_uniform(quotients[k]);
  }
}

void Emitter::emit_one(Id id) {
  const Operation& operation = graph_.operations[id];
  const int width = operation.uniform ? 1 : lanes_;
  if (tabulated_.contains(id)) {
    values_[id] = count(operation);
    return;
  }
  Values operands;
  for (const Id operand : operation.operands) operands.push_back(value(operand, width));
  values_[id] = emit_operation(operation.uniform ? head_ : here_, operation, operands, width);
}

llvm::Value* Emitter::emit_operation(Builder& b, const Operation& operation, const Values& v, int width) {
  switch (operation.op) {
    case Op::number:
    case Op::scalar:
    case Op::element:
    case Op::pre:
    case Op::post:
      return leaf(b, operation, width);
    case Op::load:
      return load(b, operation, v, width);
    case Op::store:
      store(b, operation, v);
      return nullptr;
    case Op::select:
      return b.CreateSelect(v[0], v[1], v[2]);
    case Op::elementary:
      return elementary(b, operation, v, width);
    case Op::library:
      return library(b, operation, v, width);
    case Op::uniform_draw:
    case Op::normal_draw:
    case Op::poisson_draw:
    case Op::binomial_draw:
      return draw(b, operation, v, width);
    case Op::apply:
    case Op::call:
      return call_code(b, operation, v, width);
    case Op::first_time:
    case Op::last_start: {
      const char* symbol = operation.op == Op::first_time ? first_time_symbol : last_start_symbol;
      llvm::Type* f64 = b.getDoubleTy();
      return b.CreateCall(outside(symbol, llvm::FunctionType::get(f64, {f64, f64}, false)), v);
    }
    case Op::at_most:
      return at_most(b, operation, v);
    case Op::propagate:
      return propagate(b, operation, v, width);
    case Op::entry:
      return entry(b, operation, v[0], width);
    case Op::carried:  // before the first round; emit_rounds makes it what it is
    case Op::settled:
      return v[0];
    case Op::to_real:
    case Op::to_integer:
    case Op::to_boolean:
      return convert(b, operation.op, v[0], width);
    case Op::narrow: {
      const auto storage = static_cast<Storage>(operation.detail);
      return widen(b, storage, narrow(b, storage, v[0]));
    }
    default:
      return v.size() == 1 ? unary(b, operation, v[0], width) : binary(b, operation, v[0], v[1], width);
  }
}

// What is not a number is another comparison, in a branch that is only taken where it has to be. Its
// condition is one of integers, which take no unit that vectors need.
llvm::Value* Emitter::at_most(Builder& b, const Operation& operation, const Values& v) {
  Value* ordered = b.CreateFCmpOLE(v[0], v[1]);
  Value* first = head_.CreateBitCast(values_[operation.operands[2]], head_.getInt64Ty());
  Value* nothing = head_.CreateICmpSLE(first, head_.getInt64(0));
  if (operation.uniform) return b.CreateOr(ordered, b.CreateAnd(b.CreateFCmpUNO(v[0], v[1]), nothing));
  llvm::BasicBlock *before = b.GetInsertBlock(), *otherwise = block("unordered"), *next = block("ordered");
  llvm::MDNode* unlikely = llvm::MDBuilder(module_.getContext()).createBranchWeights(1, 1000);
  b.CreateCondBr(nothing, otherwise, next, unlikely);
  b.SetInsertPoint(otherwise);
  Value* unordered = b.CreateFCmpULE(v[0], v[1]);
  b.CreateBr(next);
  b.SetInsertPoint(next);
  llvm::PHINode* result = b.CreatePHI(ordered->getType(), 2);
  result->addIncoming(ordered, before);
  result->addIncoming(unordered, otherwise);
  return result;
}

llvm::Value* Emitter::leaf(Builder& b, const Operation& operation, int width) {
  if (operation.op == Op::scalar) return load_scalar(static_cast<std::size_t>(operation.detail));
  if (operation.op == Op::pre) return pre_;
  if (operation.op == Op::post) return post_;
  if (operation.op == Op::element) {
    if (width == 1) return element_;
    return b.CreateAdd(splat(b, element_, width), b.CreateStepVector(type(Type::integer, width)));
  }
  if (operation.type == Type::real)
    return llvm::ConstantFP::get(b.getDoubleTy(), std::bit_cast<double>(operation.detail));
  return llvm::ConstantInt::get(type(operation.type, 1), static_cast<std::uint64_t>(operation.detail), true);
}

llvm::Value* Emitter::convert(Builder& b, Op op, Value* x, int width) {
  const bool real = x->getType()->isFPOrFPVectorTy();
  switch (op) {
    case Op::to_real:
      if (x->getType()->getScalarSizeInBits() == 1) x = b.CreateZExt(x, type(Type::integer, width));
      return b.CreateSIToFP(x, type(Type::real, width));
    case Op::to_integer:
      if (!real) return b.CreateZExt(x, type(Type::integer, width));
      return truncate(b, x, width);
    default:
      return real ? b.CreateFCmpUNE(x, llvm::Constant::getNullValue(x->getType())) : b.CreateIsNotNull(x);
  }
}

// LLVM's own saturating conversion takes vectors apart.
llvm::Value* Emitter::truncate(Builder& b, Value* x, int width) {
  llvm::Type* integers = type(Type::integer, width);
  if (width == 1) return b.CreateIntrinsic(llvm::Intrinsic::fptosi_sat, {integers, x->getType()}, {x});
  const auto integer = [&](std::int64_t n) { return llvm::ConstantInt::getSigned(integers, n); };
  Value* above = b.CreateFCmpOGE(x, llvm::ConstantFP::get(x->getType(), 0x1p63));
  Value* inside = b.CreateFCmpOLT(b.CreateUnaryIntrinsic(llvm::Intrinsic::fabs, x),
                                  llvm::ConstantFP::get(x->getType(), 0x1p63));
  Value* below = b.CreateFCmpOLE(x, llvm::ConstantFP::get(x->getType(), -0x1p63));
  Value* safe = b.CreateSelect(inside, x, llvm::Constant::getNullValue(x->getType()));  // NaN gives 0
  Value* whole = b.CreateFPToSI(safe, integers);
  whole = b.CreateSelect(above, integer(std::numeric_limits<std::int64_t>::max()), whole);
  return b.CreateSelect(below, integer(std::numeric_limits<std::int64_t>::min()), whole);
}

llvm::Value* Emitter::unary(Builder& b, const Operation& operation, Value* x, int) {
  const bool real = operation.type == Type::real;
  switch (operation.op) {
    case Op::negate:
      return real ? b.CreateFNeg(x) : b.CreateNeg(x);
    case Op::invert:
      return b.CreateNot(x);
    case Op::absolute:
      if (real) return b.CreateUnaryIntrinsic(llvm::Intrinsic::fabs, x);
      return b.CreateBinaryIntrinsic(llvm::Intrinsic::abs, x, b.getFalse());
    case Op::square_root:
      return b.CreateUnaryIntrinsic(llvm::Intrinsic::sqrt, x);
    case Op::floor:
      return b.CreateUnaryIntrinsic(llvm::Intrinsic::floor, x);
    case Op::round_to_even:
      return b.CreateUnaryIntrinsic(llvm::Intrinsic::roundeven, x);
    default:
      return b.CreateUnaryIntrinsic(llvm::Intrinsic::ceil, x);
  }
}

llvm::Value* Emitter::binary(Builder& b, const Operation& operation, Value* x, Value* y, int width) {
  const bool real = x->getType()->isFPOrFPVectorTy();
  const bool truth = x->getType()->getScalarSizeInBits() == 1;
  switch (operation.op) {
    case Op::add:
      return real ? b.CreateFAdd(x, y) : b.CreateAdd(x, y);
    case Op::subtract:
      return real ? b.CreateFSub(x, y) : b.CreateSub(x, y);
    case Op::multiply:
      return real ? b.CreateFMul(x, y) : b.CreateMul(x, y);
    case Op::divide:
      return b.CreateFDiv(x, y);
    case Op::less:
      return real ? b.CreateFCmpOLT(x, y) : truth ? b.CreateICmpULT(x, y) : b.CreateICmpSLT(x, y);
    case Op::less_equal:
      return real ? b.CreateFCmpOLE(x, y) : truth ? b.CreateICmpULE(x, y) : b.CreateICmpSLE(x, y);
    case Op::equal:
      return real ? b.CreateFCmpOEQ(x, y) : b.CreateICmpEQ(x, y);
    case Op::not_equal:
      return real ? b.CreateFCmpUNE(x, y) : b.CreateICmpNE(x, y);
    case Op::both:
      return b.CreateAnd(x, y);
    case Op::either:
      return b.CreateOr(x, y);
    case Op::remainder: {
      llvm::Type* f64 = b.getDoubleTy();
      auto callee = outside("ranvier_remainder", llvm::FunctionType::get(f64, {f64, f64}, false));
      return per_lane(b, callee, {x, y}, width);
    }
    default:
      return divide_integers(b, operation.op, x, y, width);
  }
}

// The CPU's division traps for a divisor of 0 and for the smallest integer over -1: neither reaches it. The
// results are x // 0 = 0, x % 0 = 0, and -x that wraps for a divisor of -1.
llvm::Value* Emitter::divide_integers(Builder& b, Op op, Value* x, Value* y, int width) {
  llvm::Type* integers = type(Type::integer, width);
  Value* zero = llvm::ConstantInt::get(integers, 0);
  Value* one = llvm::ConstantInt::get(integers, 1);
  Value* by_zero = b.CreateICmpEQ(y, zero);
  Value* by_minus_one = b.CreateICmpEQ(y, llvm::ConstantInt::getSigned(integers, -1));
  Value* divisor = b.CreateSelect(b.CreateOr(by_zero, by_minus_one), one, y);
  Value* quotient = b.CreateSDiv(x, divisor);
  Value* rest = b.CreateSub(x, b.CreateMul(quotient, divisor));
  Value* wrong_side =
      b.CreateAnd(b.CreateICmpNE(rest, zero), b.CreateICmpSLT(b.CreateXor(rest, divisor), zero));
  if (op == Op::modulo) return b.CreateSelect(wrong_side, b.CreateAdd(rest, divisor), rest);
  Value* floored = b.CreateSelect(wrong_side, b.CreateSub(quotient, one), quotient);
  return b.CreateSelect(by_zero, zero, b.CreateSelect(by_minus_one, b.CreateNeg(x), floored));
}

}  // namespace ranvier::llvm_backend
