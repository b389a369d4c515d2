#include <llvm/IR/Constants.h>

#include <ranvier/compiler/backends/elementary.hpp>
#include <ranvier/compiler/backends/llvm/emitter.hpp>
#include <ranvier/compiler/backends/llvm/host_functions.hpp>

// random.cpp says what the numbers are; this file draws the same ones, several elements at a time.
namespace ranvier::llvm_backend {
namespace {

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

}  // namespace

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
  if (operation.op == Op::poisson_draw || operation.op == Op::binomial_draw) {
    llvm::Type *i32 = b.getInt32Ty(), *i64 = b.getInt64Ty(), *words = wide(i32, width);
    Values arguments(v.begin() + 4, v.end());
    for (Value* word : {v[1], v[2], v[0], number}) arguments.push_back(b.CreateTrunc(word, words));
    arguments.push_back(v[3]);
    std::vector<llvm::Type*> parameters(v.size() - 4, b.getDoubleTy());
    parameters.insert(parameters.end(), {i32, i32, i32, i32, i64});
    const char* symbol = operation.op == Op::poisson_draw ? poisson_symbol : binomial_symbol;
    return per_lane(b, outside(symbol, llvm::FunctionType::get(i64, parameters, false)), arguments, width);
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
