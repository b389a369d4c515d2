#include <doctest/doctest.h>

#include <cmath>

#include "tests/compiler/kernel_bench.hpp"

using namespace ranvier;
using namespace ranvier::test;

namespace {

struct Limit {
  const char* text;
  double ulps;  // that the results of the two back ends may differ by
};

std::vector<double> many_numbers() {
  std::vector<double> x = edge_numbers();
  for (int k = 0; k < 2000; ++k) {
    x.push_back(std::sin(k * 1.7) * std::exp2(k % 41 - 30.0));
    x.push_back(700 * std::cos(k * 0.77));
  }
  return x;
}

void check_agreement(const Bench& bench, double ulps) {
  const Outcome expected = bench.run(*reference());
  const Outcome found = bench.run(*llvm_backend_of(0));
  for (const auto& [name, values] : expected.columns)
    for (std::size_t k = 0; k < values.size(); ++k) {
      const double distance = ulps_between(values[k], found.columns.at(name)[k]);
      if (distance <= ulps) continue;
      CAPTURE(name);
      CAPTURE(k);
      CAPTURE(values[k]);
      CAPTURE(found.columns.at(name)[k]);
      CHECK(distance <= ulps);
    }
  CHECK(expected.list == found.list);
}

const Limit function_limits[] = {{"sin(x)", 2},
                                 {"cos(x)", 2},
                                 {"tan(x)", 2},
                                 {"sinh(x)", 3},
                                 {"cosh(x)", 3},
                                 {"tanh(x)", 3},
                                 {"arcsin(x)", 2},
                                 {"arccos(x)", 2},
                                 {"arctan(x)", 2},
                                 {"exp(x)", 2},
                                 {"log(x)", 2},
                                 {"log10(x)", 2},
                                 {"expm1(x)", 2},
                                 {"log1p(x)", 2},
                                 {"exprel(x)", 3},
                                 {"x**2.5", 2},
                                 {"2.5**x", 2},
                                 {"x**5", 2},
                                 {"sqrt(x)", 0},
                                 {"abs(x)", 0},
                                 {"floor(x)", 0},
                                 {"ceil(x)", 0},
                                 {"sign(x)", 0},
                                 {"int(x)", 0},
                                 {"round(x)", 0},
                                 {"heaviside(x)", 0},
                                 {"log2(x)", 2},
                                 {"erf(x)", 2},
                                 {"min(x, 0.5)", 0},
                                 {"max(-1, x)", 0},
                                 {"x**2", 0},
                                 {"x**3", 0},
                                 {"x**4", 0},
                                 {"x**-3", 0},
                                 {"x**0", 0},
                                 {"x**1", 0},
                                 {"x**2.0", 0},
                                 {"-x", 0},
                                 {"not x", 0},
                                 {"timestep(x, 0.1)", 0},
                                 {"clip(x, -1, 2.5)", 0},
                                 {"clip(1, x, 0.5)", 0}};

const Limit operator_limits[] = {{"x + y", 0},
                                 {"x - y", 0},
                                 {"x * y", 0},
                                 {"x / y", 0},
                                 {"x // y", 0},
                                 {"x % y", 0},
                                 {"clip(x ** y, -1e308, 1e308)", 2},
                                 {"x < y", 0},
                                 {"x <= y", 0},
                                 {"x > y", 0},
                                 {"x >= y", 0},
                                 {"x == y", 0},
                                 {"x != y", 0},
                                 {"x and y", 0},
                                 {"x or not y", 0},
                                 {"clip(x, y, 3)", 0},
                                 {"min(x, y)", 0},
                                 {"max(x, y)", 0},
                                 {"arctan2(x, y)", 2},
                                 {"timestep(x, y)", 0},
                                 {"x*y + x/y - y", 0}};

const char* integer_texts[] = {
    "i + j",        "i - j",       "i * j",        "i / j",          "i // j",
    "i % j",        "i ** 2",      "i ** 11",      "i ** 0",         "j ** -2",
    "i < j",        "i == j",      "-i",           "-(i - i)",       "1 / -(i*0)",
    "1 / (0*-3)",   "abs(i)",      "sign(j)",      "clip(i, -1, j)", "min(i, j) // 2",
    "max(i, 2.5)",  "max(b, i)",   "round(i/4)",   "heaviside(b)",   "arctan2(i, j)",
    "b + b",        "b * i",       "-b",           "b and i",        "not b",
    "b == (i > j)", "b < (i > j)", "i // 2 * 1.0", "abs(b)",         "sign(b)",
    "int(b) - 3",   "floor(i)",    "sqrt(i)",      "exp(b)",         "timestep(i, j)",
    "i % 2.5",      "i // 2.5",    "b // i",       "i ** j",         "(i > 0) + (j > 0)",
    "True + True",  "i % -3",      "-7 // j"};

}  // namespace

