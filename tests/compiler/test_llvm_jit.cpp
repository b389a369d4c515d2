#include <doctest/doctest.h>
#include <llvm/AsmParser/Parser.h>
#include <llvm/IR/LLVMContext.h>
#include <llvm/IR/Module.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/SourceMgr.h>
#include <llvm/Target/TargetMachine.h>

#include <fstream>
#include <thread>

#include <ranvier/compiler/backends/elementary.hpp>
#include <ranvier/compiler/backends/llvm/codegen.hpp>
#include <ranvier/compiler/backends/llvm/host.hpp>
#include <ranvier/compiler/backends/llvm/jit.hpp>
#include <ranvier/grammar/diagnostics.hpp>

#include "tests/compiler/kernel_bench.hpp"

using namespace ranvier;
using namespace ranvier::test;

namespace {

/// Links and runs a function that returns the whole part of callee(1.0).
RANVIER_CALLS_GENERATED_CODE std::int64_t run_call_of(const std::string& callee) {
  llvm::LLVMContext context;
  llvm::SMDiagnostic problem;
  const std::string text = "declare double @" + callee +
                           "(double)\ndefine i64 @run(ptr %args) {\n  %x = call double @" + callee +
                           "(double 1.0)\n  %y = fptosi double %x to i64\n  ret i64 %y\n}\n";
  const auto module = llvm::parseAssemblyString(text, problem, context);
  REQUIRE(module);
  const auto machine = llvm_backend::make_target_machine();
  module->setDataLayout(machine->createDataLayout());
  const llvm_backend::LinkedCode code(llvm_backend::generate_object(*module, *machine));
  return code.find("run")(nullptr);
}

struct Map {
  int executable = 0, writable_and_executable = 0;
};

Map memory_map() {
  Map map;
  std::ifstream lines("/proc/self/maps");
  for (std::string line; std::getline(lines, line);) {
    const std::string rights = line.substr(line.find(' ') + 1, 4);
    map.executable += rights[2] == 'x';
    map.writable_and_executable += rights[1] == 'w' && rights[2] == 'x';
  }
  return map;
}

/// Resident memory in bytes.
double resident() {
  double all = 0, pages = 0;
  std::ifstream("/proc/self/statm") >> all >> pages;
  return pages * 4096;
}

Bench numbered(int number) {
  return Bench().column("v", {1, 2, 3}).store("v", "v*" + std::to_string(number) + " + exp(v) % 3");
}

}  // namespace

TEST_CASE("generated code can call what is on the list and nothing else of the process") {
  CHECK(run_call_of(find_elementary("exp")->code[0].symbol) == 2);
  for (const char* name :
       {"system", "open", "dlopen", "mmap", "malloc", "memcpy", "exp", "getenv", "printf"}) {
    CAPTURE(name);
    CHECK_THROWS_AS(run_call_of(name), BackendError);
  }
}

TEST_CASE("a kernel cannot name a function outside the language") {
  for (const char* text : {"system(x)", "_rand(x)", "rand()", "exp(x, x)", "_exp(x)", "Sleef_exp(x)"}) {
    CAPTURE(text);
    const Bench bench = Bench().column("x", {1}).random().store("x", text);
    CHECK_THROWS_AS(llvm_backend_of(1)->build({bench.kernel()}), BackendError);
  }
}

TEST_CASE("no page of memory is ever left writable and executable") {
  const auto backend = llvm_backend_of(0);
  std::vector<ExecutablePtr> kept;
  for (int k = 0; k < 20; ++k) kept.push_back(backend->build({numbered(1000 + k).kernel()}).front());
  CHECK(memory_map().executable > 0);
  CHECK(memory_map().writable_and_executable == 0);
}

TEST_CASE("building and dropping kernels does not grow the process") {
  const auto cycles = [](int from, int to) {
    for (int k = from; k < to; ++k) {
      const Bench bench = numbered(10'000 + k);
      const auto backend = llvm_backend_of(0);
      CHECK(bench.run(*backend).columns.at("v").size() == 3);
    }
  };
  cycles(0, 60);
  const int mapped = memory_map().executable;
  const double before = resident();
  cycles(60, 260);
  CHECK(memory_map().executable <= mapped + 4);
#if !defined(__SANITIZE_ADDRESS__)  // which keeps freed memory for a while
  CHECK(resident() - before < 2e6);
#endif
}

TEST_CASE("kernels of equal text are compiled once, within a build and for a later back end") {
  Kernel first = numbered(77).kernel(), second = first;
  second.name = "another";
  BuildTimes times;
  const auto built = llvm_backend_of(4)->build({first, second, numbered(78).kernel()}, &times);
  CHECK(built[0] == built[1]);
  CHECK(built[0] != built[2]);
  CHECK(times.link > 0);
  BuildTimes again;
  CHECK(llvm_backend_of(4)->build({second}, &again).front() == built[0]);
  CHECK(again.emit + again.optimise + again.link == 0);
  CHECK(llvm_backend_of(2)->build({second}).front() != built[0]);
}

TEST_CASE("an executable outlives the back end that built it") {
  const Bench bench = numbered(99);
  ExecutablePtr kept;
  {
    const auto backend = llvm_backend_of(0);
    kept = backend->build({bench.kernel()}).front();
  }
  CHECK(bench.run(*kept, 0, 3).columns.at("v")[1] == doctest::Approx(2 * 99 + 7.38905609893065 - 6));
}

TEST_CASE("several threads may build and run at once") {
  std::vector<std::thread> threads;
  std::vector<double> results(4);
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([t, &results] {
      for (int k = 0; k < 8; ++k)
        results[static_cast<std::size_t>(t)] +=
            numbered(500 + k * (t % 2)).run(*llvm_backend_of(0)).columns.at("v")[1];
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(results[0] == results[2]);
  CHECK(results[1] == results[3]);
}
