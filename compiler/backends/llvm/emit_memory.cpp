#include <algorithm>
#include <bit>

#include <ranvier/compiler/backends/llvm/emitter.hpp>
#include <ranvier/grammar/diagnostics.hpp>

namespace ranvier::llvm_backend {
namespace {

llvm::Type* stored_type(llvm::IRBuilder<>& b, Storage storage) {
  switch (storage) {
    case Storage::f64:
      return b.getDoubleTy();
    case Storage::i32:
      return b.getInt32Ty();
    case Storage::i64:
      return b.getInt64Ty();
    case Storage::u8:
      break;
  }
  return b.getInt8Ty();
}

/// Columns start at multiples of 64 bytes, and vectors at multiples of their lanes.
llvm::Align alignment(Storage storage, int width) {
  return llvm::Align(std::min<std::size_t>(64, size_of(storage) * static_cast<std::size_t>(width)));
}

}  // namespace

llvm::Value* Emitter::column_base(std::size_t column) {
  if (!bases_[column]) {
    Value* columns = argument(0, head_.getPtrTy(), "columns");
    Value* at = head_.CreateConstInBoundsGEP1_64(head_.getPtrTy(), columns, column);
    bases_[column] = head_.CreateLoad(head_.getPtrTy(), at, kernel_.columns[column].name);
  }
  return bases_[column];
}

llvm::Value* Emitter::address(Builder& b, std::size_t column, Value* position) {
  return b.CreateInBoundsGEP(stored_type(b, kernel_.columns[column].storage), column_base(column), position);
}

std::size_t Emitter::hidden(const char* name) const {
  const auto found = std::ranges::find(kernel_.columns, name, &Column::name);
  if (found == kernel_.columns.end())
    throw BackendError("kernel '" + kernel_.name + "' lacks its hidden column '" + name + "'");
  return static_cast<std::size_t>(found - kernel_.columns.begin());
}

llvm::Value* Emitter::load_scalar(std::size_t scalar) {
  Value*& known = scalars_[scalar];
  if (known) return known;
  Value* at =
      head_.CreateConstInBoundsGEP1_64(head_.getDoubleTy(), argument(1, head_.getPtrTy(), "scalars"), scalar);
  Value* number = head_.CreateLoad(head_.getDoubleTy(), at, kernel_.scalars[scalar].name);
  const Type type = kernel_.scalars[scalar].type;
  known = type == Type::real      ? number
          : type == Type::integer ? convert(head_, Op::to_integer, number, 1)
                                  : convert(head_, Op::to_boolean, number, 1);
  return known;
}

llvm::Value* Emitter::load(Builder& b, const Operation& operation, const Values& v, int width) {
  const std::size_t index = column_of(operation.detail);
  const Column& column = kernel_.columns[index];
  llvm::Type* stored = stored_type(b, column.storage);
  Value* raw = nullptr;
  if (column.index == Index::shared) {
    raw = b.CreateAlignedLoad(stored, column_base(index), alignment(column.storage, 1));
    if (width > 1) raw = splat(b, raw, width);
  } else if (column.index == Index::element) {
    raw = b.CreateAlignedLoad(wide(stored, width), address(b, index, element_),
                              alignment(column.storage, width));
  } else {
    raw = width > 1 ? gather(b, column, column_base(index), v[0])
                    : b.CreateAlignedLoad(stored, address(b, index, v[0]), alignment(column.storage, 1));
  }
  if (column.storage == Storage::i32) return b.CreateSExt(raw, wide(b.getInt64Ty(), width));
  if (column.storage == Storage::u8) return b.CreateIsNotNull(raw);
  return raw;
}

// Lanes beyond the end hold no positions; they read entry 0, which exists because there is an element.
llvm::Value* Emitter::gather(Builder& b, const Column& column, Value* base, Value* position) {
  const Operation own{Op::element, Type::integer, false, 0, {}};
  Value* inside = b.CreateICmpSLT(leaf(b, own, lanes_), splat(b, end_, lanes_));
  Value* safe = b.CreateSelect(inside, position, llvm::Constant::getNullValue(position->getType()));
  llvm::Type* stored = stored_type(b, column.storage);
  Value* result = llvm::PoisonValue::get(wide(stored, lanes_));
  for (int lane = 0; lane < lanes_; ++lane) {
    const auto at = static_cast<std::uint64_t>(lane);
    Value* from = b.CreateInBoundsGEP(stored, base, b.CreateExtractElement(safe, at));
    result = b.CreateInsertElement(result, b.CreateLoad(stored, from), at);
  }
  return result;
}

void Emitter::store(Builder& b, const Operation& operation, const Values& v) {
  const std::size_t index = column_of(operation.detail);
  const Column& column = kernel_.columns[index];
  Value* value = mask_ ? b.CreateSelect(mask_, v[0], v[1]) : v[0];
  if (column.storage == Storage::i32) value = b.CreateTrunc(value, wide(b.getInt32Ty(), lanes_));
  if (column.storage == Storage::u8) value = b.CreateZExt(value, wide(b.getInt8Ty(), lanes_));
  Value* at = column.index == Index::shared    ? column_base(index)
              : column.index == Index::element ? address(b, index, element_)
                                               : address(b, index, v[2]);
  b.CreateAlignedStore(value, at, alignment(column.storage, lanes_));
}

}  // namespace ranvier::llvm_backend
