// Binomial and Poisson numbers in kernels: those of random_counts.hpp at every width and in every back end.
#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include <ranvier/compiler/random_counts.hpp>

#include "tests/compiler/kernel_bench.hpp"

using namespace ranvier;
using namespace ranvier::test;

namespace {

constexpr RandomKey key{0xdeadbeef, 0xffffffff};
constexpr std::uint64_t step = (std::uint64_t{1} << 40) + 3;
constexpr std::int64_t elements = 203;

/// A slice that begins anywhere, and ends before the elements do: what is around it stays zero.
void check_slice(Bench bench, Backend& backend, std::int64_t begin, const std::vector<double>& all) {
  CAPTURE(begin);
  constexpr std::int64_t end = elements - 5;
  std::vector<double> wanted(elements);
  std::copy(all.begin() + begin, all.begin() + end, wanted.begin() + begin);
  CHECK(bench.part().run(backend, begin, end).columns.at("x") == wanted);
}

/// A kernel with the arguments as scalars n and p, over elements that need not begin a block.
void check(const std::string& text, double n, double p, auto expected) {
  CAPTURE(text);
  CAPTURE(n);
  CAPTURE(p);
  Bench bench;
  bench.column("x", std::vector<double>(elements)).scalar("n", n).scalar("p", p);
  bench.random(key.low, key.high, static_cast<double>(step)).store("x", text);
  for (const int lanes : {0, 1, 2, 4, 8}) {
    CAPTURE(lanes);
    const auto backend = lanes == 0 ? reference() : llvm_backend_of(lanes);
    const Outcome whole = bench.run(*backend), part = bench.run(*backend, 104, elements);
    const auto &all = whole.columns.at("x"), &some = part.columns.at("x");
    std::vector<double> wanted;
    for (std::uint32_t k = 0; k < elements; ++k) wanted.push_back(expected(k));
    CHECK(all == wanted);
    CHECK(std::equal(some.begin() + 104, some.end(), wanted.begin() + 104));
    CHECK(some[103] == 0);
    for (const std::int64_t begin : {1, 7, 31, 45, 64, 103}) check_slice(bench, *backend, begin, wanted);
  }
}

double count(double n, double p, std::uint32_t k, std::uint32_t number) {
  return static_cast<double>(binomial(n, p, key, k, number, step));
}

}  // namespace

TEST_CASE("binomial numbers of one law are the same at every width, for every n and p") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  struct Row {
    double n, p;
  };
  for (const Row& row :
       {Row{1600, 8e-4}, Row{1, 0.3}, Row{1, 0.5}, Row{5, 0.7}, Row{60, 0.9}, Row{1000, 1e-9}, Row{20, 0.49},
        Row{100, 0.0999999}, Row{100, 0.1}, Row{1e6, 0.25}, Row{9e15, 0.75}, Row{10.9, 1}, Row{10, 7},
        Row{10, 0}, Row{10, -1}, Row{0, 0.5}, Row{nan, 0.5}, Row{10, nan}})
    check("_binomial(n, p, 5)", row.n, row.p, [&](std::uint32_t k) { return count(row.n, row.p, k, 5); });
}

TEST_CASE("Poisson numbers of one law are the same at every width, for every mean") {
  for (const double mean : {1e-300, 1e-6, 0.8, 9.99, 10.0, 1e9, 1e18, 1e300, -1.0, 0.0})
    check("_poisson(n, 1234567)", mean, 0,
          [&](std::uint32_t k) { return static_cast<double>(poisson(mean, key, k, 1234567, step)); });
}

TEST_CASE("where a word ties with a table, every width has the number that a further word gives") {
  int found = 0;
  for (const std::uint32_t element : {3u, 40u, 77u, 120u, 201u}) {
    const RandomWords words = random_words(key, element / 32 * 8 + element % 8, 2, step);
    const std::uint32_t word = words.word[element % 32 / 8];
    if (word >= 1u << 31) continue;
    ++found;
    const double p = (word + 0.5) * 0x1p-32;
    const bool below = random_words(key, element, 0x80000002u, step).word[0] < 1u << 31;
    CHECK(count(1, p, element, 2) == (below ? 1 : 0));
    check("_binomial(n, p, 2)", 1, p, [&](std::uint32_t k) { return count(1, p, k, 2); });
  }
  CHECK(found > 0);
}

TEST_CASE("arguments that differ between elements give the same numbers as equal ones") {
  check("_binomial(n + 0*_element, p, 9)", 1600, 8e-4,
        [](std::uint32_t k) { return count(1600, 8e-4, k, 9); });
  check("_binomial(n + _element, p*_element/10, 9)", 20, 0.1,
        [](std::uint32_t k) { return count(20.0 + k, 0.1 * k / 10, k, 9); });
}

TEST_CASE("counts are integers, in expressions too") {
  check("_binomial(n, p, 0) // 2 + _binomial(n, p, 1)/2", 40, 0.2,
        [](std::uint32_t k) { return std::floor(count(40, 0.2, k, 0) / 2) + count(40, 0.2, k, 1) / 2; });
  check("int(_binomial(n, p, 0) > 3) + (_binomial(n, p, 0) % 3)*10", 9e15, 0.25, [](std::uint32_t k) {
    const double number = count(9e15, 0.25, k, 0);
    return (number > 3 ? 1 : 0) + std::fmod(number, 3) * 10;
  });
}

TEST_CASE("more laws than tables, and more draws than 256, are right") {
  std::string text = "0";
  for (int k = 0; k < 24; ++k)
    text += " + _binomial(n, p*" + std::to_string(k) + "/10.0, " + std::to_string(300 * k) + ")";
  check(text, 30, 0.2, [](std::uint32_t k) {
    double sum = 0;
    for (std::uint32_t j = 0; j < 24; ++j) sum += count(30, 0.2 * j / 10.0, k, 300 * j);
    return sum;
  });
}

TEST_CASE("counts in conditions and what happens where they hold are the same at every width") {
  Bench bench;
  bench.column("x", counted(150)).column("y", std::vector<double>(150)).scalar("p", 0.3);
  bench.random().store("y", "_binomial(4, p, 0)").where("x > 20 and _binomial(4, p, 1) > 1");
  bench.event_store("x", "x + _poisson(3*p, 2)");
  const Outcome expected = bench.run(*reference());
  CHECK(expected.list.size() > 20);
  for (const int lanes : {1, 2, 4, 8}) {
    const Outcome outcome = bench.run(*llvm_backend_of(lanes));
    CHECK(outcome.columns == expected.columns);
    CHECK(outcome.list == expected.list);
  }
}