TEST_CASE("functions of one argument agree between the back ends") {
  const std::vector<double> x = many_numbers();
  for (const Limit& limit : function_limits) {
    CAPTURE(limit.text);
    check_agreement(Bench().column("x", x).column("y", std::vector<double>(x.size())).store("y", limit.text),
                    limit.ulps);
  }
}

TEST_CASE("operators agree between the back ends for every pair of edge numbers") {
  std::vector<double> x, y;
  for (const double a : edge_numbers())
    for (const double b : edge_numbers()) x.push_back(a), y.push_back(b);
  for (const Limit& limit : operator_limits) {
    CAPTURE(limit.text);
    Bench bench;
    check_agreement(
        bench.column("x", x).column("y", y).column("z", std::vector<double>(x.size())).store("z", limit.text),
        limit.ulps);
  }
}

TEST_CASE("integers and booleans agree between the back ends") {
  std::vector<double> i, j, b;
  for (int p = -6; p <= 6; ++p)
    for (int q = -5; q <= 5; ++q) i.push_back(p), j.push_back(q), b.push_back((p + q) % 2 != 0);
  for (const char* text : integer_texts) {
    CAPTURE(text);
    Bench bench;
    bench.column("i", i, Storage::i32).column("j", j, Storage::i64).column("b", b, Storage::u8);
    bench.column("z", std::vector<double>(i.size())).column("k", i, Storage::i32).column("c", b, Storage::u8);
    bench.store("z", text).store("k", text).store("c", text);
    check_agreement(bench, 2);
  }
}

TEST_CASE("statements, guards, conditions and events agree between the back ends") {
  std::vector<double> v, b;
  for (int k = 0; k < 100; ++k) v.push_back(std::sin(k) * 3), b.push_back(k % 4 == 1);
  Bench bench;
  bench.column("v", v).column("w", v).column("n", v, Storage::i32).column("b", b, Storage::u8);
  bench.column("s", {2.5}, Storage::f64, Index::shared)
      .scalar("a", -0.25)
      .scalar("m", 1, ScalarKind::count, Type::boolean);
  bench.local("x", Type::real, "v*s + a", "b")
      .local("x", Type::integer, "x*2 + 7", "w > 0")
      .local("y", Type::boolean, "x > 1");
  bench.store("v", "v + x", "y or b").store("w", "v - w + x").store("n", "n*1000000007 + w", "m");
  bench.where("w > 0 and not b").event_local("z", Type::integer, "w*10");
  bench.event_store("v", "z", "z > 20").event_store("b", "v > 3").event_store("w", "v + b");
  check_agreement(bench, 0);
}

TEST_CASE("random numbers and propagators agree between the back ends") {
  std::vector<double> r;
  for (int k = 0; k < 50; ++k) r.push_back(0.1 * k - 2);
  const std::vector<double> zeros(50, 0.0);
  Bench bench;
  bench.column("r", r)
      .column("u", zeros)
      .column("n", zeros)
      .column("p", zeros, Storage::i32)
      .column("e", zeros);
  bench.random(5, 6, 1e10).scalar("dt", 1e-2, ScalarKind::step_length);
  bench.propagator("A", 2, {"r", "1", "-1", "r*r"});
  bench.store("u", "_rand(0) + _rand(3)")
      .store("n", "_randn(1)*r + _binomial(40, 0.3, 4)*0.5")
      .store("p", "_poisson(30*r, 2)");
  bench.local("q", Type::real, "A_P_0_1*r + A_Q_1_0").store("r", "5").store("e", "q + A_P_1_1");
  check_agreement(bench, 0);
}

TEST_CASE("rows with aliasing agree between the back ends") {
  const std::vector<std::int32_t> sources = {1, 2, 3, 5, 8, 13, 19, 19};
  std::vector<double> rows = {0}, targets, w;
  for (const int source : sources) {
    for (int k = 0; k < source * 7 % 11; ++k)
      targets.push_back((source * k + k) % 20), w.push_back(std::cos(k + source));
    rows.push_back(static_cast<double>(targets.size()));
  }
  std::vector<double> v;
  for (int k = 0; k < 20; ++k) v.push_back(k * 0.1);
  Bench bench(Loop::rows);
  bench.column("_row", rows, Storage::i64);
  bench.column("_row_end", {rows.begin() + 1, rows.end()}, Storage::i64);
  bench.column("_target", targets, Storage::i32).column("w", w);
  bench.column("v_post", v, Storage::f64, Index::post).alias("v_pre", "v_post", Index::pre);
  bench.column("total", {0}, Storage::f64, Index::shared)
      .column("n", std::vector<double>(20), Storage::i32, Index::post);
  bench.random();
  bench.local("x", Type::real, "v_pre*w + _pre - _post")
      .store("v_post", "v_post + x*_rand(0)", "_pre != _post");
  bench.store("w", "clip(w + v_pre, -1, 1)")
      .store("v_pre", "v_pre*0.5")
      .store("total", "total + v_post*v_pre");
  bench.store("n", "n + _element").list(sources);
  check_agreement(bench, 0);
}
