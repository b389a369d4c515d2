// exp and expm1 that back ends write out in place, against 80-bit arithmetic: a reference whose own error is
// 2^-11 of what is asked for.
#include <doctest/doctest.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <random>
#include <ranvier/compiler/backends/elementary.hpp>
#include <utility>
#include <vector>

#include "tests/compiler/kernel_bench.hpp"

using namespace ranvier;
using namespace ranvier::test;

namespace {

using Exact = long double (*)(long double);

/// In units of the last place of a double that is normal.
double error(double found, long double exact) {
  const double near = static_cast<double>(exact);
  const int exponent = std::max(std::ilogb(near), -1022);
  return std::abs(static_cast<double>((found - exact) / std::ldexp(1.0L, exponent - 52)));
}

double worst_error(ElementaryFn function, Exact exact, const std::vector<double>& x) {
  double worst = 0;
  for (const double value : x) worst = std::max(worst, error(function(value), exact(value)));
  return worst;
}

std::vector<double> spread(double from, double to, int n) {
  std::mt19937_64 random(7);
  std::uniform_real_distribution<double> uniform(from, to);
  std::vector<double> x;
  for (int k = 0; k < n; ++k) x.push_back(uniform(random));
  return x;
}

std::vector<double> near_zero() {
  std::vector<double> x;
  for (double size = 1; size > 1e-320; size *= 0.37) x.push_back(size), x.push_back(-size);
  return x;
}

const double infinity = std::numeric_limits<double>::infinity();
const double least = std::numeric_limits<double>::denorm_min();
const double most = std::log(std::numeric_limits<double>::max());

const std::vector<double> edges = {0.0,
                                   -0.0,
                                   infinity,
                                   -infinity,
                                   NAN,
                                   least,
                                   -least,
                                   1e-310,
                                   -1e-310,
                                   most,
                                   std::nextafter(most, 800),
                                   709.5,
                                   -708.5,
                                   -740.25,
                                   -745.1,
                                   -745.2,
                                   -746,
                                   -1e300,
                                   1e300,
                                   710,
                                   0.34657,
                                   -0.34658};

bool same(double x, double y) {
  return std::memcmp(&x, &y, sizeof x) == 0 || (std::isnan(x) && std::isnan(y));
}

}  // namespace

TEST_CASE("exp is off by at most 0.65 units in the last place, 0.8 below the normal numbers") {
  const ElementaryFn exp = scalar_elementary("exp");
  const double allowed = has_fused_multiply_add() ? 0.65 : 1;
  for (const auto& [from, to] : {std::pair(-1.0, 1.0), {-50.0, 50.0}, {-708.0, 709.7}})
    CHECK(worst_error(exp, std::exp, spread(from, to, 200000)) <= allowed);
  CHECK(worst_error(exp, std::exp, near_zero()) <= allowed);
  CHECK(worst_error(exp, std::exp, spread(-745, -708, 200000)) <= (has_fused_multiply_add() ? 0.8 : 1));
}

TEST_CASE("expm1 is off by at most 1.1 units in the last place") {
  const ElementaryFn expm1 = scalar_elementary("expm1");
  for (const auto& [from, to] : {std::pair(-0.4, 0.4), {-2.0, 2.0}, {-45.0, 45.0}, {-800.0, 709.7}})
    CHECK(worst_error(expm1, std::expm1, spread(from, to, 200000)) <= 1.1);
  CHECK(worst_error(expm1, std::expm1, near_zero()) <= 1.1);
}

TEST_CASE("exponentials are right at the edges of their range") {
  const ElementaryFn exp = scalar_elementary("exp"), expm1 = scalar_elementary("expm1");
  CHECK(exp(0.0) == 1);
  CHECK(exp(infinity) == infinity);
  CHECK(exp(-infinity) == 0);
  CHECK(std::isnan(exp(NAN)));
  CHECK(exp(std::nextafter(most, 0)) < infinity);
  CHECK(exp(std::nextafter(most, 800)) == infinity);
  CHECK(exp(-745.1) == least);
  CHECK(exp(-745.2) == 0);
  CHECK(expm1(infinity) == infinity);
  CHECK(expm1(1e300) == infinity);
  CHECK(expm1(-infinity) == -1);
  CHECK(expm1(-1e300) == -1);
  CHECK(std::isnan(expm1(NAN)));
  for (const double x : {0.0, -0.0, least, -least, 1e-310, 1e-100, -1e-17}) CHECK(same(expm1(x), x));
}

TEST_CASE("exprel is expm1 divided by its argument, 1 at zero and infinite beyond its range") {
  const ElementaryFn expm1 = scalar_elementary("expm1");
  std::vector<double> x = spread(-720, 720, 4000);
  for (const double edge : {1e-16, 0x1p-54, 709.78, 710.0, 717.0, 0x1p-1022, 0.0})
    for (const double value : {edge, std::nextafter(edge, 0), std::nextafter(edge, 1e9)})
      x.push_back(value), x.push_back(-value);
  for (const double value : {1e300, -1e300, infinity, -infinity, double(NAN)}) x.push_back(value);
  x.insert(x.end(), edges.begin(), edges.end());
  for (const int lanes : {1, 2, 4, 8}) {
    CAPTURE(lanes);
    const auto y = map_over(*llvm_backend_of(lanes), "exprel(x)", x);
    std::size_t different = 0;
    for (std::size_t k = 0; k < x.size(); ++k) {
      const double quotient = x[k] > 717 ? infinity : expm1(x[k]) / x[k];
      different += !same(y[k], std::fabs(x[k]) < 1e-16 ? 1 : quotient);
    }
    CHECK(different == 0);
  }
}

TEST_CASE("exponentials have the same bits at every width and beside each other") {
  const ElementaryFn exp = scalar_elementary("exp"), expm1 = scalar_elementary("expm1");
  std::vector<double> x = spread(-720, 715, 4000);
  for (const double value : spread(-3, 3, 4000)) x.push_back(value);
  x.insert(x.end(), edges.begin(), edges.end());
  for (const int lanes : {1, 2, 4, 8}) {
    CAPTURE(lanes);
    const auto backend = llvm_backend_of(lanes);
    const auto e = map_over(*backend, "exp(x)", x), m = map_over(*backend, "expm1(x)", x);
    const auto both = map_over(*backend, "exp(x)*expm1(x)", x);
    std::size_t different = 0;
    for (std::size_t k = 0; k < x.size(); ++k)
      different += !same(e[k], exp(x[k])) + !same(m[k], expm1(x[k])) + !same(both[k], e[k] * m[k]);
    CHECK(different == 0);
  }
}
