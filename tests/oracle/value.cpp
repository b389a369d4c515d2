#include "tests/oracle/value.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace ranvier::oracle {
namespace {

using Two = double (*)(double, double);

Kind common(const Value& a, const Value& b) {
  return std::max({a.kind, b.kind, Kind::integer});
}

/// For an operation that grows or falls with each operand as long as the other stays: its values at the
/// corners.
Value corners(Two f, const Value& a, const Value& b) {
  const Value x = as_real(a), y = as_real(b);
  Value result = real(f(x.real, y.real));
  if (x.exact() && y.exact()) return result;
  for (const double p : {x.low, x.high})
    for (const double q : {y.low, y.high}) {
      const double corner = f(p, q);
      if (std::isnan(corner) != std::isnan(result.real)) return undecided(Kind::real);
      result.low = std::fmin(result.low, corner), result.high = std::fmax(result.high, corner);
    }
  return result;
}

bool touches_zero(const Value& v) {
  return !(v.low > 0) && !(v.high < 0);
}

std::uint64_t bits(std::int64_t value) {
  return static_cast<std::uint64_t>(value);
}
Value wrapped(std::uint64_t value) {
  return integer(static_cast<std::int64_t>(value));
}

bool jumps(const Value& a, const Value& b) {
  return a.undecided || b.undecided;
}

double python_modulo(double x, double y) {
  const double rest = std::fmod(x, y);
  if (rest == 0) return std::copysign(0.0, y);
  return (rest < 0) != (y < 0) ? rest + y : rest;
}

// CPython's float_floor_div; a division by zero is that of IEEE 754, as in NumPy.
double python_floor_divide(double x, double y) {
  if (y == 0) return x / y;
  const double rest = std::fmod(x, y);
  double quotient = (x - rest) / y;
  if (rest != 0 && (rest < 0) != (y < 0)) quotient -= 1;
  if (quotient == 0) return std::copysign(0.0, x / y);
  const double below = std::floor(quotient);
  return quotient - below > 0.5 ? below + 1 : below;
}

std::int64_t python_floor_divide(std::int64_t x, std::int64_t y) {
  if (y == 0) return 0;
  if (y == -1) return static_cast<std::int64_t>(0 - bits(x));
  return x / y - (x % y != 0 && (x < 0) != (y < 0) ? 1 : 0);
}

/// Off by whatever the divisor or the number of times it fits is off: said only where that number is certain.
Value floored(const Value& a, const Value& b, Two f) {
  const Value x = as_real(a), y = as_real(b);
  if (x.exact() && y.exact()) return real(f(x.real, y.real));
  if (!y.exact() || y.real == 0 || !std::isfinite(y.real)) return undecided(Kind::real);
  const double fits = python_floor_divide(x.low, y.real);
  if (!std::isfinite(fits) || fits == 0 || fits != python_floor_divide(x.high, y.real))
    return undecided(Kind::real);
  return corners(f, x, y);
}

Value integer_power(std::int64_t base, double exponent) {
  std::uint64_t result = 1, square = bits(base);
  for (auto left = static_cast<std::uint64_t>(exponent); left > 0; left >>= 1, square *= square)
    if (left & 1) result *= square;
  return wrapped(result);
}

/// Small whole exponents that are spelled out are products: x*x, (x*x)*x, (x*x)*(x*x), or 1 over these.
double small_power(double x, double n) {
  const double square = x * x;
  const double products[] = {1, x, square, square * x, square * square};
  const double product = products[static_cast<int>(std::fabs(n))];
  return n < 0 ? 1 / product : product;
}

Value real_power(const Value& x, const Value& y) {
  const bool product = y.number && std::fabs(y.real) <= 4 && y.real == std::floor(y.real);
  const Two f = product ? Two(small_power) : Two([](double a, double b) { return std::pow(a, b); });
  const bool exact = x.exact() && y.exact();
  if (!exact && !(x.low > 0) && (touches_zero(x) || !y.exact())) return undecided(Kind::real);
  Value result = corners(f, x, y);
  if (product || result.undecided || allowed_ulps == 0) return result;
  result.low = moved(result.low, -allowed_ulps), result.high = moved(result.high, allowed_ulps);
  if (exact) result.called = "**";
  return result;
}

template <class Compare>
Value compare(const Value& a, const Value& b, Compare holds) {
  if (jumps(a, b)) return undecided(Kind::boolean);
  if (common(a, b) == Kind::integer) return boolean(holds(a.whole, b.whole));
  const Value x = as_real(a), y = as_real(b);
  const bool apart = x.high < y.low || y.high < x.low || (x.exact() && y.exact());
  const bool nan = std::isnan(x.real) || std::isnan(y.real);
  return apart || nan ? boolean(holds(x.real, y.real)) : undecided(Kind::boolean);
}

}  // namespace

bool same_bits(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b) ||
         (std::isnan(a) && std::isnan(b));
}

