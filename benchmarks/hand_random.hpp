#pragma once
#include <bit>
#include <cmath>
#include <cstdint>
#include <string_view>

#include <ranvier/compiler/random.hpp>

// Ranvier's random numbers by hand, for loops that the compiler vectorises: Philox4x32-10 at (element, 0,
// step).
namespace ranvier::bench {

/// log for the vectoriser, of x in (0, 1].
[[gnu::always_inline]] inline double logarithm(double x) {
  const auto bits = std::bit_cast<std::uint64_t>(x) + (0x3ff0000000000000 - 0x3fe6a09e667f3bcd);
  const double exponent = static_cast<double>(static_cast<std::int64_t>(bits >> 52) - 1023);
  const double m = std::bit_cast<double>((bits & 0x000fffffffffffff) + 0x3fe6a09e667f3bcd);  // by sqrt(1/2)
  const double f = (m - 1) / (m + 1), z = f * f;
  double p = 1.0 / 21;
  for (const double c :
       {1.0 / 19, 1.0 / 17, 1.0 / 15, 1.0 / 13, 1.0 / 11, 1.0 / 9, 1.0 / 7, 1.0 / 5, 1.0 / 3})
    p = __builtin_fma(p, z, c);
  return __builtin_fma(exponent, 0.6931471805599453, 2 * __builtin_fma(p * z, f, f));
}

/// cos(2 pi x) for the vectoriser, of x in [0, 1).
[[gnu::always_inline]] inline double cosine_of_turns(double x) {
  const double y = 6.283185307179586 * (std::abs(x - 0.5) - 0.25),
               z = y * y;  // the sine of y is what is asked
  double p = 1.0 / 51090942171709440000.0;
  for (const double c :
       {-1.0 / 121645100408832000.0, 1.0 / 355687428096000.0, -1.0 / 1307674368000.0, 1.0 / 6227020800.0,
        -1.0 / 39916800.0, 1.0 / 362880.0, -1.0 / 5040.0, 1.0 / 120.0, -1.0 / 6.0})
    p = __builtin_fma(p, z, c);
  return __builtin_fma(p * z, y, y);
}

/// The stream of an object's code, at a step.
struct Stream {
  Stream() = default;
  Stream(std::uint64_t seed, std::string_view object, std::string_view code)
      : key(random_key(seed, object, code)) {}

  struct Bits {
    std::uint64_t first, second;  // 53 each
  };
  [[gnu::always_inline]] Bits bits(std::uint64_t element) const {
    constexpr std::uint64_t low_half = 0xffffffff;
    std::uint64_t c0 = element, c1 = 0, c2 = step & low_half, c3 = step >> 32;
#pragma GCC unroll 10
    for (std::uint32_t round = 0; round < 10; ++round) {
      const std::uint64_t p0 = (c0 & low_half) * 0xD2511F53, p1 = (c2 & low_half) * 0xCD9E8D57;
      c0 = (p1 >> 32) ^ c1 ^ (key.low + round * 0x9E3779B9u);
      c2 = (p0 >> 32) ^ c3 ^ (key.high + round * 0xBB67AE85u);
      c1 = p1 & low_half;
      c3 = p0 & low_half;
    }
    return {(c0 << 32 | c1) >> 11, (c2 << 32 | c3) >> 11};
  }
  /// In [0, 1).
  [[gnu::always_inline]] double uniform(std::uint64_t element) const {
    return static_cast<double>(bits(element).first) * 0x1p-53;
  }

  /// Box and Muller's transform, as Ranvier has it.
  [[gnu::always_inline]] double normal(std::uint64_t element) const {
    const Bits drawn = bits(element);
    const double u = static_cast<double>(drawn.first + 1) * 0x1p-53;
    return std::sqrt(-2 * logarithm(u)) * cosine_of_turns(static_cast<double>(drawn.second) * 0x1p-53);
  }

  RandomKey key;
  std::uint64_t step = 0;
};

}  // namespace ranvier::bench
