// Binomial and Poisson numbers: what they are, how they are distributed, and that every back end draws them.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include <ranvier/compiler/random_counts.hpp>

#include "tests/compiler/kernel_bench.hpp"

using namespace ranvier;
using namespace ranvier::test;

namespace {

constexpr RandomKey key{17, 4};

double draw(const CountLaw& law, std::uint32_t element, std::uint32_t number, std::uint64_t step) {
  return static_cast<double>(law.is_poisson ? poisson(law.n, key, element, number, step)
                                            : binomial(law.n, law.p, key, element, number, step));
}

/// By logarithms of factorials.
double probability(const CountLaw& law, double k) {
  if (law.is_poisson) return std::exp(k * std::log(law.n) - law.n - std::lgamma(k + 1));
  if (k > law.n) return 0;
  const double choices = std::lgamma(law.n + 1) - std::lgamma(k + 1) - std::lgamma(law.n - k + 1);
  return std::exp(choices + k * std::log(law.p) + (law.n - k) * std::log1p(-law.p));
}

/// The word that decides: four elements share a call of Philox.
std::uint32_t word(std::uint32_t element, std::uint32_t number, std::uint64_t step) {
  return random_words(key, element / 32 * 8 + element % 8, number, step).word[element % 32 / 8];
}

/// How far the number of samples of each value is from what is expected: chi-square, and its degrees of
/// freedom. Values of fewer than ten expected samples are taken together.
struct Fit {
  double chi_square = 0, freedom = -1;
};
Fit fit(const CountLaw& law, const std::vector<double>& samples) {
  std::vector<double> observed(1000);
  for (const double sample : samples) ++observed.at(static_cast<std::size_t>(sample));
  Fit fit;
  double expected = 0, seen = 0;
  const auto close = [&] {
    if (expected == 0) return;
    fit.chi_square += (seen - expected) * (seen - expected) / expected, ++fit.freedom;
    expected = seen = 0;
  };
  const double count = static_cast<double>(samples.size());
  double left = count;
  for (std::size_t k = 0; k < observed.size(); ++k) {
    const double here = count * probability(law, static_cast<double>(k));
    expected += here, seen += observed[k], left -= here;
    if (expected >= 10 && left >= 10) close();
  }
  close();
  return fit;
}

}  // namespace

TEST_CASE("counts are inversions of a word that four elements share a call for") {
  for (const CountLaw& law : {CountLaw{false, 1600, 8e-4}, CountLaw{false, 1, 0.5}, CountLaw{false, 12, 0.3},
                              CountLaw{false, 1000, 9.9e-3}, CountLaw{true, 0.02}, CountLaw{true, 9.9}}) {
    CAPTURE(law.n);
    int doubtful = 0;
    for (std::uint32_t element = 0; element < 3000; ++element) {
      const double u = word(element, 300, 11) * 0x1p-32;
      double above = 1 - probability(law, 0), expected = 0;
      for (; u < above - 1e-9; ++expected) above -= probability(law, expected + 1);
      if (std::fabs(u - above) < 2e-9)
        ++doubtful;
      else
        CHECK(draw(law, element, 300, 11) == expected);
    }
    CHECK(doubtful < 3);
  }
}

TEST_CASE("where a word cannot decide a count, a further one does") {
  int both[2] = {};
  for (std::uint32_t element = 0; element < 2000; ++element) {
    if (word(element, 7, 3) >= 1u << 31) continue;  // p is at most 1/2
    const double further = random_words(key, element, 0x80000007u, 3).word[0] * 0x1p-32;
    for (const double part : {0.25, 0.5, 0.75}) {
      if (std::fabs(further - part) < 1e-3) continue;  // there the last bits of p decide
      const double p = (word(element, 7, 3) + part) * 0x1p-32;
      const double number = draw({false, 1, p}, element, 7, 3);
      CHECK(number == (further < part ? 1 : 0));
      ++both[number == 1];
    }
  }
  CHECK(std::min(both[0], both[1]) > 1000);
}

TEST_CASE("counts have their distribution, over elements and steps: chi-square within 5 sigma") {
  constexpr std::uint32_t elements = 1000, steps = 200;
  for (const CountLaw& law :
       {CountLaw{false, 1, 0.3}, CountLaw{false, 1, 0.5}, CountLaw{false, 5, 0.7},
        CountLaw{false, 1600, 8e-4}, CountLaw{false, 2900, 8e-4}, CountLaw{false, 100, 0.0999},
        CountLaw{false, 100, 0.1001}, CountLaw{false, 60, 0.85}, CountLaw{false, 1000, 1e-6},
        CountLaw{true, 1e-3}, CountLaw{true, 0.7}, CountLaw{true, 9.999}, CountLaw{true, 10.0}}) {
    CAPTURE(law.n);
    CAPTURE(law.p);
    std::vector<double> samples(elements * steps);
    for (std::uint32_t step = 0; step < steps; ++step)
      draw_counts(law, key, 0, 2, step, std::span(samples).subspan(step * elements, elements));
    const Fit found = fit(law, samples);
    CHECK(found.freedom >= 1);
    CHECK(found.chi_square < found.freedom + 5 * std::sqrt(2 * found.freedom));
  }
}

TEST_CASE("counts of neighbours that share a call are independent, within 5 sigma") {
  constexpr std::size_t blocks = 3000;
  const CountLaw law{true, 2};
  std::vector<double> numbers(32 * blocks);
  draw_counts(law, key, 0, 1, 5, numbers);
  for (const std::size_t apart : {1u, 8u, 16u, 24u}) {
    double sum = 0, pairs = 0;
    for (std::size_t k = 0; k + apart < numbers.size(); ++k)
      if (k % 32 + apart < 32) sum += (numbers[k] - 2) * (numbers[k + apart] - 2), ++pairs;
    CHECK(std::fabs(sum / pairs) < 5 * 2 / std::sqrt(pairs));
  }
}

TEST_CASE("a table has the chances of rare events, to the last of 31 bits") {
  CountTable table;
  for (const double mean : {1e-6, 1e-4}) {
    count_table({false, 1000, mean / 1000}, table);
    CHECK(table.usable == 1);
    const double one = -std::expm1(1000 * std::log1p(-mean / 1000));
    CHECK(table.above[0] == static_cast<std::int32_t>(one * 0x1p31));
    CHECK(table.above[1] == static_cast<std::int32_t>(mean * mean / 2 * 0.999 * 0x1p31));
  }
  count_table({true, 1e-300}, table);
  CHECK(table.above[0] == 0);
  count_table({false, 3, 0.5}, table);
  for (const std::size_t k : {0u, 1u, 2u, 3u})  // 7/8, 4/8, 1/8 and 0
    CHECK(std::fabs(table.above[k] - std::vector<double>{7, 4, 1, 0}[k] * 0x1p28) <= 1);
  count_table({true, 10}, table);
  CHECK(table.usable == 0);
}
