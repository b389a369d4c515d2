#pragma once
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>
#include <vector>

#include <ranvier/compiler/kernel_abi.hpp>

namespace ranvier {

/// Memory as kernels read it: aligned, with zeros behind the last element that there is room for.
template <class T>
struct PaddedAllocator {
  using value_type = T;

  PaddedAllocator() = default;
  template <class Other>
  PaddedAllocator(const PaddedAllocator<Other>&) {}

  T* allocate(std::size_t count) {
    constexpr std::size_t line = 64;
    const std::size_t used = count * sizeof(T), padding = element_padding * sizeof(T);
    const std::size_t bytes = (used + padding + line - 1) / line * line;
    auto* memory = static_cast<std::byte*>(std::aligned_alloc(line, bytes));
    if (!memory) throw std::bad_alloc();
    std::memset(memory + used, 0, bytes - used);
    return reinterpret_cast<T*>(memory);
  }
  void deallocate(T* memory, std::size_t) { std::free(memory); }
  bool operator==(const PaddedAllocator&) const = default;
};

/// Numbers that kernels over all elements may read, as long as there is no room for more.
using PaddedNumbers = std::vector<std::int32_t, PaddedAllocator<std::int32_t>>;

}  // namespace ranvier
