#pragma once
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <optional>
#include <span>
#include <string>

#include <ranvier/compiler/kernel_abi.hpp>
#include <ranvier/compiler/types.hpp>

namespace ranvier {

/// A 64-byte aligned column of state, padded to a multiple of `element_padding` elements so that kernels need
/// no tail code. New elements, padding included, are zero.
class Array {
 public:
  Array(Storage storage, std::int64_t count)
      : storage_(storage), count_(count), data_(allocate(storage, count)) {}

  Storage storage() const { return storage_; }
  std::int64_t size() const { return count_; }
  /// Whoever asks for the memory as something to write into may do so from now on, at any time.
  void* data() {
    exposed_ = true;
    return data_.get();
  }
  const void* data() const { return data_.get(); }

  template <class T>
  std::span<T> as() {
    exposed_ = true;
    return elements<T>();
  }
  template <class T>
  std::span<const T> as() const {
    return {reinterpret_cast<const T*>(data_.get()), static_cast<std::size_t>(count_)};
  }

  /// Another array with the same elements.
  Array copy() const;
  /// Takes over the elements of an array of the same kind and size.
  void copy_from(const Array& other);

  /// The element as a double, whatever it is stored as.
  double get(std::int64_t element) const;
  void set(std::int64_t element, double value);

  /// A number that is another one after `set` and `copy_from`; nullopt once somebody has the memory, so that
  /// elements may change unseen.
  std::optional<std::uint64_t> changes() const { return exposed_ ? std::nullopt : std::optional(changes_); }

 private:
  template <class T>
  std::span<T> elements() {
    return {reinterpret_cast<T*>(data_.get()), static_cast<std::size_t>(count_)};
  }
  struct Release {
    void operator()(std::byte* p) const { std::free(p); }
  };
  using Memory = std::unique_ptr<std::byte, Release>;

  static Memory allocate(Storage storage, std::int64_t count) {
    const std::int64_t padded = (count + element_padding) / element_padding * element_padding;
    const std::size_t bytes = static_cast<std::size_t>(padded) * size_of(storage);
    auto* memory = static_cast<std::byte*>(std::aligned_alloc(64, bytes));
    if (!memory) throw std::bad_alloc();
    std::memset(memory, 0, bytes);
    return Memory(memory);
  }

  Storage storage_;
  std::int64_t count_;
  Memory data_;
  std::uint64_t changes_ = 0;
  bool exposed_ = false;
};

}  // namespace ranvier
