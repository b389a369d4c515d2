#pragma once
#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

// What kernels written by hand share, as one would write them who knows the machine: aligned arrays without
// tails, functions that the vectoriser takes, spikes gathered from bytes. They obey the numerics contract (no
// contraction, no reassociation) if they are compiled with -ffp-contract=off.
namespace ranvier::tool {

/// What arrays are aligned to, and neurons that do not exist fill up the last block of.
inline constexpr std::int64_t hand_lanes = 64;

/// A state variable, or another array with an entry for each neuron.
template <class T>
class Column {
 public:
  Column() = default;
  explicit Column(std::int64_t n, T value = T())
      : lines_(static_cast<std::size_t>((n + hand_lanes - 1) / hand_lanes * hand_lanes) / in_line) {
    std::fill_n(data(), padded(), value);
  }
  /// Neurons of the padding are like the last one; their spikes are left out.
  explicit Column(std::span<const T> values) : Column(std::ssize(values), values.back()) {
    std::ranges::copy(values, data());
  }
  T* data() { return reinterpret_cast<T*>(lines_.data()); }
  std::int64_t padded() const { return std::ssize(lines_) * static_cast<std::int64_t>(in_line); }

 private:
  static constexpr std::size_t in_line = 64 / sizeof(T);
  struct alignas(64) Line {
    T values[in_line];
  };
  std::vector<Line> lines_;
};

/// Lists the neurons of a block whose byte is set, behind what the list holds; returns its new length.
inline std::int64_t gather(const std::uint8_t* spiked, std::int64_t count, std::int64_t begin,
                           std::int32_t* list, std::int64_t length) {
  for (std::int64_t k = 0; k < count; k += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, spiked + k, 8);
    for (; word != 0; word &= word - 1)
      list[length++] = static_cast<std::int32_t>(begin + k + std::countr_zero(word) / 8);
  }
  return length;
}

/// exp for the vectoriser: no branch, no table, an error below two units in the last place. Arguments that
/// would over- or underflow saturate.
[[gnu::always_inline]] inline double exponential(double x) {
  x = x < -708.0 ? -708.0 : x;
  x = x > 709.0 ? 709.0 : x;
  constexpr double round = 6755399441055744.0;  // adding it leaves a whole number in the last bits
  const double shifted = x * 1.4426950408889634 + round;
  const double n = shifted - round;
  double r = __builtin_fma(n, -6.93145751953125e-1, x);
  r = __builtin_fma(n, -1.42860682030941723212e-6, r);
  double p = 1.0 / 6227020800.0;
  p = __builtin_fma(p, r, 1.0 / 479001600.0);
  p = __builtin_fma(p, r, 1.0 / 39916800.0);
  p = __builtin_fma(p, r, 1.0 / 3628800.0);
  p = __builtin_fma(p, r, 1.0 / 362880.0);
  p = __builtin_fma(p, r, 1.0 / 40320.0);
  p = __builtin_fma(p, r, 1.0 / 5040.0);
  p = __builtin_fma(p, r, 1.0 / 720.0);
  p = __builtin_fma(p, r, 1.0 / 120.0);
  p = __builtin_fma(p, r, 1.0 / 24.0);
  p = __builtin_fma(p, r, 1.0 / 6.0);
  p = __builtin_fma(p, r, 0.5);
  p = __builtin_fma(p, r, 1.0);
  p = __builtin_fma(p, r, 1.0);
  return p * std::bit_cast<double>((std::bit_cast<std::uint64_t>(shifted) + 1023) << 52);
}

/// (exp(x) - 1)/x.
[[gnu::always_inline]] inline double exprel(double x) {
  const double small = 1 + x * (0.5 + x * (1.0 / 6));
  const double usual = (exponential(x) - 1) / x;
  return ((x > -1e-5) & (x < 1e-5)) ? small : usual;
}

}  // namespace ranvier::tool
