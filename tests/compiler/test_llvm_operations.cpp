#include <doctest/doctest.h>

#include <cmath>

#include <ranvier/compiler/random_counts.hpp>

#include "tests/compiler/kernel_bench.hpp"

using namespace ranvier;
using namespace ranvier::test;

namespace {

/// A kernel must give the same bits at every width.
void check_widths(const Bench& bench) {
  const Outcome scalar = bench.run(*llvm_backend_of(1));
  for (const int lanes : {2, 4, 8}) {
    CAPTURE(lanes);
    const Outcome wide = bench.run(*llvm_backend_of(lanes));
    for (const auto& [name, values] : scalar.columns) {
      CAPTURE(name);
      CHECK(same_numbers(values, wide.columns.at(name)));
    }
    CHECK(scalar.list == wide.list);
  }
}

/// Every pair of edge numbers.
void add_pairs(Bench& bench) {
  std::vector<double> x, y;
  for (const double a : edge_numbers())
    for (const double b : edge_numbers()) x.push_back(a), y.push_back(b);
  bench.column("x", x).column("y", y).column("z", std::vector<double>(x.size()));
}

std::vector<double> spread(std::size_t n) {
  std::vector<double> values;
  for (std::size_t k = 0; k < n; ++k)
    values.push_back(std::sin(static_cast<double>(k) * 1.7) * std::exp2(k % 23 - 10.0));
  return values;
}

}  // namespace

TEST_CASE("every function gives the same bits at every width") {
  const char* texts[] = {"sin(x)",  "cos(x)",           "tan(x)",           "sinh(x)",   "cosh(x)",
                         "tanh(x)", "arcsin(x)",        "arccos(x)",        "arctan(x)", "exp(x)",
                         "log(x)",  "log10(x)",         "expm1(x)",         "log1p(x)",  "exprel(x)",
                         "sqrt(x)", "abs(x)",           "floor(x)",         "ceil(x)",   "sign(x)",
                         "int(x)",  "clip(x, -0.5, 3)", "timestep(x, 0.1)", "x**2",      "x**3",
                         "x**-2",   "x**0.5",           "x**2.5",           "-x",        "+x"};
  std::vector<double> x = edge_numbers();
  for (const double value : spread(512)) x.push_back(value);
  for (const char* text : texts) {
    CAPTURE(text);
    check_widths(Bench().column("x", x).column("y", std::vector<double>(x.size())).store("y", text));
  }
}

TEST_CASE("every operator gives the same bits at every width") {
  const char* texts[] = {"x + y",
                         "x - y",
                         "x * y",
                         "x / y",
                         "x // y",
                         "x % y",
                         "x ** y",
                         "x < y",
                         "x <= y",
                         "x > y",
                         "x >= y",
                         "x == y",
                         "x != y",
                         "x > 0 and y > 0",
                         "x > 0 or y > 0",
                         "not x > y",
                         "clip(x, y, 1)",
                         "int(x) // 7",
                         "int(x) % 7 - int(y) * 3"};
  for (const char* text : texts) {
    CAPTURE(text);
    Bench bench;
    add_pairs(bench);
    check_widths(bench.store("z", text));
  }
}

TEST_CASE("quotients by a number that all elements share are those of the processor") {
  std::vector<double> x = edge_numbers();
  for (std::uint32_t k = 0; k < 20'000; ++k) {
    const RandomWords words = random_words({1, 2}, k, 0, 0);
    // Significands at random and near powers of two, where reciprocals round worst.
    const double near = 2 - std::ldexp(static_cast<double>(words.word[0] % 64), -52);
    x.push_back(k % 2 == 0 ? 1 + uniform(words) : near);
  }
  std::vector<double> divisors = {3e-10,   2.5e-3,  -7.3,  1.9999999999999998, 1.0000000000000002,
                                  0x1p399, 0x1p401, 1e-130};
  for (const double edge : edge_numbers()) divisors.push_back(edge);
  const Bench shape = Bench().column("x", x).column("y", x).scalar("d", 1).store("y", "x/d");
  const auto executable = shape.build(*llvm_backend_of(8));
  for (const double divisor : divisors) {
    CAPTURE(divisor);
    const Bench bench = Bench().column("x", x).column("y", x).scalar("d", divisor).store("y", "x/d");
    const auto size = static_cast<std::int64_t>(x.size());
    const std::vector<double> quotients = bench.run(*executable, 0, size).columns.at("y");
    std::size_t wrong = 0;
    for (std::size_t k = 0; k < x.size(); ++k) wrong += same_number(quotients[k], x[k] / divisor) ? 0 : 1;
    CHECK(wrong == 0);
  }
}

