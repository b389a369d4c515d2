#include <ranvier/compiler/backends/llvm/reciprocal.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

// Quotients as products with the two parts of a reciprocal: N. Brisebarre and J.-M. Muller, IEEE Transactions
// on Computers 57, 165 (2008).
//
// Let x and b be from [1, 2), high what 1/b is rounded to towards zero, and low about 1/b - high, so that
// 0 <= low < 2^-53. Before the last rounding, high x + RN(low x) is less than 2^-105 away from x/b. Rounding
// makes something else of it only if the middle m of two neighbouring doubles lies between. With integers
// B = 2^52 b and M = 2^p m (p = 53 if x >= b, otherwise 54), 2^p (2^52 x) - M B is an integer j that is not
// zero, and x/b is |j| 2^(-52-p)/b away from m: only |j| < 2 is near enough if p = 53, and |j| < 4 if p = 54.
// There are few numbers 2^52 x that solve 2^p (2^52 x) = j (mod B): the quotient of each is tried. M is odd,
// and so is j if B is; if B is twice an odd number, so is j; and for B that four divides j is too large.
//
// Where one fails, all may hold if `low` is moved to the double beside; then twice as many j count. Else
// `high` is what is nearest to 1/b; but then `low` may have the other sign, and zeros and infinities fail.
namespace ranvier::llvm_backend {
namespace {

constexpr std::uint64_t one = 1ull << 52;  // the significand of 1
constexpr double largest = 0x1p190, smallest = 0x1p-400;
// One less than the bits of a zero has all bits of the exponent; numbers of 2^-767 and more have one of
// three.
constexpr std::uint64_t minus_one = ~0ull;
// Exponents from 512 to 1535, of doubles from 2^-511 to 2^513, have the top bit with 512 added, and they
// alone.
constexpr std::uint64_t shift = 512ull << 52, top_bit = 1ull << 62;

struct Parts {
  double high, low;
};

bool holds_for(std::uint64_t x, double b, Parts r) {
  const auto dividend = static_cast<double>(x);
  return std::fma(dividend, r.high, dividend * r.low) == dividend / b;
}

/// 2^-power modulo an odd number.
std::uint64_t halved(std::uint64_t odd, int power) {
  std::uint64_t x = 1;
  for (; power > 0; --power) x = (x % 2 == 0 ? x : x + odd) / 2;
  return x;
}

/// Whether all quotients by b, a number from [1, 2), are right; `moved`: the doubles by which `low` is off.
bool holds(double b, Parts r, std::uint64_t moved) {
  const auto whole = static_cast<std::uint64_t>(b * static_cast<double>(one));
  const int twos = std::countr_zero(whole);
  if (twos > 1) return true;
  const std::uint64_t odd = whole >> twos;
  for (const int power : {53, 54}) {
    const std::uint64_t inverse = halved(odd, power - twos);
    const std::uint64_t furthest = ((power == 53 ? 2 : 4) * (moved + 1) - 1) >> twos;
    for (std::uint64_t rest = 1; rest <= furthest; rest += 2) {
      const std::uint64_t first = rest * inverse % odd;
      for (std::uint64_t solution : {first, odd - first})
        for (; solution < 2 * one; solution += odd)
          if (solution >= one && !holds_for(solution, b, r)) return false;
    }
  }
  return true;
}

Parts parts_of(double b, double high) {
  const double low = std::fma(-b, high, 1) / b;
  return {high, low == 0 ? high * 0x1p-60 : low};  // not zero, so that infinities have quotients
}

/// For a divisor from [1, 2).
Reciprocal reciprocal_of_significand(double b) {
  const double nearest = 1 / b;
  const Parts below = parts_of(b, std::fma(-b, nearest, 1) < 0 ? std::nextafter(nearest, 0) : nearest);
  if (holds(b, below, 0)) return {below.high, below.low, minus_one, any_of_three};
  for (const double low : {std::nextafter(below.low, 1), std::nextafter(below.low, 0)})
    if (holds(b, {below.high, low}, 1)) return {below.high, low, minus_one, any_of_three};
  const Parts near = parts_of(b, nearest);
  if (holds(b, near, 0)) return {near.high, near.low, shift, top_bit};
  return {};
}

}  // namespace

Reciprocal reciprocal_of(double divisor) noexcept {
  const double size = std::fabs(divisor);
  if (!(size >= smallest && size <= largest)) return {};
  const int exponent = std::ilogb(size);
  Reciprocal reciprocal = reciprocal_of_significand(std::ldexp(size, -exponent));
  reciprocal.high = std::copysign(std::ldexp(reciprocal.high, -exponent), divisor);
  reciprocal.low = std::ldexp(divisor < 0 ? -reciprocal.low : reciprocal.low, -exponent);
  return reciprocal;
}

// What a kernel asks for is mostly what it asked for in the step before.
void find_reciprocal(double divisor, Reciprocal* result) noexcept {
  struct Known {
    std::uint64_t divisor = 0;  // there is nothing to know of zero
    Reciprocal reciprocal;
  };
  struct Shelf {
    std::array<Known, 8> places;
    std::size_t oldest = 0;
  };
  thread_local std::array<Shelf, 16> shelves;
  const auto bits = std::bit_cast<std::uint64_t>(divisor);
  Shelf& shelf = shelves[bits * 0x9e3779b97f4a7c15u >> 60];
  auto* known = std::ranges::find(shelf.places, bits, &Known::divisor);
  if (known == shelf.places.end()) {
    known = &shelf.places[shelf.oldest++ % shelf.places.size()];
    *known = {bits, reciprocal_of(divisor)};
  }
  *result = known->reciprocal;
}

}  // namespace ranvier::llvm_backend
