#include <ranvier/runtime/array.hpp>

namespace ranvier {

Array Array::copy() const {
  Array other(storage_, count_);
  other.copy_from(*this);
  return other;
}

void Array::copy_from(const Array& other) {
  std::memcpy(data(), other.data(), static_cast<std::size_t>(count_) * size_of(storage_));
}

double Array::get(std::int64_t element) const {
  const auto k = static_cast<std::size_t>(element);
  switch (storage_) {
    case Storage::f64:
      return as<double>()[k];
    case Storage::i32:
      return as<std::int32_t>()[k];
    case Storage::i64:
      return static_cast<double>(as<std::int64_t>()[k]);
    case Storage::u8:
      return as<std::uint8_t>()[k];
  }
  return 0;
}

void Array::set(std::int64_t element, double value) {
  const auto k = static_cast<std::size_t>(element);
  switch (storage_) {
    case Storage::f64:
      as<double>()[k] = value;
      break;
    case Storage::i32:
      as<std::int32_t>()[k] = static_cast<std::int32_t>(value);
      break;
    case Storage::i64:
      as<std::int64_t>()[k] = static_cast<std::int64_t>(value);
      break;
    case Storage::u8:
      as<std::uint8_t>()[k] = value != 0;
      break;
  }
}

}  // namespace ranvier
