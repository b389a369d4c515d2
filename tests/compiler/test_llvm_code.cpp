#include <doctest/doctest.h>

#include <ranvier/compiler/backends/elementary.hpp>
#include <ranvier/grammar/diagnostics.hpp>

#include "tests/compiler/kernel_bench.hpp"

using namespace ranvier;
using namespace ranvier::test;

namespace {

int count(const std::string& text, const std::string& part) {
  int found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

std::string view(const Bench& bench, int lanes, const char* what) {
  return llvm_backend_of(lanes)->inspect(bench.kernel(), what);
}

Bench neuron() {
  return Bench()
      .column("v", std::vector<double>(8))
      .scalar("dt", 1e-4, ScalarKind::step_length)
      .scalar("tau", 1e-2)
      .store("v", "v - v*dt/tau")
      .where("v > 1");
}

}  // namespace

TEST_CASE("code is written for the lanes asked for, and the machine's vectors are used") {
  for (const int lanes : {2, 4, 8})
    CHECK(count(view(neuron(), lanes, "ir"), "<" + std::to_string(lanes) + " x double>") > 0);
  CHECK(count(view(neuron(), 1, "ir"), " x double>") == 0);
  if (widest_lanes() >= 4) CHECK(count(view(neuron(), 4, "asm"), "ymm") > 0);
  if (widest_lanes() == 8) {
    CHECK(count(view(neuron(), 8, "asm"), "zmm") > 0);
    CHECK(count(view(neuron(), 8, "asm"), "vpcompressd") == 1);
  }
}

TEST_CASE("each column is loaded once and stored once per element") {
  const Bench bench =
      Bench().column("v", {1}).column("w", {1}).store("v", "v*v + w").store("w", "v*w").store("v", "v + w");
  const std::string code = view(bench, 4, "ir");
  CHECK(count(code, "load <4 x double>") == 2);
  CHECK(count(code, "store <4 x double>") == 2);
}

TEST_CASE("what depends on scalars only is computed once, before the loop") {
  const Bench bench = Bench()
                          .column("v", {1})
                          .scalar("dt", 1e-4, ScalarKind::step_length)
                          .scalar("tau", 1e-2)
                          .store("v", "v*sin(-dt/tau) + (1 - sin(-dt/tau))");
  const std::string code = view(bench, 8, "ir");
  CHECK(count(code, "call double @Sleef") == 1);
  CHECK(count(code, "call <8 x double> @Sleef") == 0);
  CHECK(code.find("call double @Sleef") < code.find("phi"));
}

TEST_CASE("equal parts of expressions are computed once") {
  const Bench bench = Bench().column("v", {1}).column("w", {1}).store("w", "sin(v + 1) + cos(sin(v + 1))");
  CHECK(count(view(bench, 2, "ir"), "call <2 x double> @Sleef_finz_sind2") +
            count(view(bench, 2, "ir"), "call <2 x double> @Sleef_cinz_sind2") ==
        1);
}

TEST_CASE("no rounding is left out: products and sums are not contracted or reordered") {
  const Bench bench = Bench().column("v", {1}).column("w", {1}).store("v", "v*w + v*3.5 + w/v - 0.1 + 0.7");
  const std::string code = view(bench, 8, "optimised") + view(bench, 8, "asm");
  for (const char* unwanted : {"fast", "contract", "reassoc", "vfmadd", "vfmsub", "vfnmadd"})
    CHECK(count(code, unwanted) == 0);
  CHECK(count(view(bench, 8, "asm"), "vdivpd") == 1);
}

TEST_CASE("parts that expressions share cost nothing twice, however often they occur") {
  Expr shared = expression("x");
  for (int k = 0; k < 60; ++k) shared = Expr(ast::Binary{BinaryOp::add, shared, shared}, {});
  Kernel kernel = Bench().column("x", {1.5}).store("x", "x").kernel();
  kernel.body.front().value = shared;
  const auto executable = llvm_backend_of(1)->build({kernel}).front();
  double x[64] = {1.5};
  void* columns[] = {x};
  executable->run({columns, nullptr, 0, 1, nullptr});
  CHECK(x[0] == 1.5 * 0x1p60);
}

TEST_CASE("a sum of thousands of terms compiles") {
  std::string text = "x";
  for (int k = 1; k < 1000; ++k) text += " + x*" + std::to_string(k);
  CHECK(map_over(*llvm_backend_of(8), text, {1, 2}) == std::vector<double>{499501, 999002});
}

TEST_CASE("a kernel that breaks the rules is refused") {
  const auto backend = llvm_backend_of(2);
  const auto refused = [&](const Kernel& kernel) { CHECK_THROWS_AS(backend->build({kernel}), BackendError); };
  refused(Bench().column("x", {1}).store("x", "x + unknown").kernel());
  Kernel unwritten = Bench().column("x", {1}).store("x", "x").kernel();
  unwritten.columns.front().written = false;
  refused(unwritten);
  refused(Bench(Loop::list).column("x", {1}).where("x > 1").kernel());
  refused(Bench(Loop::rows).column("x", {1}, Storage::f64, Index::post).store("x", "x").kernel());
  refused(Bench().column("x", {1}).column("y", {1}, Storage::f64, Index::pre).store("x", "y").kernel());
  refused(Bench().column("x", {1}).store("x", "_rand(0)").kernel());
  refused(Bench().column("x", {1}).store("x", "_pre").kernel());
  CHECK(backend->build({}).empty());
}

TEST_CASE("views of a kernel have names") {
  CHECK(count(view(neuron(), 1, "asm"), "kernel0") > 0);
  CHECK_THROWS_AS(view(neuron(), 1, "binary"), BackendError);
  CHECK(reference()->inspect(neuron().kernel(), "ir").empty());
}
