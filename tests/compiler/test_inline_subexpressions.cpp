#include <ranvier/compiler/passes/inline_subexpressions.hpp>
#include <ranvier/compiler/units.hpp>
#include <ranvier/grammar/print.hpp>

#include "tests/support/texts.hpp"

using namespace ranvier;

namespace {

std::string inlined(const std::string& text, const GroupModel& group) {
  return print(pass::inline_subexpressions(texts::expression(text), scope_of(group, {{"tau", 1.0}})));
}

}  // namespace

TEST_CASE("subexpressions are put in for their names, in any order of definition") {
  const GroupModel group = texts::group("a = b*x : 1\n x : 1\n b = x + 1 : 1");
  CHECK(inlined("2*a", group) == "2*((x + 1)*x)");
  CHECK(inlined("exp(-a)", group) == "exp(-((x + 1)*x))");
}

TEST_CASE("units and constants become numbers, indices positions") {
  const GroupModel group = texts::group("x : 1");
  CHECK(inlined("20*mV", group) == "20*0.001");
  CHECK(inlined("i + N", group) == "_element - _first + N");
  CHECK(inlined("x/tau + _local_pi", group) == "x/tau + _local_pi");
}

TEST_CASE("an expression without definitions is handed back as it is") {
  const Expr expr = texts::expression("x + tau");
  CHECK(pass::inline_subexpressions(expr, scope_of(texts::group("x : 1"), {})).is(expr));
  CHECK_FALSE(pass::inline_subexpressions({}, scope_of(texts::group("x : 1"), {})));
}

TEST_CASE("subexpressions that double in size at every step are refused") {
  std::string chain = "x0 = t/second : 1\n";
  for (int k = 1; k < 60; ++k) {
    const std::string before = "x" + std::to_string(k - 1);
    chain += "x" + std::to_string(k) + " = " + before + "*" + before + " : 1\n";
  }
  const GroupModel group = texts::group(chain);
  CHECK_NOTHROW(inlined("x10", group));
  CHECK_THROWS_AS(pass::inline_subexpressions(texts::expression("x59"), scope_of(group, {})), ModelError);
}
