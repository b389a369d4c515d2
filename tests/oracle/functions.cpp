#include "tests/oracle/functions.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ranvier::oracle {
namespace {

using One = double (*)(double);

/// How a function moves between two points: what bounds its values there.
enum class Shape { rising, falling, even, wave, poles };

/// Its values between x.low and x.high, before any error of its own.
Value between(One f, Shape shape, const Value& x) {
  Value result = real(f(x.real));
  if (x.exact()) return result;
  double low = f(x.low), high = f(x.high);
  const double width = x.high - x.low;
  if (std::isnan(low) != std::isnan(result.real) || std::isnan(high) != std::isnan(result.real))
    return undecided(Kind::real);
  if (shape == Shape::poles && !(width < 3 && low <= high)) return undecided(Kind::real);
  if (shape == Shape::wave) {  // no steeper than 1
    low = width < 1 ? std::max(-1.0, result.real - width) : -1;
    high = width < 1 ? std::min(1.0, result.real + width) : 1;
  }
  if (shape == Shape::falling) std::swap(low, high);
  if (shape == Shape::even && x.low < 0 && x.high > 0) high = std::max(low, high), low = f(0);
  result.low = std::min({low, high, result.real}), result.high = std::max({low, high, result.real});
  return result;
}

Value elementary(One f, Shape shape, std::string_view name, const Value& argument) {
  if (argument.undecided) return undecided(Kind::real);
  const Value x = as_real(argument);
  Value result = between(f, shape, x);
  if (result.undecided || allowed_ulps == 0) return result;
  result.low = moved(result.low, -allowed_ulps), result.high = moved(result.high, allowed_ulps);
  if (x.exact()) result.called = name;
  return result;
}

/// Functions that every back end rounds correctly.
Value rounded(One f, const Value& argument) {
  return argument.undecided ? undecided(Kind::real) : between(f, Shape::rising, as_real(argument));
}

double exprel_of(double x) {
  if (std::fabs(x) < 1e-16) return 1;
  return x > 717 ? std::numeric_limits<double>::infinity() : std::expm1(x) / x;
}

Value absolute(const Value& a) {
  if (a.undecided) return undecided(std::max(a.kind, Kind::integer));
  if (a.kind != Kind::real) return a.whole < 0 ? negate(a) : integer(a.whole);
  return between([](double x) { return std::fabs(x); }, Shape::even, a);
}

double sign_of(double x) {
  return x > 0 ? 1 : x < 0 ? -1 : x == 0 ? 0 : x;
}
Value sign(const Value& a) {
  if (a.undecided) return undecided(std::max(a.kind, Kind::integer));
  if (a.kind != Kind::real) return integer(a.whole > 0 ? 1 : a.whole < 0 ? -1 : 0);
  const Value result = real(sign_of(a.real));
  return sign_of(a.low) == sign_of(a.high) || a.exact() ? result : undecided(Kind::real);
}

std::int64_t truncated(double x) {
  constexpr auto limits = std::numeric_limits<std::int64_t>();
  if (std::isnan(x)) return 0;
  if (x >= 0x1p63) return limits.max();
  return x <= -0x1p63 ? limits.min() : static_cast<std::int64_t>(x);
}
Value int_of(const Value& a) {
  if (a.undecided) return undecided(Kind::integer);
  if (a.kind != Kind::real) return integer(a.whole);
  const std::int64_t low = truncated(a.low), high = truncated(a.high);
  return low == high ? integer(truncated(a.real)) : undecided(Kind::integer);
}

Value clip(const Value& x, const Value& low, const Value& high) {
  const Kind kind = std::max({x.kind, low.kind, high.kind, Kind::integer});
  if (x.undecided || low.undecided || high.undecided) return undecided(kind);
  if (kind == Kind::integer) return integer(std::min(std::max(x.whole, low.whole), high.whole));
  const auto clipped = [](double v, double l, double h) {
    if (v < l) v = l;
    return v > h ? h : v;
  };
  const Value v = as_real(x), l = as_real(low), h = as_real(high);
  Value result = real(clipped(v.real, l.real, h.real));
  result.low = clipped(v.low, l.low, h.low), result.high = clipped(v.high, l.high, h.high);
  return result;
}

/// NaN if either is; of two that are equal the first.
template <bool larger>
double extreme_of(double a, double b) {
  if (std::isnan(a) || std::isnan(b)) return NAN;
  return (larger ? a < b : b < a) ? b : a;
}
template <bool larger>
Value extreme(const Value& a, const Value& b) {
  const Kind kind = std::max({a.kind, b.kind, Kind::integer});
  if (a.undecided || b.undecided) return undecided(kind);
  if (kind == Kind::integer) return integer(larger ? std::max(a.whole, b.whole) : std::min(a.whole, b.whole));
  const Value x = as_real(a), y = as_real(b);
  Value result = real(extreme_of<larger>(x.real, y.real));
  result.low = extreme_of<larger>(x.low, y.low), result.high = extreme_of<larger>(x.high, y.high);
  return result;
}

double heaviside_of(double x) {
  return std::isnan(x) ? x : x < 0 ? 0 : x > 0 ? 1 : 0.5;
}
Value heaviside(const Value& a) {
  if (a.undecided) return undecided(Kind::real);
  const Value x = as_real(a);
  return x.exact() || heaviside_of(x.low) == heaviside_of(x.high) ? real(heaviside_of(x.real))
                                                                  : undecided(Kind::real);
}

/// Around the origin a little means much: only of exact numbers.
Value arctan2(const Value& a, const Value& b) {
  const Value y = as_real(a), x = as_real(b);
  if (a.undecided || b.undecided || !y.exact() || !x.exact()) return undecided(Kind::real);
  Value result = real(std::atan2(y.real, x.real));
  if (allowed_ulps == 0) return result;
  result.low = moved(result.low, -allowed_ulps), result.high = moved(result.high, allowed_ulps);
  result.called = "arctan2";
  return result;
}

Value timestep(const Value& t, const Value& dt) {
  return int_of(divide(add(as_real(t), multiply(real(1e-3), as_real(dt))), as_real(dt)));
}

template <One F, Shape shape>
struct Elementary {
  static inline std::string_view name;
  static Value value(const Value& x) { return elementary(F, shape, name, x); }
};
template <One F, Shape shape>
Function row(std::string_view name) {
  Elementary<F, shape>::name = name;
  return {name, 1, Elementary<F, shape>::value};
}

const Function table[] = {
    row<std::sin, Shape::wave>("sin"),
    row<std::cos, Shape::wave>("cos"),
    row<std::tan, Shape::poles>("tan"),
    row<std::sinh, Shape::rising>("sinh"),
    row<std::cosh, Shape::even>("cosh"),
    row<std::tanh, Shape::rising>("tanh"),
    row<std::asin, Shape::rising>("arcsin"),
    row<std::acos, Shape::falling>("arccos"),
    row<std::atan, Shape::rising>("arctan"),
    row<std::exp, Shape::rising>("exp"),
    row<std::log, Shape::rising>("log"),
    row<std::log10, Shape::rising>("log10"),
    row<std::expm1, Shape::rising>("expm1"),
    row<std::log1p, Shape::rising>("log1p"),
    row<std::log2, Shape::rising>("log2"),
    row<std::erf, Shape::rising>("erf"),
    row<exprel_of, Shape::rising>("exprel"),
    {"sqrt", 1, [](const Value& x) { return rounded(std::sqrt, x); }},
    {"floor", 1, [](const Value& x) { return rounded(std::floor, x); }},
    {"ceil", 1, [](const Value& x) { return rounded(std::ceil, x); }},
    {"round", 1, [](const Value& x) { return rounded(std::nearbyint, x); }},
    {"heaviside", 1, heaviside},
    {"abs", 1, absolute},
    {"sign", 1, sign},
    {"int", 1, int_of},
    {"timestep", 2, nullptr, timestep},
    {"min", 2, nullptr, extreme<false>},
    {"max", 2, nullptr, extreme<true>},
    {"arctan2", 2, nullptr, arctan2},
    {"clip", 3, nullptr, nullptr, clip},
};

}  // namespace

std::span<const Function> functions() {
  return table;
}

}  // namespace ranvier::oracle
