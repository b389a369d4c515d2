#include <doctest/doctest.h>

#include <cmath>
#include <map>
#include <ranvier/runtime/network.hpp>
#include <ranvier/runtime/sampling.hpp>
#include <string>
#include <vector>

using namespace ranvier;
using namespace ranvier::units;

namespace {

using Row = std::vector<std::int32_t>;

/// The targets of each of `sources` neurons out of `targets`.
std::vector<Row> rows(const ConnectOptions& options, std::int64_t sources, std::int64_t targets,
                      std::uint64_t seed = 0) {
  Network net({.seed = seed});
  auto& from = net.neuron_group(sources, {.equations = "a : 1"});
  auto& to = net.neuron_group(targets, {.equations = "b : 1"});
  auto& synapses = net.synapses(from, to, {});
  synapses.connect(options);
  std::vector<Row> all(static_cast<std::size_t>(sources));
  for (const auto& [i, j] : synapses.pairs()) all[static_cast<std::size_t>(i)].push_back(j);
  return all;
}

std::int64_t total(const std::vector<Row>& all) {
  std::int64_t sum = 0;
  for (const Row& row : all) sum += std::ssize(row);
  return sum;
}

/// The sum over the targets of (count - expected)^2 / variance, each kept by every source with probability q.
double spread(const std::vector<Row>& all, std::int64_t targets, double q) {
  std::vector<double> counts(static_cast<std::size_t>(targets));
  for (const Row& row : all)
    for (const std::int32_t j : row) ++counts[static_cast<std::size_t>(j)];
  const double expected = static_cast<double>(all.size()) * q;
  double sum = 0;
  for (const double count : counts) sum += (count - expected) * (count - expected) / (expected * (1 - q));
  return sum;
}

/// A chi-square of n degrees has mean n and variance 2 n; 5 standard deviations.
void check_chi_square(double value, double degrees) {
  CHECK(std::abs(value - degrees) < 5 * std::sqrt(2 * degrees));
}

}  // namespace

TEST_CASE("gotcha 52: a sample with probability p is unbiased, also around 0.25") {
  for (const double p : {0.01, 0.24, 0.25, 0.26, 0.9}) {
    CAPTURE(p);
    const std::string text = "k for k in sample(N_post, p=" + std::to_string(p) + ")";
    const auto all = rows({.j = text}, 2000, 50);
    const double n = 2000 * 50;
    CHECK(std::abs(static_cast<double>(total(all)) - n * p) < 4.5 * std::sqrt(n * p * (1 - p)));
    check_chi_square(spread(all, 50, p), 50);
  }
}

TEST_CASE("gotcha 52: a sample of fixed size is unbiased on both sides of 6 %") {
  for (const std::int64_t size : {1, 3, 4, 25, 49}) {  // of 50: 2 %, 6 %, 8 %, 50 %, 98 %
    CAPTURE(size);
    const auto all = rows({.j = "k for k in sample(N_post, size=" + std::to_string(size) + ")"}, 2000, 50);
    for (const Row& row : all) {
      REQUIRE(std::ssize(row) == size);
      REQUIRE(std::ranges::is_sorted(row));
      REQUIRE(std::ranges::adjacent_find(row) == row.end());
    }
    // The counts add up: one degree of freedom less, and a variance smaller by 49/50.
    check_chi_square(spread(all, 50, static_cast<double>(size) / 50) * 49 / 50, 49);
  }
}

TEST_CASE("every set is equally likely") {
  struct Case {
    std::int64_t count, size;
    double sets;
  };
  for (const Case& c : {Case{5, 2, 10}, Case{6, 3, 20}, Case{40, 2, 780}}) {  // the last one is below 6 %
    CAPTURE(c.count);
    const std::uint32_t trials = 100 * static_cast<std::uint32_t>(c.sets);
    std::map<std::vector<std::int64_t>, double> seen;
    for (std::uint32_t row = 0; row < trials; ++row) {
      Draws draws({random_key(1, "test", "sets"), row});
      ++seen[choose(c.count, c.size, draws)];
    }
    CHECK(static_cast<double>(seen.size()) == c.sets);
    double sum = 0;
    for (const auto& [set, count] : seen) sum += (count - 100) * (count - 100) / 100;
    check_chi_square(sum, c.sets - 1);
  }
}

TEST_CASE("samples of everything, of nothing, and downwards") {
  CHECK(rows({.j = "k for k in sample(N_post, size=N_post)"}, 2, 3) ==
        std::vector<Row>{{0, 1, 2}, {0, 1, 2}});
  CHECK(rows({.j = "k for k in sample(N_post, size=0)"}, 2, 3) == std::vector<Row>{{}, {}});
  CHECK(rows({.j = "k for k in sample(3, 3, size=0)"}, 1, 3) == std::vector<Row>{{}});
  CHECK(rows({.j = "k for k in sample(N_post - 1, -1, -1, size=N_post)"}, 1, 3) ==
        std::vector<Row>{{2, 1, 0}});
  CHECK(rows({.j = "k for k in sample(N_post, p=0)"}, 1, 3) == std::vector<Row>{{}});
  const auto down = rows({.j = "k for k in sample(99, -1, -3, size=10)"}, 50, 100);
  const auto random = rows({.j = "k for k in sample(99, -1, -3, p=0.3)"}, 50, 100);
  for (const auto& all : {down, random})
    for (const Row& row : all) {
      CHECK(std::ranges::is_sorted(row, std::greater<>()));
      for (const std::int32_t j : row) CHECK(j % 3 == 0);
    }
  CHECK(std::ssize(down[0]) == 10);
}

