#include <cmath>

#include <doctest/doctest.h>

#include <ranvier/grammar/diagnostics.hpp>

#include "tests/compiler/kernel_bench.hpp"

using namespace ranvier;
using namespace ranvier::test;

namespace {

/// Steps of 3n + 1 down to 1: another number of rounds for every element.
double collatz(double start, int most) {
  auto n = static_cast<std::int64_t>(start);
  int count = 0;
  for (; n > 1 && count < most; ++count) n = n % 2 == 0 ? n / 2 : 3 * n + 1;
  return count;
}

Bench collatz_bench(std::size_t n, int most) {
  Bench bench;
  bench.column("v", counted(n))
      .column("w", std::vector<double>(n, -1))
      .column("start", counted(n))
      .scalar("three", 3)
      .local("n", Type::integer, "int(v)")
      .local("count", Type::integer, "0")
      .local("untouched", Type::real, "v*three")
      .repeat("n > 1", most)
      .round_local("odd", Type::boolean, "n % 2 == 1")
      .round_local("half", Type::integer, "n//2")
      .round_local("n", Type::integer, "int(three)*n + 1", "odd")
      .round_local("n", Type::integer, "half", "not odd")
      .round_local("count", Type::integer, "count + int(v*three >= 0)")
      .store("w", "count")
      .store("v", "v*three + untouched");
  return bench;
}

}  // namespace

TEST_CASE("what is repeated is repeated for each element as long as it asks, at every width") {
  for (const int most : {1000, 20, 0})
    for (const std::size_t n : {1u, 7u, 30u}) {
      const Bench bench = collatz_bench(n, most);
      for (const int lanes : {0, 1, 2, 4, 8}) {
        CAPTURE(lanes);
        CAPTURE(most);
        const Outcome outcome = bench.run(lanes == 0 ? *reference() : *llvm_backend_of(lanes));
        for (std::size_t k = 0; k < n; ++k) {
          CAPTURE(k);
          CHECK(outcome.columns.at("w")[k] == collatz(static_cast<double>(k), most));
          CHECK(outcome.columns.at("v")[k] == 6 * static_cast<double>(k));
        }
      }
    }
}

TEST_CASE("an element that is done keeps its bits while others go on") {
  // Newton's method for a square root: some take more rounds than others.
  Bench bench;
  bench.column("v", {1e-300, 0.25, 2, 3, 1e10, 7e200, 0.1, 1, 5})
      .local("x", Type::real, "v + 1")
      .local("old", Type::real, "0.0")
      .repeat("abs(x - old) > 0", 2000)
      .round_local("old", Type::real, "x")
      .round_local("x", Type::real, "0.5*(x + v/x)", "abs(x*x - v) > 1e-15*v")
      .store("v", "x")
      .where("x > 1.5")
      .event_store("v", "x + 1");
  const Outcome expected = bench.run(*reference());
  CHECK(expected.columns.at("v")[3] == doctest::Approx(1 + std::sqrt(3.0)).epsilon(1e-15));
  for (const int lanes : {1, 2, 4, 8}) {
    const Outcome outcome = bench.run(*llvm_backend_of(lanes));
    CHECK(same_numbers(outcome.columns.at("v"), expected.columns.at("v")));
    CHECK(outcome.list == expected.list);
  }
}

TEST_CASE("a kernel with a part that is repeated prints it in its place") {
  const std::string text = print(collatz_bench(1, 20).kernel());
  CHECK(text.find("repeat while n > 1, at most 20 times\n"
                  "  odd: boolean = n%2 == 1\n"
                  "  half: integer = n//2\n"
                  "  n: integer = int(three)*n + 1 if odd\n") != std::string::npos);
}

TEST_CASE("what is repeated assigns locals only") {
  Bench bench;
  bench.column("v", {1, 2})
      .local("x", Type::real, "v")
      .repeat("x > 0", 3)
      .round_local("x", Type::real, "x - 1");
  Kernel kernel = bench.kernel();
  kernel.columns[0].written = true;
  kernel.repeat->body.push_back({"v", Type::real, true, expression("x"), {}});
  for (Backend* backend : {llvm_backend_of(2).release(), reference().release()}) {
    const std::unique_ptr<Backend> owned(backend);
    CHECK_THROWS_AS(owned->build({kernel}), BackendError);
  }
}
