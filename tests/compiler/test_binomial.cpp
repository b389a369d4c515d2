#include <cmath>
#include <limits>
#include <vector>

#include <doctest/doctest.h>

#include <ranvier/compiler/random_counts.hpp>

#include "tests/support/models.hpp"

using namespace ranvier;
using namespace ranvier::units;

namespace {

constexpr RandomKey key{17, 4};

double draw(double n, double p, std::uint32_t k) {
  return static_cast<double>(binomial(n, p, key, k, 3, 11));
}

double probability(int k, int n, double p) {
  const double choices = std::lgamma(n + 1.0) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1.0);
  return std::exp(choices + k * std::log(p) + (n - k) * std::log1p(-p));
}

}  // namespace

TEST_CASE("binomial numbers have their mean and variance, within 5 sigma") {
  struct Row {
    double n, p;
  };
  constexpr std::uint32_t samples = 1'000'000;
  // 5, 0.7: where the reference's compiled code has a mean of 4.16 instead of 3.5.
  for (const Row& row :
       {Row{1, 0.5}, Row{5, 0.7}, Row{20, 0.3}, Row{100, 0.01}, Row{1000, 0.5}, Row{50, 0.9}, Row{1e6, 1e-5},
        Row{1e6, 0.999}, Row{1e12, 0.25}, Row{1e15, 2e-14}, Row{9e15, 0.5}}) {
    CAPTURE(row.n);
    CAPTURE(row.p);
    const double mean = row.n * row.p, variance = mean * (1 - row.p);
    double sum = 0, squares = 0;
    for (std::uint32_t k = 0; k < samples; ++k) {
      const double away = draw(row.n, row.p, k) - mean;
      sum += away, squares += away * away;
    }
    const double fourth = 3 * variance * variance + variance * (1 - 6 * row.p * (1 - row.p));
    CHECK(std::fabs(sum / samples) < 5 * std::sqrt(variance / samples));
    CHECK(std::fabs(squares / samples - variance) <
          5 * std::sqrt((fourth - variance * variance) / samples) + 1e-12 * variance);
  }
}

TEST_CASE("binomial numbers have the binomial distribution, within 5 sigma") {
  constexpr std::uint32_t samples = 1'000'000;
  struct Row {
    int n;
    double p;
  };
  for (const Row& row : {Row{5, 0.7}, Row{40, 0.2}, Row{40, 0.4}, Row{60, 0.8}}) {
    std::vector<int> counts(static_cast<std::size_t>(row.n) + 1);
    for (std::uint32_t k = 0; k < samples; ++k) ++counts.at(static_cast<std::size_t>(draw(row.n, row.p, k)));
    for (int k = 0; k <= row.n; ++k) {
      CAPTURE(row.n);
      CAPTURE(k);
      const double expected = samples * probability(k, row.n, row.p);
      CHECK(std::fabs(counts[static_cast<std::size_t>(k)] - expected) <= 5 * std::sqrt(expected) + 1);
    }
  }
}

TEST_CASE("binomial numbers are defined for every n and p") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(draw(0, 0.5, 0) == 0);
  CHECK(draw(-3, 0.5, 0) == 0);
  CHECK(draw(nan, 0.5, 0) == 0);
  CHECK(draw(10, nan, 0) == 0);
  CHECK(draw(10, 0, 0) == 0);
  CHECK(draw(10, -1, 0) == 0);
  CHECK(draw(10, 1, 0) == 10);
  CHECK(draw(10, 7, 0) == 10);
  CHECK(draw(10.9, 1, 0) == 10);
}

TEST_CASE("a BinomialFunction is a function of the namespace") {
  const auto text = [](const BinomialFunction& function) {
    return print(*models::compile({"dv/dt = -v*b()/second : 1"}, {{"b", function}}).update);
  };
  CHECK(text(BinomialFunction(5, 0.7)).find("_binomial(5, 0.7") != std::string::npos);
  CHECK(text(BinomialFunction(100, 0.5)).find("50 + 5*_randn(0)") != std::string::npos);
  CHECK(text(BinomialFunction(100, 0.5, false)).find("_binomial(100, 0.5, 0)") != std::string::npos);
  CHECK(
      models::error_of({"dv/dt = -v*b()/second : 1", "", "", "", "exact"}, {{"b", BinomialFunction(5, 0.7)}})
          .find("draws random numbers") != std::string::npos);
  CHECK_THROWS_AS(BinomialFunction(-1, 0.5), NetworkError);
  CHECK_THROWS_AS(BinomialFunction(5, 1.5), NetworkError);
}
