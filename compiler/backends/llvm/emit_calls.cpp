#include <llvm/IR/Module.h>

#include <ranvier/compiler/backends/elementary.hpp>
#include <ranvier/compiler/backends/llvm/emitter.hpp>
#include <ranvier/compiler/backends/llvm/host_functions.hpp>

namespace ranvier::llvm_backend {

/// A function of its arguments alone: equal calls may be merged and unused ones dropped.
llvm::FunctionCallee Emitter::outside(std::string_view symbol, llvm::FunctionType* type) {
  llvm::FunctionCallee callee = module_.getOrInsertFunction(llvm::StringRef(symbol), type);
  auto* function = llvm::cast<llvm::Function>(callee.getCallee());
  function->setDoesNotThrow();
  function->setWillReturn();
  const bool writes = llvm::any_of(type->params(), [](llvm::Type* t) { return t->isPointerTy(); });
  if (writes)
    function->setOnlyAccessesArgMemory();
  else
    function->setDoesNotAccessMemory();
  return callee;
}

llvm::Value* Emitter::per_lane(Builder& b, llvm::FunctionCallee callee, const Values& v, int width) {
  if (width == 1) return b.CreateCall(callee, v);
  Value* result = llvm::PoisonValue::get(wide(callee.getFunctionType()->getReturnType(), width));
  for (int lane = 0; lane < width; ++lane) {
    const auto at = static_cast<std::uint64_t>(lane);
    Values arguments;
    for (Value* value : v)
      arguments.push_back(value->getType()->isVectorTy() ? b.CreateExtractElement(value, at) : value);
    result = b.CreateInsertElement(result, b.CreateCall(callee, arguments), at);
  }
  return result;
}

llvm::Value* Emitter::library(Builder& b, const Operation& operation, const Values& v, int width) {
  const Elementary& row = elementary_functions()[column_of(operation.detail)];
  const std::vector<llvm::Type*> parameters(v.size(), b.getDoubleTy());
  auto* type = llvm::FunctionType::get(b.getDoubleTy(), parameters, false);
  return per_lane(b, outside(row.library.symbol, type), v, width);
}

// A width that this CPU's library lacks is made of two halves: the same bits, because they are the same at
// every width.
llvm::Value* Emitter::elementary(Builder& b, const Operation& operation, const Values& v, int width) {
  const Elementary& row = elementary_functions()[column_of(operation.detail)];
  if (row.formula == Formula::expm1 && operation.detail >= not_tiny)
    return exponential(b, Formula::expm1_of_normal, v[0]);
  if (row.formula != Formula::none) return exponential(b, row.formula, v[0]);
  const ElementaryCode& code = row.code[std::countr_zero(static_cast<unsigned>(width))];
  if (code.symbol) {
    llvm::Type* type = wide(b.getDoubleTy(), width);
    const std::vector<llvm::Type*> parameters(v.size(), type);
    return b.CreateCall(outside(code.symbol, llvm::FunctionType::get(type, parameters, false)), v);
  }
  const int half = width / 2;
  Value* halves[2];
  for (int k = 0; k < 2; ++k) {
    Values parts;
    for (Value* value : v) {
      std::vector<int> lanes;
      for (int lane = 0; lane < half; ++lane) lanes.push_back(k * half + lane);
      parts.push_back(half == 1 ? b.CreateExtractElement(value, static_cast<std::uint64_t>(k))
                                : b.CreateShuffleVector(value, lanes));
    }
    halves[k] = elementary(b, operation, parts, half);
  }
  if (half == 1) {
    Value* result =
        b.CreateInsertElement(llvm::PoisonValue::get(wide(b.getDoubleTy(), 2)), halves[0], std::uint64_t{0});
    return b.CreateInsertElement(result, halves[1], std::uint64_t{1});
  }
  std::vector<int> all;
  for (int lane = 0; lane < width; ++lane) all.push_back(lane);
  return b.CreateShuffleVector(halves[0], halves[1], all);
}

// Per lane a frame of arrays: the matrix, P and Q. The result is an array of values, P followed by Q.
llvm::Value* Emitter::propagate(Builder& b, const Operation& operation, const Values& v, int width) {
  const auto size = static_cast<std::uint64_t>(operation.detail);
  const std::uint64_t entries = size * size;
  llvm::Type* f64 = b.getDoubleTy();
  llvm::Type* pointer = b.getPtrTy();
  auto callee = outside(
      propagator_symbol,
      llvm::FunctionType::get(b.getVoidTy(), {b.getInt32Ty(), pointer, f64, pointer, pointer}, false));
  // Stack memory is taken once per call of the kernel, in its first block.
  llvm::BasicBlock& first = function_.getEntryBlock();
  Builder stack(&first, first.begin());
  const auto take = [&](std::uint64_t n) { return stack.CreateAlloca(f64, stack.getInt64(n)); };
  Value* matrix = take(entries);
  Value* results = take(2 * entries * static_cast<std::uint64_t>(width));
  const auto lane_of = [&](Value* value, std::uint64_t lane) {
    return width > 1 ? b.CreateExtractElement(value, lane) : value;
  };
  for (std::uint64_t lane = 0; lane < static_cast<std::uint64_t>(width); ++lane) {
    for (std::uint64_t k = 0; k < entries; ++k)
      b.CreateStore(lane_of(v[k + 1], lane), b.CreateConstInBoundsGEP1_64(f64, matrix, k));
    Value* p = b.CreateConstInBoundsGEP1_64(f64, results, 2 * entries * lane);
    Value* q = b.CreateConstInBoundsGEP1_64(f64, results, 2 * entries * lane + entries);
    b.CreateCall(callee, {b.getInt32(static_cast<std::uint32_t>(size)), matrix, lane_of(v[0], lane), p, q});
  }
  strides_[results] = 2 * entries;
  return results;
}

llvm::Value* Emitter::entry(Builder& b, const Operation& operation, Value* whole, int width) {
  llvm::Type* f64 = b.getDoubleTy();
  const auto at = static_cast<std::uint64_t>(operation.detail);
  if (width == 1) return b.CreateLoad(f64, b.CreateConstInBoundsGEP1_64(f64, whole, at));
  Value* result = llvm::PoisonValue::get(wide(f64, width));
  for (std::uint64_t lane = 0; lane < static_cast<std::uint64_t>(width); ++lane) {
    Value* from = b.CreateConstInBoundsGEP1_64(f64, whole, strides_.at(whole) * lane + at);
    result = b.CreateInsertElement(result, b.CreateLoad(f64, from), lane);
  }
  return result;
}

}  // namespace ranvier::llvm_backend
