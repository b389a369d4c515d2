#include <doctest/doctest.h>

#include <cmath>

#include <ranvier/grammar/diagnostics.hpp>

#include "tests/compiler/kernel_bench.hpp"

using namespace ranvier;
using namespace ranvier::test;

namespace {

struct Row {
  const char* text;
  double expected;
};

// Appendix A10 of the definition, and the cases its sections on types and functions name.
const Row rows[] = {
    {"-2**2", -4},
    {"2**3**2", 512},
    {"7//2*1.0", 3},
    {"-7//2", -4},
    {"7 % -3", -2},
    {"-7 % 3", 2},
    {"-5.5 % 2", 0.5},
    {"int(-1.7)", -1},
    {"exprel(0)", 1},
    {"exprel(800)", INFINITY},
    {"timestep(0.3e-3, 0.1e-3)", 3},
    {"timestep(0.0999e-3, 0.1e-3)", 1},
    {"timestep(0.09989e-3, 0.1e-3)", 0},
    {"timestep(-0.05e-3, 0.1e-3)", 0},
    {"clip(2,3,1)", 1},
    {"clip(1.5, 0, 1)", 1},
    {"clip(1, 0.0, 1.5)", 1},
    {"floor(-1.5)", -2},
    {"5//2.0", 2},
    {"2**-1", 0.5},
    {"7/2", 3.5},
    {"1 // 0.1", 9},
    {"6 % -2.0", -0.0},
    {"5 // 0", 0},
    {"5 % 0", 0},
    {"1 // 0.0", INFINITY},
    {"-1 // -3.0", 0},  // Python's: a zero has the sign of the quotient
    {"1 // -1e300 + 1", 0},
    {"-0.0 // 3", -0.0},
    {"0.0 // -3", -0.0},
    {"-8**5**2 < -1e22", 1},  // 5**2 is no literal: the power is a float
    {"True + True", 2},
    {"int(True)", 1},
    {"2*(3 > 2)", 2},
    {"not 0.0 == 1", 1},
    {"True or False and False", 1},
    {"10 - 4 - 3", 3},
    {"2**-2", 0.25},
    {"abs(-3)", 3},
    {"sign(-2.5)", -1},
    {"sign(0)", 0},
    {"cosh(710.4)", 0x1.da98a7371610bp+1023},
};

}  // namespace

TEST_CASE("both back ends give the numbers of the definition") {
  const auto interpreter = reference();
  const auto compiled = llvm_backend_of(0);
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const double tolerance = row.expected > 1e300 && std::isfinite(row.expected) ? 2 : 0;
    CHECK(ulps_between(map_over(*interpreter, row.text, {1}).front(), row.expected) <= tolerance);
    CHECK(ulps_between(map_over(*compiled, row.text, {1}).front(), row.expected) <= tolerance);
    CHECK(ulps_between(evaluate(expression(row.text), {}), row.expected) <= tolerance);
  }
}

TEST_CASE("an expression is evaluated with the names it is given") {
  CHECK(evaluate(expression("tau/dt*2"), {{"tau", 0.02}, {"dt", 0.001}}) == 0.02 / 0.001 * 2);
  CHECK(evaluate(expression("cos(pi)"), {}) == -1);
  CHECK(evaluate(expression("pi"), {{"pi", 3}}) == 3);
  CHECK_THROWS_AS(evaluate(expression("a + b"), {{"a", 1}}), BackendError);
  CHECK_THROWS_AS(evaluate(expression("rand()"), {}), BackendError);
  CHECK_THROWS_AS(evaluate(expression("exp(1, 2)"), {}), BackendError);
}

TEST_CASE("the interpreter keeps the order of additions") {
  CHECK(std::signbit(map_over(*reference(), "x + x", {-0.0}).front()));
  const std::vector<double> x = {0.1, 0.7, 1e16, -3.3};
  const std::vector<double> sums = map_over(*reference(), "x + 0.1 + 0.2 + x*3 + x", x);
  for (std::size_t k = 0; k < x.size(); ++k) CHECK(sums[k] == x[k] + 0.1 + 0.2 + x[k] * 3 + x[k]);
}

TEST_CASE("expressions beyond the parser's longest text are evaluated whole") {
  std::string text = "x";
  for (int k = 1; k <= 900; ++k) text += " + " + std::to_string(k) + "000000000000.0*(x - 0.5)";
  const double term = 0.25 * 1e12 * 900 * 901 / 2;
  CHECK(map_over(*reference(), text, {0.75}).front() == doctest::Approx(term).epsilon(1e-12));
  CHECK(map_over(*llvm_backend_of(0), text, {0.75}) == map_over(*reference(), text, {0.75}));
}

TEST_CASE("an unknown back end or width is refused with the choices") {
  CHECK_THROWS_WITH_AS(make_backend({.name = "cuda"}),
                       "there is no back end 'cuda'; there are: llvm, reference", NetworkError);
  CHECK_THROWS_AS(make_backend({.name = "llvm", .lanes = 3}), NetworkError);
  CHECK(make_backend({})->name() == "llvm");
  CHECK(make_backend({.name = "reference"})->name() == "reference");
}
