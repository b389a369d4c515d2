#include <ranvier/runtime/array.hpp>

namespace ranvier {

Array Array::copy() const {
  Array other(storage_, count_);
  other.copy_from(*this);
  return other;
}

void Array::copy_from(const Array& other) {
  ++changes_;
  std::memcpy(data_.get(), other.data(), static_cast<std::size_t>(count_) * size_of(storage_));
}

double Array::get(std::int64_t element) const {
  return with_element_of(
      storage_, [&]<class T>(T) { return static_cast<double>(as<T>()[static_cast<std::size_t>(element)]); });
}

void Array::set(std::int64_t element, double value) {
  if (storage_ == Storage::u8) value = value != 0;
  ++changes_;
  with_element_of(storage_, [&]<class T>(T) {
    elements<T>()[static_cast<std::size_t>(element)] = static_cast<T>(value);
  });
}

}  // namespace ranvier
