#pragma once
#include <cstdint>
#include <type_traits>

namespace ranvier {

/// The whole contract between the runtime and generated code. It does not grow: anything new becomes a column
/// or a scalar.
struct KernelArgs {
  void* const*
      columns;  // base addresses, in the order of Kernel::columns; 64-byte aligned and padded (see Column)
  const double* scalars;  // in the order of Kernel::scalars
  std::int64_t begin;     // elements [begin, end), or positions [begin, end) of `list`
  std::int64_t end;
  std::int32_t* list;  // Loop::elements with a condition: written; Loop::list and Loop::rows: read
};

/// Returns the number of elements that satisfied the kernel's condition (0 without one).
using KernelFn = std::int64_t (*)(const KernelArgs*);

static_assert(sizeof(KernelArgs) == 40 && std::is_standard_layout_v<KernelArgs>);

/// Arrays of elements are allocated for a multiple of this many elements, so that kernels need no tail code.
/// What lies beyond the count is written but never read by anyone else, and never appears in a list.
inline constexpr std::int64_t element_padding = 64;

}  // namespace ranvier
