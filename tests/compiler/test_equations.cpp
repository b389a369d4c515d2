#include <doctest/doctest.h>

#include <ranvier/compiler/equations.hpp>
#include <ranvier/compiler/units.hpp>

using namespace ranvier;
using namespace ranvier::units;

namespace {

const Equations leaky(
    "dv/dt = (El - v + I)/tau : volt (unless refractory)  # membrane\n"
    "I = g*R : volt\nR : 1 (constant)\ng : volt");

/// The codes of all problems of what `make` throws.
template <class Make>
std::vector<std::string> codes(Make make) {
  std::vector<std::string> list;
  try {
    make();
  } catch (const ModelError& error) {
    for (const Diagnostic& d : error.diagnostics()) list.push_back(code_name(d.code));
  }
  return list;
}
using Codes = std::vector<std::string>;

}  // namespace

TEST_CASE("equations can be inspected") {
  CHECK(leaky.size() == 4);
  CHECK(leaky.names() == std::vector<std::string>{"v", "I", "R", "g"});
  CHECK(leaky.names(EquationKind::differential) == std::vector<std::string>{"v"});
  CHECK(leaky.names(EquationKind::parameter) == std::vector<std::string>{"R", "g"});
  CHECK(leaky.identifiers() == std::vector<std::string>{"El", "tau"});
  CHECK(leaky["v"].flags == std::vector<std::string>{"unless refractory"});
  CHECK(leaky["v"].expression == "(El - v + I)/tau");
  CHECK(leaky["v"].unit == "volt");
  CHECK(leaky["v"].dimension == dimensions::volt);
  CHECK(leaky["R"].expression.empty());
  CHECK(leaky.find("w") == nullptr);
  CHECK_THROWS_WITH_AS(Equations("rate : Hz")["rates"],
                       "these equations do not define 'rates'; did you mean 'rate'?", NetworkError);
  CHECK(leaky.expanded("v") == "(El - v + g*R)/tau");
  CHECK_THROWS_AS(leaky.expanded("R"), NetworkError);
  CHECK_FALSE(leaky.stochastic());
  CHECK(Equations("dv/dt = -v/tau + s*xi_1 : 1").stochastic());
}

TEST_CASE("the printed text of equations means the same") {
  CHECK(Equations(leaky.text()) == leaky);
  CHECK(Equations() == Equations("# nothing but a comment"));
}

TEST_CASE("a substitution renames whole words everywhere (gotcha 29)") {
  const Equations synapse("dg/dt = -g/tau_g : siemens\nI_g = g*f(g) : amp", {{"g", "g_e"}, {"f", "drive"}});
  CHECK(synapse.text() == "dg_e/dt = -g_e/tau_g : siemens\nI_g = g_e*drive(g_e) : amp\n");
  const Equations swapped = Equations("x = y : 1\ny : 1").substitute({{"x", "y"}, {"y", "x"}});
  CHECK(swapped.text() == "y = x : 1\nx : 1\n");
}

TEST_CASE("a substitution puts a value in without rounding it") {
  const Equations filled("dv/dt = (El - v)/tau : volt", {{"tau", 7 * ms}, {"El", -70.6 * mV}});
  CHECK(filled.identifiers().empty());
  CHECK(filled["v"].expression.find("0.007*second") != std::string::npos);
  CHECK(Equations("x = 2**n : 1", {{"n", 3}})["x"].expression == "2**3");
  CHECK(Equations("x = 2**n : 1", {{"n", -1.5}})["x"].expression == "2**-1.5");
  CHECK(Equations("x = b and y > 0 : boolean\ny : 1", {{"b", true}})["x"].expression == "True and y > 0");
}

TEST_CASE("bad substitutions are refused (gotcha 29)") {
  CHECK(codes([] { Equations("x : 1", {{"x", 3}}); }) == Codes{"RV0403"});
  CHECK(codes([] { Equations("y = x : 1", {{"x", "3x"}}); }) == Codes{"RV0213"});
  CHECK(codes([] { Equations("y = x : 1", {{"x", "y z"}}); }) == Codes{"RV0213"});
  CHECK(codes([] { Equations("x : 1", {{"x", "exp"}}); }) == Codes{"RV0207"});
  CHECK(codes([] { Equations("x : 1\ny : 1", {{"x", "y"}}); }) == Codes{"RV0206"});
  CHECK(codes([] { Equations("y = x : 1", {{"z", "w"}}); }) == Codes{"RV0201"});
  CHECK(codes([] { Equations("y = f(x) : 1", {{"f", 2}}); }) == Codes{"RV0204"});
}

TEST_CASE("equations are concatenated, and nothing is defined twice") {
  const Equations both = Equations("x : 1") + Equations("dy/dt = x/tau : 1") + "z : volt";
  CHECK(both.names() == std::vector<std::string>{"x", "y", "z"});
  CHECK(codes([] { Equations("x : 1") + Equations("x : volt"); }) == Codes{"RV0206"});
  const Equations twice = Equations("x : 1") + Equations("x : 1", {{"x", "y"}});
  CHECK(twice.text() == "x : 1\ny : 1\n");
  CHECK((Equations("x = a : 1") + "y = a : 1").substitute({{"a", "b"}}).text() == "x = b : 1\ny = b : 1\n");
}

TEST_CASE("equations are checked when they are made, all problems at once") {
  CHECK(codes([] { Equations("x = y : 1\ny = x : 1\nz = 2 : mV\nexp : 1"); }) ==
        Codes{"RV0208", "RV0211", "RV0207"});
  CHECK(codes([] { Equations("dx/dt = -x/tau"); }) == Codes{"RV0102"});
  // What needs the object is left to it.
  CHECK(codes([] { Equations("w : 1 (constant)\nds/dt = -s/tau : 1 (clock-driven)"); }).empty());
}

TEST_CASE("the caret stands under the user's own word, also where it was replaced") {
  try {
    Equations("y = rate : 1", {{"rate", "3x"}});
    FAIL("accepted");
  } catch (const ModelError& error) {
    CHECK(error.diagnostics().front().place.text() == "rate");
  }
}

TEST_CASE("subexpressions that double in size are not written out") {
  std::string text = "x0 = a : 1";
  for (int k = 1; k < 60; ++k) {
    const std::string last = "x" + std::to_string(k - 1);
    text += "\nx" + std::to_string(k) + " = " + last + "*" + last + " : 1";
  }
  CHECK_THROWS_AS(Equations(text).expanded("x59"), NetworkError);
}