double moved(double a, int n) {
  const double to = std::copysign(std::numeric_limits<double>::infinity(), n);
  for (int k = 0; k < std::abs(n); ++k) a = std::nextafter(a, to);
  return a;
}

double distance(double a, double b) {
  if (same_bits(a, b)) return 0;
  if (std::isnan(a) || std::isnan(b)) return std::numeric_limits<double>::infinity();
  const auto position = [](double x) {
    const auto at = std::bit_cast<std::int64_t>(x);
    return static_cast<long double>(at >= 0 ? at : std::numeric_limits<std::int64_t>::min() - at);
  };
  return static_cast<double>(std::fabs(position(a) - position(b)));
}

bool Value::exact() const {
  return kind != Kind::real || (same_bits(low, real) && same_bits(high, real));
}

Value boolean(bool value) {
  return {.kind = Kind::boolean, .whole = value};
}
Value integer(std::int64_t value) {
  return {.kind = Kind::integer, .whole = value};
}
Value real(double value) {
  return {.real = value, .low = value, .high = value};
}
Value undecided(Kind kind) {
  return {.kind = kind, .undecided = true};
}

Value as_real(const Value& v) {
  if (v.kind == Kind::real) return v;
  Value result = real(static_cast<double>(v.whole));
  result.undecided = v.undecided, result.number = v.number;
  return result;
}

bool truth(const Value& v) {
  return v.kind == Kind::real ? v.real != 0 : v.whole != 0;
}

Value add(const Value& a, const Value& b) {
  if (jumps(a, b)) return undecided(common(a, b));
  if (common(a, b) == Kind::integer) return wrapped(bits(a.whole) + bits(b.whole));
  return corners([](double x, double y) { return x + y; }, a, b);
}

Value subtract(const Value& a, const Value& b) {
  if (jumps(a, b)) return undecided(common(a, b));
  if (common(a, b) == Kind::integer) return wrapped(bits(a.whole) - bits(b.whole));
  return corners([](double x, double y) { return x - y; }, a, b);
}

Value multiply(const Value& a, const Value& b) {
  if (jumps(a, b)) return undecided(common(a, b));
  if (common(a, b) == Kind::integer) return wrapped(bits(a.whole) * bits(b.whole));
  return corners([](double x, double y) { return x * y; }, a, b);
}

Value divide(const Value& a, const Value& b) {
  const Value x = as_real(a), y = as_real(b);
  const bool pole = touches_zero(y) && !(x.exact() && y.exact());
  if (jumps(a, b) || pole) return undecided(Kind::real);
  return corners([](double p, double q) { return p / q; }, x, y);
}

Value floor_divide(const Value& a, const Value& b) {
  if (jumps(a, b)) return undecided(common(a, b));
  if (common(a, b) == Kind::integer) return integer(python_floor_divide(a.whole, b.whole));
  return floored(a, b, [](double x, double y) { return python_floor_divide(x, y); });
}

Value modulo(const Value& a, const Value& b) {
  if (jumps(a, b)) return undecided(common(a, b));
  if (common(a, b) != Kind::integer) return floored(a, b, python_modulo);
  if (b.whole == 0) return integer(0);
  return wrapped(bits(a.whole) - bits(python_floor_divide(a.whole, b.whole)) * bits(b.whole));
}

Value power(const Value& a, const Value& b) {
  const bool whole = b.natural && a.kind != Kind::real;
  if (jumps(a, b)) return undecided(whole ? Kind::integer : Kind::real);
  return whole ? integer_power(a.whole, static_cast<double>(b.whole)) : real_power(as_real(a), as_real(b));
}

Value less(const Value& a, const Value& b) {
  return compare(a, b, [](auto x, auto y) { return x < y; });
}
Value less_equal(const Value& a, const Value& b) {
  return compare(a, b, [](auto x, auto y) { return x <= y; });
}
Value equal(const Value& a, const Value& b) {
  return compare(a, b, [](auto x, auto y) { return x == y; });
}
Value not_equal(const Value& a, const Value& b) {
  return compare(a, b, [](auto x, auto y) { return x != y; });
}

Value both(const Value& a, const Value& b) {
  return jumps(a, b) ? undecided(Kind::boolean) : boolean(truth(a) && truth(b));
}
Value either(const Value& a, const Value& b) {
  return jumps(a, b) ? undecided(Kind::boolean) : boolean(truth(a) || truth(b));
}
Value invert(const Value& a) {
  return a.undecided ? undecided(Kind::boolean) : boolean(!truth(a));
}

Value negate(const Value& a) {
  Value result = plus(a);
  result.whole = static_cast<std::int64_t>(0 - bits(a.whole));
  result.real = -a.real, result.low = -a.high, result.high = -a.low;
  return result;
}

Value plus(const Value& a) {
  Value result = a;
  result.kind = std::max(a.kind, Kind::integer);
  result.natural = false, result.called = {};
  return result;
}

}  // namespace ranvier::oracle
