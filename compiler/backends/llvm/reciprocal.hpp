#pragma once
#include <cstdint>

namespace ranvier::llvm_backend {

/// A divisor as what its quotients are made of: x/divisor, correctly rounded, is fma(x, high, x*low) for
/// every x for which the bits of x plus `shift` have one of the bits of `mask`. Generated code knows the
/// layout.
struct Reciprocal {
  double high = 0, low = 0;
  std::uint64_t shift = 0, mask = 0;  // a mask of 0: for no x
};

inline constexpr std::uint64_t any_of_three = 7ull << 60;

/// For most divisors such x are zero and all above 2^-767, infinities and NaN too: their mask is
/// any_of_three. Very large and very small divisors have no such x, as have a few others.
Reciprocal reciprocal_of(double divisor) noexcept;

/// The same, quickly if this thread asked for it lately.
void find_reciprocal(double divisor, Reciprocal* result) noexcept;

}  // namespace ranvier::llvm_backend