TEST_CASE("zeros of both signs are divided like other numbers, by literals and by names") {
  const std::vector<double> x = {0.0, -0.0, 0.3, -0.0, -7.0, 0.0, 0.0, -0.0, -0.0, 5e9, 1e-12, 0.0};
  for (const double divisor : {5e-3, -5e-3, 0.7, -2.0}) {
    CAPTURE(divisor);
    for (const int lanes : {4, 8}) {
      Bench bench;
      bench.column("x", x).column("y", x).column("z", x).scalar("d", divisor);
      bench.store("x", "-x/d").store("y", "y/d").store("z", "-z/0.005");
      const Outcome outcome = bench.run(*llvm_backend_of(lanes));
      for (std::size_t k = 0; k < x.size(); ++k) {
        CHECK(same_number(outcome.columns.at("x")[k], -x[k] / divisor));
        CHECK(same_number(outcome.columns.at("y")[k], x[k] / divisor));
        CHECK(same_number(outcome.columns.at("z")[k], -x[k] / 0.005));
      }
    }
  }
}

TEST_CASE("quotients that are formed together do not disturb each other") {
  std::vector<double> x, y;
  for (const double a : edge_numbers())
    for (const double b : edge_numbers()) x.push_back(a), y.push_back(b);
  for (const double divisor : {3e-3, -0.0, 0x1p-1050}) {
    CAPTURE(divisor);
    Bench bench;
    bench.column("x", x).column("y", y).column("z", x).scalar("d", 0.7).scalar("e", divisor);
    bench.local("p", Type::real, "x/d").local("q", Type::real, "y/e");
    bench.store("z", "(x/e + y)/d").store("x", "p").store("y", "q");
    const Outcome outcome = bench.run(*llvm_backend_of(8));
    std::size_t wrong = 0;
    for (std::size_t k = 0; k < x.size(); ++k) {
      wrong += same_number(outcome.columns.at("x")[k], x[k] / 0.7) ? 0 : 1;
      wrong += same_number(outcome.columns.at("y")[k], y[k] / divisor) ? 0 : 1;
      wrong += same_number(outcome.columns.at("z")[k], (x[k] / divisor + y[k]) / 0.7) ? 0 : 1;
    }
    CHECK(wrong == 0);
  }
}

TEST_CASE("the rest of a condition is computed only where its beginning holds") {
  for (const int lanes : {1, 8}) {
    CAPTURE(lanes);
    Bench bench;
    bench.column("x", counted(40)).column("y", std::vector<double>(40, 4.0));
    bench.where("x > 10 and x < 20 and sqrt(y)*x > 30").event_store("y", "sqrt(y)");
    const Outcome outcome = bench.run(*llvm_backend_of(lanes));
    CHECK(outcome.list == std::vector<std::int32_t>{16, 17, 18, 19});
    CHECK(outcome.columns.at("y")[15] == 4);
    CHECK(outcome.columns.at("y")[16] == 2);
  }
}

TEST_CASE("random numbers are the same at every width, and those of random.hpp") {
  Bench bench;
  bench.column("u", std::vector<double>(77))
      .column("n", std::vector<double>(77))
      .column("p", std::vector<double>(77));
  bench.random(0xdeadbeef, 0xffffffff, 0x1p40 + 3);
  bench.store("u", "_rand(0)").store("n", "_randn(1)").store("p", "_poisson(_element/3.0, 2)");
  check_widths(bench);
  const Outcome outcome = bench.run(*llvm_backend_of(8));
  const RandomKey key{0xdeadbeef, 0xffffffff};
  for (std::uint32_t k = 0; k < 77; ++k) {
    CHECK(outcome.columns.at("u")[k] == uniform(random_words(key, k, 0, (std::uint64_t{1} << 40) + 3)));
    CHECK(outcome.columns.at("n")[k] == normal(random_words(key, k, 1, (std::uint64_t{1} << 40) + 3)));
    const auto counted = poisson(k / 3.0, key, k, 2, (std::uint64_t{1} << 40) + 3);
    CHECK(outcome.columns.at("p")[k] == static_cast<double>(counted));
  }
}

