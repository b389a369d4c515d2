#include <llvm/IR/Constants.h>

#include <ranvier/compiler/backends/elementary.hpp>
#include <ranvier/compiler/backends/llvm/emitter.hpp>
#include <ranvier/compiler/backends/llvm/host_functions.hpp>
#include <ranvier/compiler/backends/llvm/philox.hpp>

// random.cpp says what the numbers are; this file draws the same ones, several elements at a time.
namespace ranvier::llvm_backend {
/// ((high:low >> 11) + offset) * 2^-53
llvm::Value* Emitter::uniform_number(Builder& b, Value* high, Value* low, int width, std::int64_t offset) {
  Value* bits = b.CreateLShr(b.CreateOr(b.CreateShl(high, 32), low), 11);
  if (offset != 0) bits = b.CreateAdd(bits, llvm::ConstantInt::getSigned(bits->getType(), offset));
  llvm::Type* real = type(Type::real, width);
  return b.CreateFMul(b.CreateSIToFP(bits, real), llvm::ConstantFP::get(real, 0x1p-53));
}

llvm::Value* Emitter::draw(Builder& b, const Operation& operation, const Values& v, int width) {
  llvm::Type* integers = type(Type::integer, width);
  Value* number = llvm::ConstantInt::get(integers, static_cast<std::uint64_t>(operation.detail));
  if (is_count(operation.op)) {
    llvm::Type *i32 = b.getInt32Ty(), *i64 = b.getInt64Ty(), *words = wide(i32, width);
    Values arguments(v.begin() + 4, v.end());
    for (Value* word : {v[1], v[2], v[0], number}) arguments.push_back(b.CreateTrunc(word, words));
    arguments.push_back(v[3]);
    std::vector<llvm::Type*> parameters(v.size() - 4, b.getDoubleTy());
    parameters.insert(parameters.end(), {i32, i32, i32, i32, i64});
    const char* symbol = operation.op == Op::poisson_draw ? poisson_symbol : binomial_symbol;
    return per_lane(b, outside(symbol, llvm::FunctionType::get(b.getDoubleTy(), parameters, false)),
                    arguments, width);
  }
  Philox philox(b, integers);
  Value* c[4] = {philox.lower(v[0]), number, philox.lower(v[3]), philox.upper(v[3])};
  philox.run(c, philox.lower(v[1]), philox.lower(v[2]));
  if (operation.op == Op::uniform_draw) return uniform_number(b, c[0], c[1], width, 0);

  llvm::Type* real = type(Type::real, width);
  const auto constant = [&](double x) { return llvm::ConstantFP::get(real, x); };
  const auto call = [&](std::string_view name, Value* x) {
    const Operation function{
        Op::elementary, Type::real, false, find_elementary(name) - elementary_functions().data(), {}};
    return elementary(b, function, {x}, width);
  };
  Value* u = uniform_number(b, c[0], c[1], width, 1);
  Value* angle = b.CreateFMul(constant(6.283185307179586), uniform_number(b, c[2], c[3], width, 0));
  Value* radius = b.CreateUnaryIntrinsic(llvm::Intrinsic::sqrt, b.CreateFMul(constant(-2.0), call("log", u)));
  return b.CreateFMul(radius, call("cos", angle));
}

}  // namespace ranvier::llvm_backend
