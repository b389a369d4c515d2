#pragma once
#include <cstdint>
#include <span>

#include <ranvier/compiler/random.hpp>

/// Random numbers that count. Below a mean of 10 they are found by inversion from one word of 32 bits, which
/// four elements share a call of Philox for: element e of 32 has word e/8 of the call at counter {8*(e's
/// number of 32) + e%8, draw, step}. Where these bits alone do not decide, which happens once in 10^8
/// numbers, 32 more do. Above 10 they are found by transformed rejection. What else is drawn comes from
/// counters of the element with the high bit of `draw` and a running number in bits 8-30.
namespace ranvier {

/// Poisson with mean lambda >= 0 (0 for NaN or negative); rejection: Hoermann 1993, PTRS.
std::int64_t poisson(double lambda, RandomKey key, std::uint32_t element, std::uint32_t draw,
                     std::uint64_t step);
/// Binomial: how many of n trials succeed, each with probability p. n is rounded down, p taken into [0, 1];
/// 0 for NaN or negative n. Inversion where n min(p, 1-p) is below 10; rejection: Hoermann 1993, BTRS.
std::int64_t binomial(double n, double p, RandomKey key, std::uint32_t element, std::uint32_t draw,
                      std::uint64_t step);

/// What is drawn: binomial numbers, or Poisson numbers with mean n.
struct CountLaw {
  bool is_poisson = false;
  double n = 0, p = 0;

  friend bool operator==(const CountLaw&, const CountLaw&) = default;
};

/// For many numbers of one law. Generated code knows this layout.
struct CountTable {
  static constexpr int elements = 32;  // that share calls of Philox
  static constexpr int entries = 48;   // a multiple of 4

  std::int64_t usable = 0;  // 0: only `draw_counts` gives the numbers
  double base = 0;  // the number is base + sign*count: its count is that of the entries that are above
  double sign = 1;  // the upper 31 bits of the word; where one is equal to them, it decides nothing
  CountLaw law;
  std::int32_t above[entries] = {};  // descending, the last ones 0
};

/// Fast where the same few laws are asked for again and again.
void count_table(const CountLaw& law, CountTable& table);

/// The numbers of elements from `first` on.
void draw_counts(const CountLaw& law, RandomKey key, std::uint32_t first, std::uint32_t draw,
                 std::uint64_t step, std::span<double> numbers);

}  // namespace ranvier
