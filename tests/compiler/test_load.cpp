#include <doctest/doctest.h>

#include <ranvier/grammar/diagnostics.hpp>

#include "tests/compiler/kernel_bench.hpp"

using namespace ranvier;
using namespace ranvier::test;

namespace {

const std::vector<double> table{10, 11, 12, 13};

/// Eleven elements, so that no width divides them, each with an entry of `table` to read.
Bench through_a_map() {
  Bench bench;
  bench.column("r", std::vector<double>(11, 0.0));
  bench.column("at", {3, 2, 1, 0, 0, 1, 2, 3, 3, 3, 1}, Storage::i32);
  bench.column("table", table, Storage::f64, Index::computed);
  bench.store("r", "2*_load(table, at)");
  return bench;
}

template <class Check>
void at_every_width(Check check) {
  check(*reference());
  for (const int lanes : {1, 2, 4, 8}) check(*llvm_backend_of(lanes));
}

}  // namespace

TEST_CASE("a column is read at positions that another column holds") {
  const std::vector<double> expected{26, 24, 22, 20, 20, 22, 24, 26, 26, 26, 22};
  at_every_width([&](Backend& backend) { CHECK(through_a_map().run(backend).columns.at("r") == expected); });
}

TEST_CASE("a position may be computed, and the same for all elements") {
  Bench bench;
  bench.column("r", std::vector<double>(5, 0.0));
  bench.column("table", table, Storage::i32, Index::computed);
  bench.scalar("t", 0.0025);
  bench.store("r", "_load(table, clip(int(t/0.001), 0, 3)) + _load(table, clip(_element - 1, 0, 3))");
  at_every_width([&](Backend& backend) {
    CHECK(bench.run(backend).columns.at("r") == std::vector<double>{22, 22, 23, 24, 25});
  });
}

TEST_CASE("what is loaded from a column has the type of the column") {
  Bench bench;
  bench.column("r", std::vector<double>(3, 0.0));
  bench.column("whole", {7, 8, 9}, Storage::i64, Index::computed);
  bench.column("flags", {0, 1, 1}, Storage::u8, Index::computed);
  bench.store("r", "_load(whole, _element) // 2 + 10*int(_load(flags, _element) and _element < 2)");
  const KernelTypes types(bench.kernel());
  CHECK(types.of(expression("_load(whole, 0)")) == Type::integer);
  CHECK(types.of(expression("_load(flags, 0)")) == Type::boolean);
  at_every_width(
      [&](Backend& backend) { CHECK(bench.run(backend).columns.at("r") == std::vector<double>{3, 14, 4}); });
}

TEST_CASE("synapses may load at a position that a spike's neuron gives") {
  Bench bench(Loop::rows);
  bench.column("v", {0, 0, 0}, Storage::f64, Index::post);
  bench.column("table", table, Storage::f64, Index::computed);
  bench.column("_row", {0, 2}, Storage::i64).column("_row_end", {2, 3}, Storage::i64);
  bench.column("_target", {0, 2, 2}, Storage::i32);
  bench.store("v", "v + _load(table, _pre + _post)").list({0, 1});
  at_every_width([&](Backend& backend) {
    CHECK(bench.run(backend).columns.at("v") == std::vector<double>{10, 0, 12 + 13});
  });
}

TEST_CASE("only a column without positions of its own is loaded from, and only so") {
  const auto refused = [](const std::string& text, Index index) {
    Bench bench;
    bench.column("r", {0}).column("table", table, Storage::f64, index);
    bench.store("r", text);
    CHECK_THROWS_AS(bench.run(*llvm_backend_of(1)), BackendError);
  };
  refused("_load(table, 0)", Index::element);
  refused("_load(r + 1, 0)", Index::computed);
  refused("_load(table)", Index::computed);
  refused("table", Index::computed);
}

TEST_CASE("a kernel that loads prints the column without a position") {
  const std::string text = print(through_a_map().kernel());
  CHECK(text.find("column table: f64 self.table[computed]\n") != std::string::npos);
  CHECK(text.find("store r = 2*_load(table, at)\n") != std::string::npos);
}
