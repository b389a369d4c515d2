#include <doctest/doctest.h>

#include <ranvier/compiler/passes/simplify.hpp>
#include <ranvier/grammar/print.hpp>

#include "tests/support/texts.hpp"

using namespace ranvier;
using texts::expression;

namespace {

/// The simplified text, with x, y : float, n : integer and b : boolean.
std::string simple(const std::string& text) {
  Kernel kernel;
  for (const char* name : {"x", "y"}) kernel.scalars.push_back({name, ScalarKind::constant, Type::real});
  kernel.scalars.push_back({"n", ScalarKind::constant, Type::integer});
  kernel.scalars.push_back({"b", ScalarKind::constant, Type::boolean});
  const KernelTypes types(kernel);
  return print(pass::simplify(expression(text), [&](const Expr& e) { return types.of(e); }));
}

struct Row {
  const char* text;
  const char* simplified;
};

}  // namespace

TEST_CASE("literals are folded with the arithmetic of the language") {
  for (const Row& row : {Row{"2*3.5", "7.0"},
                         Row{"7//2", "3"},
                         Row{"-7//2", "-4"},
                         Row{"7//-2", "-4"},
                         Row{"-7 % 3", "2"},
                         Row{"7 % -3", "-2"},
                         Row{"6 % -3", "0"},
                         Row{"1/4", "0.25"},
                         Row{"2**10", "1024"},
                         Row{"2**-1", "0.5"},
                         Row{"-2**2", "-4"},
                         Row{"2**3 % 5", "3"},
                         Row{"True + True", "2"},
                         Row{"2 < 3", "True"},
                         Row{"2 >= 3 or False", "False"},
                         Row{"not True", "False"},
                         Row{"0.1 + 0.2", "0.30000000000000004"},
                         Row{"x*(2 + 3)", "x*5"},
                         Row{"0*-1", "0"},
                         Row{"-0*-1.5", "-0.0"},
                         Row{"2**-0", "1.0"},
                         Row{"2**True", "2.0"},
                         Row{"0.0*-1", "-0.0"}}) {
    CAPTURE(row.text);
    CHECK(simple(row.text) == row.simplified);
  }
}

TEST_CASE("neutral operations are dropped") {
  for (const Row& row : {Row{"x*1", "x"}, Row{"1*x", "x"}, Row{"1.0*x", "x"}, Row{"x/1", "x"},
                         Row{"n*1", "n"}, Row{"-(-x)", "x"}, Row{"+x", "x"}, Row{"not not b", "b"},
                         Row{"True and b", "b"}, Row{"b or False", "b"}, Row{"exp(x*1)", "exp(x)"}}) {
    CAPTURE(row.text);
    CHECK(simple(row.text) == row.simplified);
  }
}

TEST_CASE("what could change a bit or a type is left alone") {
  for (const char* text :
       {"x + 0", "x - 0", "x*0",     "0*x",      "x - x",   "x/x",         "n*1.0", "n/1",
        "b*1",   "1/0",   "1.0/0.0", "5 % 0",    "5//0",    "0**-1",       "x*2*3", "1e308*10.0",
        "2**62", "3**-x", "5.5 % 2", "2.0**0.5", "x and b", "b and False", "exp(0)"}) {
    CAPTURE(text);
    CHECK(simple(text) == print(expression(text)));
  }
}

TEST_CASE("an exponent stays what the text made it: a literal or not") {
  for (const char* text : {"2**3**2", "x**(1 + 1)", "n**(2*1)", "x**(4/2)", "x**+2", "x**-(2**2)"}) {
    CAPTURE(text);
    CHECK(simple(text) == print(expression(text)));
  }
  CHECK(simple("(x*1)**2") == "x**2");
  CHECK(simple("x**(y*1)") == "x**y");
}

TEST_CASE("every expression of a kernel is simplified") {
  Kernel kernel;
  kernel.columns = {{"v", Owner::self, "v", Storage::f64, Index::element, true}};
  kernel.body = {{"x", Type::real, false, expression("v*1"), {}},
                 {"v", Type::real, true, expression("x/1"), expression("1 < 2")}};
  kernel.condition = expression("v > 2*3");
  kernel.on_event = {{"v", Type::real, true, expression("1 - 2"), {}}};
  kernel.propagators = {{"_M0", 1, {expression("-1/4")}, true}};
  pass::simplify(kernel);
  CHECK(print(kernel, false) ==
        "elements\n"
        "column v: f64 self.v[element] written\n"
        "propagator _M0: per run [-0.25]\n"
        "x: float = v\n"
        "store v = x if True\n"
        "where v > 6\n"
        "  store v = -1\n");
}
