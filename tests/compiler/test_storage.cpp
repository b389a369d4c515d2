#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "tests/compiler/kernel_bench.hpp"

using namespace ranvier;
using namespace ranvier::test;

namespace {

const std::vector<int> all_lanes = {1, 2, 4, 8};

/// Outcomes of the interpreter and of every width of the compiled code.
std::vector<Outcome> outcomes(const Bench& bench) {
  std::vector<Outcome> all = {bench.run(*reference())};
  for (const int lanes : all_lanes) all.push_back(bench.run(*llvm_backend_of(lanes)));
  return all;
}

double as_float(double x) {
  return static_cast<double>(static_cast<float>(x));
}

}  // namespace

TEST_CASE("a store into an f32 column rounds to the nearest float") {
  const std::vector<double>& x = edge_numbers();
  Bench bench;
  bench.column("x", x).column("y", std::vector<double>(x.size()), Storage::f32).store("y", "x");
  for (const Outcome& outcome : outcomes(bench))
    for (std::size_t k = 0; k < x.size(); ++k) {
      CAPTURE(x[k]);
      CHECK(same_number(outcome.columns.at("y")[k], as_float(x[k])));
    }
}

TEST_CASE("what is read behind a store into an f32 column is what the column holds") {
  const std::vector<double> x = {0.1, -1.0 / 3, 1e-3, 16777217, 1e39, 1e-46};
  Bench bench;
  bench.column("x", x).column("y", x).column("s", x, Storage::f32);
  bench.store("s", "x").store("y", "s").store("s", "s + x", "x > 0");
  for (const Outcome& outcome : outcomes(bench))
    for (std::size_t k = 0; k < x.size(); ++k) {
      CAPTURE(x[k]);
      CHECK(outcome.columns.at("y")[k] == as_float(x[k]));
      CHECK(outcome.columns.at("s")[k] == as_float(x[k] > 0 ? as_float(x[k]) + x[k] : x[k]));
    }
}

TEST_CASE("arithmetic on an f32 column is in doubles") {
  const std::vector<double> x(9, 0.1f);
  Bench bench;
  bench.column("s", x, Storage::f32).column("y", x).store("y", "s*s/3");
  const double expected = static_cast<double>(0.1f) * static_cast<double>(0.1f) / 3;
  for (const Outcome& outcome : outcomes(bench))
    for (const double y : outcome.columns.at("y")) CHECK(y == expected);
}

TEST_CASE("a u16 column has no sign and keeps the lowest 16 bits") {
  const std::vector<double> x = {0, 1, 32767, 32768, 65535, 65536, 65537, -1, 1e9};
  const std::vector<double> kept = {0, 1, 32767, 32768, 65535, 0, 1, 65535, 51712};
  const std::vector<double> zeros(x.size());
  Bench bench;
  bench.column("x", x, Storage::i64).column("d", zeros, Storage::u16).column("y", zeros, Storage::i64);
  bench.store("d", "x").store("y", "d - 1");
  for (const Outcome& outcome : outcomes(bench)) {
    CHECK(outcome.columns.at("d") == kept);
    for (std::size_t k = 0; k < x.size(); ++k) CHECK(outcome.columns.at("y")[k] == kept[k] - 1);
  }
}

TEST_CASE("narrow columns keep what a guard or an event leaves alone") {
  const std::vector<double> x = counted(70);
  std::vector<double> f;
  for (const double k : x) f.push_back(as_float(k / 7));
  Bench bench;
  bench.column("f", f, Storage::f32).column("u", x, Storage::u16).column("x", x);
  bench.store("f", "f*2", "u % 3 == 0").where("u > 40").event_store("u", "u + 65500");
  for (const Outcome& outcome : outcomes(bench))
    for (std::size_t k = 0; k < x.size(); ++k) {
      CHECK(outcome.columns.at("f")[k] == (k % 3 == 0 ? 2 * f[k] : f[k]));
      CHECK(outcome.columns.at("u")[k] == (k > 40 ? static_cast<double>((k + 65500) % 65536) : x[k]));
    }
}

TEST_CASE("narrow columns of the neurons are reached through the synapses") {
  Bench bench(Loop::rows);
  bench.column("_row", {0, 2}, Storage::i64).column("_row_end", {2, 3}, Storage::i64);
  bench.column("_target", {1, 1, 0}, Storage::i32).column("w", {0.1f, 0.2f, 0.3f}, Storage::f32);
  bench.column("d", {1, 2, 60000}, Storage::u16);
  bench.column("v_post", {1, 2}, Storage::f32, Index::post).column("n", {0, 0}, Storage::u16, Index::post);
  bench.store("v_post", "v_post + w").store("n", "n + d").list({0, 1});
  const double one = as_float(as_float(2 + static_cast<double>(0.1f)) + static_cast<double>(0.2f));
  for (const Outcome& outcome : outcomes(bench)) {
    CHECK(outcome.columns.at("v_post") == std::vector<double>{as_float(1 + static_cast<double>(0.3f)), one});
    CHECK(outcome.columns.at("n") == std::vector<double>{60000, 3});
  }
}

TEST_CASE("narrow columns agree between the back ends for shared, gathered and random values") {
  std::vector<double> x, at;
  for (int k = 0; k < 100; ++k) x.push_back(as_float(std::sin(k) * 3)), at.push_back(k * 37 % 100);
  Bench bench;
  bench.column("x", x, Storage::f32).column("at", at, Storage::u16);
  bench.column("s", {as_float(2.7)}, Storage::f32, Index::shared)
      .column("map", x, Storage::f32, Index::computed);
  bench.random().store("x", "x*s + _load(map, at)*_randn(0)");
  const std::vector<Outcome> all = outcomes(bench);
  for (const Outcome& outcome : all) CHECK(same_numbers(outcome.columns.at("x"), all[0].columns.at("x")));
}