TEST_CASE("gotcha 51: skip_if_invalid cuts off sizes and drops what does not exist") {
  CHECK(rows({.j = "k for k in sample(i, size=2)", .skip_if_invalid = true}, 4, 3) ==
        std::vector<Row>{
            {}, {0}, {0, 1}, rows({.j = "k for k in sample(i, size=2)", .skip_if_invalid = true}, 4, 3)[3]});
  CHECK(rows({.j = "k for k in sample(3, size=i - 1)", .skip_if_invalid = true}, 1, 3) ==
        std::vector<Row>{{}});
  CHECK(rows({.j = "k for k in sample(-5, 2, p=1)", .skip_if_invalid = true}, 1, 3) ==
        std::vector<Row>{{0, 1}});
}

TEST_CASE("connect(p) keeps each pair with probability p") {
  // Binomial counts: the mean over 40 seeds must lie within 4.5 standard errors of N p.
  struct Case {
    ConnectOptions options;
    double p;
  };
  for (const Case& c : {Case{{.p = 0.02}, 0.02}, Case{{.p = 0.3}, 0.3}, Case{{.p = "0.9"}, 0.9},
                        Case{{.condition = "True", .p = "0.3 + 0*j"}, 0.3},
                        Case{{.condition = "rand() < 0.6", .p = 0.5}, 0.3},
                        Case{{.j = "k for k in range(N_post) if rand() < 0.3"}, 0.3}}) {
    double sum = 0;
    for (std::uint64_t seed = 0; seed < 40; ++seed)
      sum += static_cast<double>(total(rows(c.options, 100, 100, seed)));
    CHECK(std::abs(sum / 40 - 1e4 * c.p) < 4.5 * std::sqrt(1e4 * c.p * (1 - c.p) / 40));
  }
}

TEST_CASE("a probability may depend on both neurons") {
  // 60 x 60 pairs, 200 seeds: near pairs with probability 0.8, others 0.1; 4.5 standard errors.
  double near = 0, far = 0;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const auto all = rows({.condition = "i != j", .p = "0.1 + 0.7*int(abs(i - j) <= 1)"}, 60, 60, seed);
    for (std::int32_t i = 0; i < 60; ++i)
      for (const std::int32_t j : all[static_cast<std::size_t>(i)]) ++(std::abs(i - j) <= 1 ? near : far);
  }
  const double n = 200 * 118, m = 200 * (3600 - 60 - 118);
  CHECK(std::abs(near - n * 0.8) < 4.5 * std::sqrt(n * 0.8 * 0.2));
  CHECK(std::abs(far - m * 0.1) < 4.5 * std::sqrt(m * 0.1 * 0.9));
}

TEST_CASE("given pairs are kept with their probability") {
  const std::vector<std::int64_t> all(1000, 0);
  double sum = 0;
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    sum += static_cast<double>(total(rows({.p = 0.3, .i = all, .j = 0}, 1, 1, seed)));
    sum += static_cast<double>(total(rows({.p = "0.3 + 0*i", .i = all, .j = 0}, 1, 1, seed)));
  }
  CHECK(std::abs(sum - 80 * 300) < 4.5 * std::sqrt(80 * 1000 * 0.3 * 0.7));
}

TEST_CASE("the draws of a neuron do not depend on the other neurons") {
  const ConnectOptions forms[] = {{.p = 0.3},
                                  {.condition = "i != j", .p = "0.5 + 0.001*j"},
                                  {.j = "k for k in sample(N_post, size=20)"},
                                  {.j = "int(rand()*N_post) for k in range(20) if rand() < 0.5"},
                                  {.j = "k for k in sample(N_post, size=poisson(5))"}};
  for (const ConnectOptions& options : forms) {
    const auto few = rows(options, 3, 400), many = rows(options, 5000, 400);
    for (std::size_t i = 0; i < 3; ++i) CHECK(few[i] == many[i]);
    CHECK(many[3] != many[4]);
    CHECK(many[0] != many[4999]);
  }
}

TEST_CASE("100 000 x 100 000 neurons with ten targets each") {
  const auto all = rows({.j = "k for k in sample(N_post, size=10)"}, 100000, 100000);
  CHECK(total(all) == 1000000);
  double sum = 0;
  for (const Row& row : all)
    for (const std::int32_t j : row) sum += j;
  CHECK(std::abs(sum / 1e6 - 49999.5) < 4.5 * 1e5 / std::sqrt(12e6));
}
