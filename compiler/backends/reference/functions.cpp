#include <ranvier/compiler/backends/reference/functions.hpp>

#include <cmath>
#include <limits>

// Written from the definition of the language with the C library, independently of the code generator.
namespace ranvier::reference_backend {
namespace {

double modulo(double x, double y) {
  double rest = std::fmod(x, y);
  if (rest == 0) return std::copysign(0.0, y < 0 ? -1.0 : 1.0);
  if ((rest < 0) != (y < 0)) rest += y;
  return rest;
}

// From the exact remainder: x/y may round up to an integer that y does not go into so often.
double floor_divide(double x, double y) {
  if (y == 0) return x / y;
  const double rest = std::fmod(x, y);
  double quotient = (x - rest) / y;
  if (rest != 0 && (rest < 0) != (y < 0)) quotient -= 1;
  if (quotient == 0) return std::copysign(0.0, x / y);
  const double below = std::floor(quotient);
  return quotient - below > 0.5 ? below + 1 : below;
}

double modulo_i(double x, double y) {
  return y == 0 ? 0 : modulo(x, y) + 0.0;
}
double floor_divide_i(double x, double y) {
  if (y == 0) return 0;
  const std::int64_t a = to_int64(x), b = to_int64(y);
  if (b == -1) return 0.0 - x;
  return static_cast<double>(a / b - (a % b != 0 && (a % b < 0) != (b < 0) ? 1 : 0));
}
double multiply_i(double x, double y) {
  return x * y + 0.0;
}  // an integer has no negative zero
double absolute_i(double x) {
  return x < 0 ? 0.0 - x : x;
}

/// Small whole exponents are products in this language: x**3 is x*x*x, not the rounding of a logarithm.
double power(double x, double n) {
  const double square = x * x;
  const double products[] = {1, x, square, square * x, square * square};
  if (std::fabs(n) > 4 || n != std::floor(n)) return std::pow(x, n);
  const double product = products[static_cast<int>(std::fabs(n))];
  return n < 0 ? 1 / product : product;
}
double power_i(double x, double n) {
  double result = 1;
  for (double k = 0; k < n && result != 0 && std::fabs(result) < 0x1p64; ++k) {
    result = result * x + 0.0;
    if (x == 1 || x == 0) break;
    if (x == -1) return std::fmod(n, 2) == 0 ? 1 : -1;
  }
  return result;
}

double sign(double x) {
  if (std::isnan(x)) return x;
  return x > 0 ? 1 : x < 0 ? -1 : 0;
}
double clip(double x, double low, double high) {
  if (x < low) x = low;
  return x > high ? high : x;
}
double smaller(double x, double y) {
  if (std::isnan(x) || std::isnan(y)) return std::numeric_limits<double>::quiet_NaN();
  return y < x ? y : x;
}
double larger(double x, double y) {
  if (std::isnan(x) || std::isnan(y)) return std::numeric_limits<double>::quiet_NaN();
  return y > x ? y : x;
}
double round_to_even(double x) {
  const double below = std::floor(x), fraction = x - below;
  if (fraction == 0 || std::isnan(x) || std::isinf(x)) return x;
  const bool up = fraction > 0.5 || (fraction == 0.5 && std::fmod(below, 2) != 0);
  return std::copysign(up ? below + 1 : below, x);
}
double heaviside(double x) {
  if (std::isnan(x)) return x;
  return x > 0 ? 1 : x < 0 ? 0 : 0.5;
}
double exprel(double x) {
  if (std::fabs(x) < 1e-16) return 1;
  if (x > 717) return std::numeric_limits<double>::infinity();
  return std::expm1(x) / x;
}
double timestep(double t, double dt) {
  return convert((t + 1e-3 * dt) / dt, Type::real, Type::integer);
}
double truncate(double x) {
  return convert(x, Type::real, Type::integer);
}

double both(double x, double y) {
  return x != 0 && y != 0;
}
double either(double x, double y) {
  return x != 0 || y != 0;
}
double invert(double x) {
  return x == 0;
}
double is_true(double x) {
  return x != 0;
}

using One = double (*)(double);
using Two = double (*)(double, double);

const Function table[] = {
    {"sin", One(std::sin)},
    {"cos", One(std::cos)},
    {"tan", One(std::tan)},
    {"sinh", One(std::sinh)},
    {"cosh", One(std::cosh)},
    {"tanh", One(std::tanh)},
    {"arcsin", One(std::asin)},
    {"arccos", One(std::acos)},
    {"arctan", One(std::atan)},
    {"exp", One(std::exp)},
    {"log", One(std::log)},
    {"log10", One(std::log10)},
    {"expm1", One(std::expm1)},
    {"log1p", One(std::log1p)},
    {"log2", One(std::log2)},
    {"erf", One(std::erf)},
    {"round", round_to_even},
    {"heaviside", heaviside},
    {"arctan2", nullptr, Two(std::atan2)},
    {"min", nullptr, smaller},
    {"max", nullptr, larger},
    {"exprel", exprel},
    {"sqrt", One(std::sqrt)},
    {"abs", One(std::fabs)},
    {"abs_i", absolute_i},
    {"floor", One(std::floor)},
    {"ceil", One(std::ceil)},
    {"sign", sign},
    {"int", truncate},
    {"invert", invert},
    {"is_true", is_true},
    {"timestep", nullptr, timestep},
    {"clip", nullptr, nullptr, clip},
    {"floor_divide", nullptr, floor_divide},
    {"floor_divide_i", nullptr, floor_divide_i},
    {"modulo", nullptr, modulo},
    {"modulo_i", nullptr, modulo_i},
    {"multiply_i", nullptr, multiply_i},
    {"pow", nullptr, Two(std::pow)},
    {"power", nullptr, power},
    {"power_i", nullptr, power_i},
    {"both", nullptr, both},
    {"either", nullptr, either},
};

}  // namespace

std::span<const Function> functions() {
  return table;
}

std::int64_t to_int64(double value) {
  if (std::isnan(value)) return 0;
  if (value >= 0x1p63) return std::numeric_limits<std::int64_t>::max();
  return value < -0x1p63 ? std::numeric_limits<std::int64_t>::min() : static_cast<std::int64_t>(value);
}

double convert(double value, Type from, Type to) {
  if (to == Type::boolean) return value != 0;
  return from == Type::real && to == Type::integer ? static_cast<double>(to_int64(value)) : value;
}

}  // namespace ranvier::reference_backend
