#include <doctest/doctest.h>

#include <ranvier/compiler/backends/backend.hpp>
#include <ranvier/compiler/backends/llvm/graph.hpp>
#include <ranvier/tests/support/models.hpp>

using namespace ranvier;
using namespace ranvier::units;

namespace {

const Namespace names{{"tau", 10 * ms}, {"El", -70 * mV}};

GroupKernels compiled(const std::string& equations, const std::string& method, const Limits& limits = {}) {
  const GroupText text{"neurons", make_source("equations", equations), nullptr, nullptr,
                       nullptr,   make_source("method", method),       limits};
  return compile_group(declare_group(text, names), names);
}

/// The one problem of a model, which names a limit.
void check_refused(const std::string& equations, const std::string& method, DiagnosticCode code,
                   const std::string& limit, const Limits& limits = {}) {
  try {
    compiled(equations, method, limits);
    FAIL_CHECK("it was accepted");
  } catch (const ModelError& error) {
    REQUIRE(error.diagnostics().size() == 1);
    const Diagnostic& problem = error.diagnostics()[0];
    CHECK(problem.code == code);
    CHECK(problem.place.source != nullptr);
    CHECK(problem.message.find("(Limits::" + limit + ")") != std::string::npos);
  }
}

/// `count` equations over a chain of subexpressions that doubles `levels` times.
std::string doubling(int levels, int count) {
  std::string text = "s0 = v0 : 1\n";
  for (int k = 1; k <= levels; ++k) {
    const std::string before = "s" + std::to_string(k - 1);
    text += "s" + std::to_string(k) + " = " + before + " + " + before + "*" + before + " : 1\n";
  }
  for (int k = 0; k < count; ++k)
    text += "dv" + std::to_string(k) + "/dt = s" + std::to_string(levels) + "/tau : 1\n";
  return text;
}

std::string sum_of(int terms, const std::string& term) {
  std::string sum = term;
  for (int k = 1; k < terms; ++k) sum += " + " + term;
  return sum;
}

std::size_t operations_of(const std::string& equations) {
  return llvm_backend::build_graph(*compiled(equations, "euler").update, false).operations.size();
}

}  // namespace

TEST_CASE("code that grows by its subexpressions is refused with the bound") {
  using enum DiagnosticCode;
  check_refused(doubling(20, 1), "euler", too_many_nodes, "expanded_nodes");
  check_refused(doubling(10, 100), "rk4", too_many_nodes, "kernel_nodes");
  check_refused(doubling(10, 100), "euler", too_many_nodes, "kernel_nodes");
  Limits few;
  few.operations = 100;
  std::string different = "dv/dt = (v";
  for (int k = 0; k < 200; ++k) different += " + " + std::to_string(k) + "*v";
  check_refused(different + ")/tau : 1", "euler", too_many_operations, "operations", few);
  CHECK_NOTHROW(compiled(doubling(6, 3), "rk4"));
}

TEST_CASE("the bounds of a group are those of its options") {
  using enum DiagnosticCode;
  Limits limits;
  limits.expanded_nodes = 100;
  check_refused(doubling(6, 1), "euler", too_many_nodes, "expanded_nodes", limits);
  limits = {};
  limits.height = 30;
  check_refused("dv/dt = (" + sum_of(40, "v") + ")/tau : 1", "euler", too_deep, "height", limits);
  limits = {};
  limits.identifiers = 3;
  check_refused("dv/dt = (a + b + v)/tau : 1", "euler", too_many_identifiers, "identifiers", limits);
}

TEST_CASE("the dimension of a power is bounded, powers of numbers are not") {
  using enum DiagnosticCode;
  check_refused("x = volt**(2**31) : 1", "euler", too_large_exponent, "exponent");
  check_refused("x = (volt**1000)**1000 : 1", "euler", too_large_exponent, "exponent");
  CHECK_NOTHROW(compiled("k : 1\nx = k**(2**31) : 1\ndv/dt = x/tau : 1", "euler"));
  Limits more;
  more.exponent = 1e10;
  CHECK_NOTHROW(compiled("x = volt**(2**31)/volt**(2**31) : 1", "euler", more));
}

TEST_CASE("equal parts of a sum are computed once") {
  const std::string term = "exp(-(v - El)/(5*mV))*(El - v)";
  const std::size_t one = operations_of("dv/dt = (" + term + ")/tau : volt");
  const std::size_t two = operations_of("dv/dt = (" + sum_of(2, term) + ")/tau : volt");
  const std::size_t thousand = operations_of("dv/dt = (" + sum_of(1000, term) + ")/tau : volt");
  CHECK(two == one + 1);
  CHECK(thousand == one + 999);
}

TEST_CASE("the code of a long sum grows with its length only") {
  const auto length = [](int terms) {
    std::string sum = "v";
    for (int k = 0; k < terms; ++k) sum += " + v*" + std::to_string(k) + ".5";
    const auto backend = make_backend({.name = "llvm", .lanes = 4});
    return backend->inspect(*compiled("dv/dt = (" + sum + ")/tau : 1", "euler").update, "ir").size();
  };
  const std::size_t one = length(100), two = length(200), four = length(400);
  CHECK(static_cast<double>(four - two) < 2.5 * static_cast<double>(two - one));
}
