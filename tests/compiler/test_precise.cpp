#include <doctest/doctest.h>

#include <cmath>

#include "tests/compiler/kernel_bench.hpp"

using namespace ranvier;
using namespace ranvier::test;

namespace {

struct Row {
  const char* text;
  double (*library)(double);
};

const Row rows[] = {{"exp(x)", std::exp},
                    {"expm1(x)", std::expm1},
                    {"log(x)", std::log},
                    {"log10(x)", std::log10},
                    {"log1p(x)", std::log1p},
                    {"sin(x)", std::sin},
                    {"cos(x)", std::cos},
                    {"tan(x)", std::tan},
                    {"arcsin(x)", std::asin},
                    {"arccos(x)", std::acos},
                    {"arctan(x)", std::atan},
                    {"sinh(x)", std::sinh},
                    {"cosh(x)", std::cosh},
                    {"tanh(x)", std::tanh},
                    {"x**2.5", [](double x) { return std::pow(x, 2.5); }},
                    {"1.1**x", [](double x) { return std::pow(1.1, x); }},
                    {"x**7", [](double x) { return std::pow(x, 7.0); }}};

std::vector<double> many_numbers() {
  std::vector<double> x = edge_numbers();
  for (int k = 0; k < 500; ++k) {
    x.push_back(std::sin(k * 1.7) * std::exp2(k % 41 - 30.0));
    x.push_back(700 * std::cos(k * 0.77));
  }
  return x;
}

std::unique_ptr<Backend> precise(int lanes) {
  return make_backend({.name = "llvm", .lanes = lanes, .precise = true});
}

}  // namespace

TEST_CASE("precise functions have the bits of the C library at every width") {
  const std::vector<double> x = many_numbers();
  for (const Row& row : rows) {
    CAPTURE(row.text);
    std::vector<double> expected;
    for (const double value : x) expected.push_back(row.library(value));
    for (const int lanes : {1, 2, 4, 8}) {
      CAPTURE(lanes);
      CHECK(same_numbers(map_over(*precise(lanes), row.text, x), expected));
    }
  }
}

TEST_CASE("precise expressions have the bits of the reference back end") {
  const std::vector<double> x = many_numbers();
  for (const char* text : {"exprel(x)", "exp(-x/3)*sin(x) + x**y", "log(x*x + 1)//cosh(x) % 3",
                           "x**-2 + 2**x", "clip(tan(x), -1, expm1(x))", "exp(2)*x + sinh(0.5)"}) {
    CAPTURE(text);
    for (const int lanes : {1, 2, 4, 8})
      CHECK(same_numbers(map_over(*precise(lanes), text, x), map_over(*reference(), text, x)));
  }
}

TEST_CASE("precise code is not mistaken for the code of the same kernel that is not") {
  Bench bench;
  bench.column("x", {0.1}).column("y", {0}).store("y", "exp(x)");
  const auto usual = bench.build(*llvm_backend_of(2)), exact = bench.build(*precise(2));
  CHECK(usual != exact);
  CHECK(bench.build(*precise(2)) == exact);
  CHECK(precise(2)->inspect(bench.kernel(), "ir").find("Sleef") == std::string::npos);
  CHECK(llvm_backend_of(2)->inspect(bench.kernel(), "ir").find("library") == std::string::npos);
}
