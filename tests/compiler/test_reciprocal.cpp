#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <ranvier/compiler/backends/llvm/reciprocal.hpp>
#include <ranvier/compiler/random.hpp>
#include <vector>

#include "tests/compiler/kernel_bench.hpp"

using namespace ranvier;
using namespace ranvier::test;
using llvm_backend::find_reciprocal;
using llvm_backend::Reciprocal;
using llvm_backend::reciprocal_of;

namespace {

std::uint64_t bits_of(double x) {
  return std::bit_cast<std::uint64_t>(x);
}
bool serves(const Reciprocal& r, double x) {
  return ((bits_of(x) + r.shift) & r.mask) != 0;
}
double quotient(const Reciprocal& r, double x) {
  return std::fma(x, r.high, x * r.low);
}

/// From [1, 2), with `zeros` zeros at the end.
double significand(std::uint32_t k, int zeros) {
  const RandomWords words = random_words({3, 4}, k, 0, 0);
  const std::uint64_t all = std::uint64_t{words.word[0]} << 32 | words.word[1];
  return 1 + std::ldexp(static_cast<double>(all >> (12 + zeros) << zeros), -52);
}

/// Dividends from [1, 2) whose quotients by b are nearest to the middle between two doubles: x 2^power is but
/// for `rest` a multiple of b, as integers.
std::vector<double> hardest_dividends(double b, std::uint64_t most) {
  const auto whole = static_cast<std::uint64_t>(std::ldexp(b, 52)), one = std::uint64_t{1} << 52;
  std::uint64_t odd = whole;
  int twos = 0;
  for (; odd % 2 == 0; odd /= 2) ++twos;
  std::vector<double> hardest;
  for (const int power : {53, 54}) {
    std::uint64_t inverse = 1 % odd;
    for (int k = twos; k < power; ++k) inverse = (inverse % 2 == 0 ? inverse : inverse + odd) / 2;
    for (std::uint64_t rest = 1; rest <= most; ++rest)
      for (std::uint64_t x : {rest * inverse % odd, odd - rest * inverse % odd}) {
        const std::uint64_t below = x >= one ? 0 : (one - x + odd - 1) / odd;
        x += below * odd;
        for (int k = 0; k < 4 && x < 2 * one; ++k, x += odd)
          hardest.push_back(std::ldexp(static_cast<double>(x), -52));
      }
  }
  return hardest;
}

}  // namespace

TEST_CASE("two products and a sum give the rounded quotients of the hardest dividends") {
  std::map<std::uint64_t, int> kinds;
  std::size_t wrong = 0, unserved = 0;
  for (std::uint32_t k = 0; k < 20'000; ++k) {
    const double b =
        std::ldexp(significand(k, k % 5 == 0 ? static_cast<int>(k % 52) : 0), 30 - static_cast<int>(k % 60));
    const double divisor = k % 2 == 0 ? b : -b;
    const Reciprocal r = reciprocal_of(divisor);
    ++kinds[r.mask];
    if (r.mask == 0) continue;
    for (const double x : hardest_dividends(significand(k, k % 5 == 0 ? static_cast<int>(k % 52) : 0), 20)) {
      unserved += serves(r, x) ? 0 : 1;
      wrong += same_number(quotient(r, x), x / divisor) && same_number(quotient(r, -x), -x / divisor) ? 0 : 1;
    }
  }
  CHECK(wrong == 0);
  CHECK(unserved == 0);
  CHECK(kinds.size() == 3);
  CHECK(kinds[0] < 100);  // divisors that have none
}

TEST_CASE("numbers at the edges have the quotients of IEEE 754 or are not served") {
  std::vector<double> divisors = edge_numbers(), dividends = edge_numbers();
  for (std::uint32_t k = 0; k < 2000; ++k)
    divisors.push_back(std::ldexp(significand(k, 0), 400 - static_cast<int>(k % 800)));
  for (int exponent = -1074; exponent < 1024; ++exponent)
    for (const double x : {std::ldexp(1, exponent), std::ldexp(-1.9, exponent)}) dividends.push_back(x);
  std::size_t wrong = 0;
  for (const double divisor : divisors) {
    const Reciprocal r = reciprocal_of(divisor);
    for (const double x : dividends)
      wrong += !serves(r, x) || same_number(quotient(r, x), x / divisor) ? 0 : 1;
  }
  CHECK(wrong == 0);
}

TEST_CASE("a zero is an ordinary dividend of time constants, and so are infinities") {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  for (const double divisor :
       {1e-3, 2e-3, 5e-3, 10e-3, 20e-3, 0.1, 0.3, 200e-12, 281e-12, 144e-3, -7.0, 4.0}) {
    CAPTURE(divisor);
    const Reciprocal r = reciprocal_of(divisor);
    for (const double x : {0.0, -0.0, infinity, -infinity, std::nan(""), 0x1p-766, -1e300}) {
      CHECK(serves(r, x));
      CHECK(same_number(quotient(r, x), x / divisor));
    }
    CHECK_FALSE(serves(r, 0x1p-1000));
  }
}

TEST_CASE("dividends that are sums with a literal have the quotients of IEEE 754, however much cancels") {
  struct Row {
    const char* text;
    double literal;
    double divisor;
  };
  for (const auto& [text, literal, divisor] :
       {Row{"(x - 0.013)/0.003", 0.013, 3e-3}, Row{"(x - 1e-205)/-0.7", 1e-205, -0.7},
        Row{"(x - 1e-250)/0.3", 1e-250, 0.3}, Row{"(x - 1e-307)/281e-12", 1e-307, 281e-12}}) {
    CAPTURE(text);
    std::vector<double> x = edge_numbers();
    double above = literal, below = literal;
    for (int k = 0; k < 100; ++k) {
      x.insert(x.end(), {above, below, literal * k, -literal / k, literal * significand(200, 0)});
      above = std::nextafter(above, 1), below = std::nextafter(below, 0);
    }
    std::vector<double> expected;
    for (const double value : x) expected.push_back((value - literal) / divisor);
    for (const int lanes : {1, 2, 4, 8})
      CHECK(same_numbers(map_over(*llvm_backend_of(lanes), text, x), expected));
  }
}

TEST_CASE("what is looked up is what is computed, however many divisors there are") {
  std::size_t wrong = 0;
  for (std::uint32_t k = 0; k < 2000; ++k)
    for (const std::uint32_t which : {k, k / 2, k % 7}) {
      const double divisor = which == 0 ? -0.0 : significand(which, 0);
      const Reciprocal expected = reciprocal_of(divisor);
      Reciprocal found;
      find_reciprocal(divisor, &found);
      wrong += found.high == expected.high && found.low == expected.low && found.shift == expected.shift &&
                       found.mask == expected.mask
                   ? 0
                   : 1;
    }
  CHECK(wrong == 0);
}
