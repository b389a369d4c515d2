#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include <doctest/doctest.h>

#include "tests/compiler/stepper.hpp"
#include "tests/support/models.hpp"

using namespace ranvier;
using models::compile;
using test::Stepper;

namespace {

using Real = long double;
using Matrix = std::vector<std::vector<Real>>;

Matrix zero(std::size_t n) {
  return Matrix(n, std::vector<Real>(n, 0));
}
Matrix identity(std::size_t n) {
  Matrix one = zero(n);
  for (std::size_t k = 0; k < n; ++k) one[k][k] = 1;
  return one;
}
Matrix product(const Matrix& a, const Matrix& b) {
  Matrix c = zero(a.size());
  for (std::size_t i = 0; i < a.size(); ++i)
    for (std::size_t k = 0; k < a.size(); ++k)
      for (std::size_t j = 0; j < a.size(); ++j) c[i][j] += a[i][k] * b[k][j];
  return c;
}

/// exp(a) by its series for a/2^s, and s squarings, with 64 bits of mantissa.
Matrix exponential(Matrix a) {
  Real norm = 0;
  for (const auto& row : a)
    for (const Real x : row) norm = std::max(norm, std::fabs(x));
  const int squarings = std::max(0, std::ilogb(norm * static_cast<Real>(a.size())) + 4);
  for (auto& row : a)
    for (Real& x : row) x = std::ldexp(x, -squarings);
  Matrix sum = identity(a.size()), term = sum;
  for (int k = 1; k < 30; ++k) {
    term = product(term, a);
    for (std::size_t i = 0; i < a.size(); ++i)
      for (std::size_t j = 0; j < a.size(); ++j) sum[i][j] += term[i][j] /= k;
  }
  for (int k = 0; k < squarings; ++k) sum = product(sum, sum);
  return sum;
}

std::string name(const char* letter, std::size_t i) {
  return letter + std::to_string(i);
}
std::string name(const char* letter, std::size_t i, std::size_t j) {
  return letter + std::to_string(i) + "_" + std::to_string(j);
}

/// n linear equations whose coefficients are values of the neuron.
std::string general_system(std::size_t n) {
  std::string text;
  for (std::size_t i = 0; i < n; ++i) {
    text += "d" + name("x", i) + "/dt = " + name("b", i);
    for (std::size_t j = 0; j < n; ++j) text += " + " + name("m", i, j) + "*" + name("x", j);
    text += " : 1\n" + name("b", i) + " : Hz\n";
    for (std::size_t j = 0; j < n; ++j) text += name("m", i, j) + " : Hz\n";
  }
  return text;
}

enum Kind { dense, singular, oscillating, equal_rates, zero_matrix, kinds };

/// A stable matrix: no solution grows (but by its drift, or as a polynomial).
Matrix stable_matrix(Kind kind, std::size_t n, std::mt19937& random) {
  std::uniform_real_distribution<double> entry(-1, 1);
  Matrix m = zero(n), a = zero(n);
  for (auto& row : a)
    for (Real& x : row) x = entry(random);
  const double rate = std::pow(10, 1.5 * entry(random));
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) {
      if (kind == dense || kind == singular)  // -a^T a - and a skew part
        for (std::size_t k = 0; k < n; ++k) m[i][j] -= a[k][i] * a[k][j];
      if (kind == dense || kind == oscillating) m[i][j] += a[i][j] - a[j][i];
      if (kind == equal_rates) m[i][j] = i == j ? -1 : i < j ? a[i][j] : 0;
    }
  for (std::size_t k = 0; kind == singular && k < n; ++k) m[0][k] = m[k][0] = 0;
  for (auto& row : m)
    for (Real& x : row) x = static_cast<double>(x * rate);
  return m;
}

/// The largest difference of a step of `dt` from the precise solution, relative to the largest value.
double error_of_step(Stepper& stepper, const Matrix& m, double dt, std::mt19937& random) {
  const std::size_t n = m.size();
  std::normal_distribution<double> value;
  Matrix augmented = zero(n + 1);
  std::vector<Real> start;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      augmented[i][j] = m[i][j] * dt;
      stepper[name("m", i, j)] = static_cast<double>(m[i][j]);
    }
    augmented[i][n] = (stepper[name("b", i)] = value(random)) * static_cast<Real>(dt);
    start.push_back(stepper[name("x", i)] = value(random));
  }
  start.push_back(1);
  stepper.step();
  const Matrix e = exponential(augmented);
  Real largest = 0, error = 0;
  for (std::size_t i = 0; i < n; ++i) {
    Real precise = 0;
    for (std::size_t j = 0; j <= n; ++j) precise += e[i][j] * start[j];
    largest = std::max(largest, std::fabs(precise));
    error = std::max(error, std::fabs(precise - stepper[name("x", i)]));
  }
  return static_cast<double>(error / largest);
}

}  // namespace

TEST_CASE("exact is right to 1e-12 on 500 stable linear systems, degenerate ones among them") {
  std::mt19937 random(20);
  for (std::size_t n = 1; n <= 5; ++n) {
    const GroupKernels kernels = compile({general_system(n), "", "", "", "exact"});
    const double dt = 0.1;
    Stepper stepper(kernels, {}, dt);
    for (int k = 0; k < 100; ++k) {
      const auto kind = static_cast<Kind>(k % kinds);
      CAPTURE(n);
      CAPTURE(kind);
      CAPTURE(k);
      CHECK(error_of_step(stepper, stable_matrix(kind, n, random), dt, random) < 1e-12);
    }
  }
}

TEST_CASE("exact takes equations whose squares cancel") {
  Stepper stepper(compile({"dv/dt = ((v - a)*(v + b) - v*v)/second : 1\na : 1\nb : 1", "", "", "", "exact"}),
                  {}, 0.5);
  stepper["v"] = 2, stepper["a"] = 3, stepper["b"] = 1;
  stepper.step();  // v' = (b - a) v - a b = -2 v - 3
  CHECK(stepper["v"] == doctest::Approx((2 + 1.5) * std::exp(-1.0) - 1.5).epsilon(1e-14));
}

TEST_CASE("exact keeps two propagators for a clamped variable in a coupled system") {
  const GroupKernels kernels =
      compile({"dx/dt = (y - x)/second : 1 (unless refractory)\n"
               "dy/dt = (x - 2*y)/second : 1\ndz/dt = (y - z)/second : 1",
               "x > 10", "", "100*second", "exact"});
  Stepper stepper(kernels, {}, 0.25);
  stepper["not_refractory"] = 0, stepper["lastspike"] = 0;
  stepper["x"] = 1, stepper["y"] = 3, stepper["z"] = 2;
  stepper.step();
  CHECK(stepper["x"] == 1);
  // y' = 1 - 2 y, z' = y - z, with x held at 1.
  const double h = 0.25, fast = std::exp(-2 * h), slow = std::exp(-h);
  CHECK(stepper["y"] == doctest::Approx(0.5 + 2.5 * fast).epsilon(1e-13));
  CHECK(stepper["z"] == doctest::Approx(0.5 - 2.5 * fast + 4 * slow).epsilon(1e-13));
}