TEST_CASE("columns of every storage and guards work at every width") {
  std::vector<double> numbers, bits;
  for (int k = 0; k < 45; ++k) numbers.push_back(k * 37 % 91 - 45), bits.push_back(k % 3 == 0);
  Bench bench;
  bench.column("v", numbers).column("i", numbers, Storage::i32).column("l", numbers, Storage::i64);
  bench.column("b", bits, Storage::u8).scalar("a", 1.25).scalar("k", 3, ScalarKind::constant, Type::integer);
  bench.column("g", {10}, Storage::f64, Index::shared);
  bench.local("s", Type::real, "v*a + g")
      .local("s", Type::real, "s/2 - i", "b")
      .local("q", Type::integer, "l % k", "v > 0");
  bench.store("v", "s + q", "not b or i > 10").store("i", "i*1000000*l + k").store("l", "l // (i % 3)");
  bench.store("b", "b != (v > 3)", "i > -20").where("v > 20 or b").event_store("v", "v - 0.5", "l < 0");
  bench.event_store("i", "i + 1").event_store("b", "v > a");
  check_widths(bench);
}

TEST_CASE("integer arithmetic wraps and never traps") {
  Bench bench;
  bench.column("x", {7, -7, 7, -7, 0, 5, -9223372036854775808.0, -9223372036854775808.0}, Storage::i64);
  bench.column("y", {2, 2, -2, -2, 3, 0, -1, 0}, Storage::i64);
  bench.column("d", std::vector<double>(8), Storage::i64).column("m", std::vector<double>(8), Storage::i64);
  bench.store("d", "x // y").store("m", "x % y");
  const Outcome outcome = bench.run(*llvm_backend_of(4));
  CHECK(outcome.columns.at("d") == std::vector<double>{3, -4, -4, 3, 0, 0, -9223372036854775808.0, 0});
  CHECK(outcome.columns.at("m") == std::vector<double>{1, 1, -1, -1, 0, 0, 0, 0});
  check_widths(bench);
}

TEST_CASE("a float becomes an integer by truncation that saturates") {
  const std::vector<double> x = {-1.7, 1.7, -0.2, 1e30, -1e30, std::nan(""), 9007199254740993.0, -INFINITY};
  const std::vector<double> expected = {
      -1, 1, 0, 9223372036854775807.0, -9223372036854775808.0, 0, 9007199254740992.0, -9223372036854775808.0};
  for (const int lanes : {1, 8}) CHECK(map_over(*llvm_backend_of(lanes), "int(x)", x) == expected);
}

TEST_CASE("synapses read their neurons through an elements kernel at every width") {
  Bench bench;
  bench.column("w", spread(19))
      .column("_source", {0, 1, 2, 0, 1, 2, 2, 2, 1, 0, 0, 0, 1, 1, 1, 2, 2, 0, 1}, Storage::i32);
  bench.column("_target", {3, 2, 1, 0, 3, 2, 1, 0, 3, 2, 1, 0, 3, 2, 1, 0, 1, 2, 3}, Storage::i32);
  bench.column("v_post", {1, 2, 4, 8}, Storage::f64, Index::post)
      .column("u_pre", {10, 20, 30}, Storage::i32, Index::pre);
  bench.store("w", "w + v_post * u_pre").where("w > 50");
  check_widths(bench);
  const Outcome outcome = bench.run(*llvm_backend_of(8));
  CHECK(outcome.columns.at("w")[1] == spread(19)[1] + 4 * 20);
}

TEST_CASE("synapses that write to their neurons do so one after another") {
  Bench bench;
  bench.column("w", {1, 2, 3, 4, 5, 6, 7, 8, 9}).column("_target", {0, 0, 1, 0, 1, 1, 0, 0, 0}, Storage::i32);
  bench.column("x_post", {100, 200}, Storage::f64, Index::post).store("x_post", "x_post + w");
  for (const int lanes : {1, 2, 4, 8})
    CHECK(bench.run(*llvm_backend_of(lanes)).columns.at("x_post") == std::vector<double>{131, 214});
}

TEST_CASE("propagators of an element and of a whole group agree with the exponential") {
  Bench bench;
  bench.column("rate", {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}).column("x", std::vector<double>(11, 1));
  bench.column("y", std::vector<double>(11, 1)).scalar("dt", 0.1, ScalarKind::step_length).scalar("k", 3);
  bench.propagator("A", 1, {"-rate"}).propagator("B", 2, {"-k", "0", "1", "-k"});
  bench.store("x", "A_P_0_0*x + A_Q_0_0*rate").store("y", "B_P_1_0 + B_P_0_1");
  check_widths(bench);
  const Outcome outcome = bench.run(*llvm_backend_of(8));
  for (std::size_t k = 0; k < 11; ++k) {
    CHECK(outcome.columns.at("x")[k] == doctest::Approx(1).epsilon(1e-15));  // the fixed point
    CHECK(outcome.columns.at("y")[k] == doctest::Approx(0.1 * std::exp(-0.3)).epsilon(1e-14));
  }
}
