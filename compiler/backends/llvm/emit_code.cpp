#include <ranvier/compiler/backends/llvm/emitter.hpp>

// Functions whose address a kernel is given.
namespace ranvier::llvm_backend {

llvm::Value* Emitter::call_code(Builder& b, const Operation& operation, const Values& v, int width) {
  const bool stateless = operation.op == Op::apply;
  const std::size_t ignored = stateless ? 0 : 1;  // the element, which keeps the call inside the loop
  const Values arguments(v.begin() + static_cast<std::ptrdiff_t>(ignored), v.end());
  llvm::Type* f64 = b.getDoubleTy();
  const std::vector<llvm::Type*> parameters(arguments.size(), f64);
  auto* type = llvm::FunctionType::get(f64, parameters, false);
  Value* code = column_base(column_of(operation.detail));
  const auto call = [&](const Values& values) {
    llvm::CallInst* made = b.CreateCall(type, code, values);
    made->setDoesNotThrow();
    if (!stateless) return made;
    made->setDoesNotAccessMemory();
    made->addFnAttr(llvm::Attribute::WillReturn);
    return made;
  };
  if (width == 1) return call(arguments);

  // Lanes beyond the end hold what no element has; the function sees those of the first lane instead.
  const Operation own{Op::element, Type::integer, false, 0, {}};
  Value* inside = b.CreateICmpSLT(leaf(b, own, width), splat(b, end_, width));
  Value* result = llvm::PoisonValue::get(wide(f64, width));
  for (std::uint64_t lane = 0; lane < static_cast<std::uint64_t>(width); ++lane) {
    Values values;
    for (Value* argument : arguments) {
      Value* first = b.CreateExtractElement(argument, std::uint64_t{0});
      Value* mine = b.CreateExtractElement(argument, lane);
      values.push_back(lane == 0 ? first : b.CreateSelect(b.CreateExtractElement(inside, lane), mine, first));
    }
    result = b.CreateInsertElement(result, call(values), lane);
  }
  return result;
}

}  // namespace ranvier::llvm_backend
