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
    case Storage::f32:
      return b.getFloatTy();
    case Storage::i64:
      return b.getInt64Ty();
    case Storage::i32:
      return b.getInt32Ty();
    case Storage::u16:
      return b.getInt16Ty();
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
  return widen(b, column.storage, raw);
}

/// From what a column keeps to what is computed with, of any number of lanes.
llvm::Value* Emitter::widen(Builder& b, Storage storage, Value* stored) {
  if (storage == Storage::u8) return b.CreateIsNotNull(stored);
  llvm::Type* full = stored->getType()->getWithNewType(
      type_of(storage) == Type::real ? b.getDoubleTy() : static_cast<llvm::Type*>(b.getInt64Ty()));
  if (stored->getType() == full) return stored;
  if (storage == Storage::f32) return b.CreateFPExt(stored, full);
  return storage == Storage::u16 ? b.CreateZExt(stored, full) : b.CreateSExt(stored, full);
}

llvm::Value* Emitter::narrow(Builder& b, Storage storage, Value* value) {
  llvm::Type* stored = value->getType()->getWithNewType(stored_type(b, storage));
  if (value->getType() == stored) return value;
  if (storage == Storage::f32) return b.CreateFPTrunc(value, stored);
  return storage == Storage::u8 ? b.CreateZExt(value, stored) : b.CreateTrunc(value, stored);
}

// Lanes outside the loop hold no positions; they read entry 0, which exists because there is an element.
llvm::Value* Emitter::gather(Builder& b, const Column& column, Value* base, Value* position) {
  Value* safe = b.CreateSelect(inside(b), position, llvm::Constant::getNullValue(position->getType()));
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
  Value* at = column.index == Index::shared    ? column_base(index)
              : column.index == Index::element ? address(b, index, element_)
                                               : address(b, index, v[2]);
  const llvm::Align aligned = alignment(column.storage, lanes_);
  if (kernel_.part && lanes_ > 1) {
    b.CreateMaskedStore(narrow(b, column.storage, v[0]), at, aligned, mask_ ? mask_ : inside(b));
    return;
  }
  Value* value = mask_ ? b.CreateSelect(mask_, v[0], v[1]) : v[0];
  b.CreateAlignedStore(narrow(b, column.storage, value), at, aligned);
}

}  // namespace ranvier::llvm_backend
