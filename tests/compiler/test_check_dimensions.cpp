#include <ranvier/compiler/passes/check_dimensions.hpp>
#include <ranvier/compiler/passes/resolve.hpp>
#include <ranvier/compiler/units.hpp>

#include "tests/support/texts.hpp"

using namespace ranvier;
using namespace ranvier::units;
using enum DiagnosticCode;

namespace {

using Codes = std::vector<DiagnosticCode>;
const Dimension siemens_dimension = dimensions::ampere / dimensions::volt;

Scope neurons() {
  static const GroupModel model =
      texts::group("v : volt\n I : amp\n g : siemens\n k : 1\n b : boolean\n n : integer\n r : hertz", true);
  return scope_of(model, {{"tau", 10 * ms}, {"power", 2}});
}

struct Checked {
  std::optional<Dimension> dimension;
  Diagnostics diagnostics;
};

Checked check(const std::string& text, bool lenient = false) {
  CAPTURE(text);
  Checked checked;
  Scope scope = neurons();
  scope.lenient = lenient;
  const Expr expr = pass::resolve(texts::expression(text), scope, checked.diagnostics);
  REQUIRE_FALSE(checked.diagnostics.has_errors());
  checked.dimension = pass::dimension_of(expr, scope, checked.diagnostics);
  return checked;
}

Codes codes(const std::string& text) {
  return texts::codes(check(text).diagnostics);
}

Dimension dimension_of(const std::string& text) {
  const Checked checked = check(text);
  INFO(render(checked.diagnostics.all()));
  REQUIRE(checked.diagnostics.all().empty());
  REQUIRE(checked.dimension.has_value());
  return *checked.dimension;
}

Diagnostic the_problem(const Diagnostics& diagnostics) {
  REQUIRE(diagnostics.all().size() == 1);
  return diagnostics.all()[0];
}

std::string fix_of(const std::string& text) {
  const Diagnostic problem = the_problem(check(text).diagnostics);
  return problem.fixes.empty() ? "" : problem.fixes[0].replacement;
}

Diagnostics code_problems(const std::string& text) {
  CAPTURE(text);
  Diagnostics diagnostics;
  const Scope scope = neurons();
  pass::check_dimensions(pass::resolve(texts::statements(text), scope, diagnostics), scope, diagnostics);
  return diagnostics;
}

Codes code_codes(const std::string& text) {
  return texts::codes(code_problems(text));
}

Diagnostics equation_problems(const std::string& text) {
  const GroupModel group = texts::group(text);
  Diagnostics diagnostics;
  pass::check_dimensions(group.variables, scope_of(group, {{"tau", 10 * ms}}), diagnostics);
  return diagnostics;
}

}  // namespace

TEST_CASE("products, quotients and powers carry dimensions") {
  CHECK(dimension_of("g*v") == dimensions::ampere);
  CHECK(dimension_of("I/v") == siemens_dimension);
  CHECK(dimension_of("-v/tau") == dimensions::volt / dimensions::second);
  CHECK(dimension_of("v**2") == dimensions::volt.pow(2));
  CHECK(dimension_of("v**-1") == dimensions::volt.pow(-1));
  CHECK(dimension_of("v**(1/2)") == dimensions::volt.pow(0.5));
  CHECK(dimension_of("k**power").dimensionless());
  CHECK(dimension_of("v % (20*mV)") == dimensions::volt);
  CHECK(dimension_of("n // 2").dimensionless());
  CHECK(dimension_of("20*mV + 3*volt") == dimensions::volt);
}

TEST_CASE("functions carry dimensions by their rule") {
  CHECK(dimension_of("sqrt(v**2)") == dimensions::volt);
  CHECK(dimension_of("abs(v)") == dimensions::volt);
  CHECK(dimension_of("floor(v)") == dimensions::volt);
  CHECK(dimension_of("sign(v)").dimensionless());
  CHECK(dimension_of("clip(v, -70*mV, 0*mV)") == dimensions::volt);
  CHECK(dimension_of("exp(v/mV)").dimensionless());
  CHECK(dimension_of("timestep(t - lastspike, dt)").dimensionless());
  CHECK(dimension_of("randn()/sqrt(dt)") == dimensions::second.pow(-0.5));
  CHECK(dimension_of("int(v > 0*mV)").dimensionless());
}

TEST_CASE("sums and comparisons need one dimension on both sides") {
  for (const char* text : {"v + I", "v - g", "v % I", "v < I", "v == tau", "v + 0", "v > 0", "1 - v"})
    CHECK(codes(text) == Codes{dimension_mismatch});
  for (const char* text : {"v + I*1/g", "v > 0*volt", "k > 3", "b == True", "b and v > 0*mV or not b"})
    CHECK(codes(text).empty());
}

TEST_CASE("a number without unit is answered with the unit it may lack") {
  CHECK(fix_of("v > 20") == "20*mV");
  CHECK(fix_of("-65 < v") == "-65*mV");
  CHECK(fix_of("v > 0") == "0*volt");
  CHECK(fix_of("tau - 5") == "5*ms");
  CHECK(fix_of("r + 10.0") == "10.0*Hz");
  CHECK(fix_of("v % 20") == "(20*mV)");
  CHECK(fix_of("v/tau > 3") == "3*mV/ms");
  CHECK(fix_of("clip(v, 0, 20*mV)") == "0*volt");
  CHECK(fix_of("timestep(3, dt)") == "3*ms");
}

TEST_CASE("a mismatch names both dimensions and both places") {
  const Diagnostic problem = the_problem(check("v + g*tau").diagnostics);
  CHECK(problem.message == "cannot add farad to volt");
  REQUIRE(problem.notes.size() == 2);
  CHECK(problem.notes[0].text.find("in volt") != std::string::npos);
  CHECK(problem.notes[0].place.source->name() == "equations");
  CHECK(problem.notes[1].text.find("in farad") != std::string::npos);
}

TEST_CASE("one mistake is reported once") {
  CHECK(codes("(v + 20)*g > I").size() == 1);
  CHECK(codes("exp(v + I)*(v - 3)").size() == 2);
  CHECK(codes("sqrt(v + I) + v").size() == 1);
}

TEST_CASE("arguments, exponents and floor division are checked") {
  CHECK(codes("exp(v)") == Codes{argument_dimension});
  CHECK(codes("int(v)") == Codes{argument_dimension});
  CHECK(codes("poisson(v)") == Codes{argument_dimension});
  CHECK(codes("clip(v, I, 20*mV)") == Codes{argument_dimension});
  CHECK(codes("2**v") == Codes{exponent_dimension});
  CHECK(codes("v**k") == Codes{exponent_not_constant});
  CHECK(codes("v**power*0 + v*v").empty());  // a constant of the namespace: 2
  CHECK(codes("v**(1/0)") == Codes{exponent_not_constant});
  CHECK(codes("v // (2*mV)") == Codes{floor_dimension});
  CHECK(codes("v // tau") == Codes{floor_dimension, floor_dimension});
}

TEST_CASE("a name that a lenient scope let pass leaves what it touches unchecked") {
  CHECK(check("v + unknown", true).diagnostics.all().empty());
  CHECK_FALSE(check("v*unknown", true).dimension.has_value());
  CHECK(texts::codes(check("unknown + (v + I)", true).diagnostics) == Codes{dimension_mismatch});
}

TEST_CASE("nothing is said about the dimension of a variable whose unit could not be read") {
  Diagnostics unread;
  GroupModel group;
  group.variables = pass::declare(texts::equations("dv/dt = -v/tau : foo\n x = v + 3*mV : volt"),
                                  pass::Object::group, unread);
  REQUIRE(texts::codes(unread) == Codes{unknown_unit});
  Diagnostics diagnostics;
  pass::check_dimensions(group.variables, scope_of(group, {{"tau", 10 * ms}}), diagnostics);
  CHECK(diagnostics.all().empty());
}

TEST_CASE("statements keep the dimension of what they assign") {
  for (const char* good :
       {"v = 0*volt", "v += 2*mV", "v *= 2", "v /= k", "v %= 1*mV", "k = v/mV", "b = v > 0*mV"})
    CHECK(code_codes(good).empty());
  for (const char* bad : {"v = 0", "v = I", "v += 1", "v -= g", "v *= 2*mV", "v /= v", "v %= 2", "k = v"})
    CHECK(code_codes(bad) == Codes{assignment_dimension});
  CHECK(the_problem(code_problems("v = 0")).fixes[0].replacement == "0*volt");
}

TEST_CASE("the first assignment fixes the dimension of a local") {
  CHECK(code_codes("x = v; x += 2*mV; v = x").empty());
  CHECK(code_codes("x = v; x = I; v = x") == Codes{assignment_dimension});
  CHECK(code_codes("x = v; I = x") == Codes{assignment_dimension});
}

TEST_CASE("right-hand sides have the declared dimension, derivatives per second") {
  CHECK(equation_problems("dv/dt = -v/tau : volt\n x = v*2 : volt\n y = x > 0*mV : boolean").all().empty());
  const Diagnostic rate = the_problem(equation_problems("dv/dt = -v : volt"));
  CHECK(rate.code == wrong_dimension);
  CHECK(rate.message == "`dv/dt` must be in volt/second, but this is in volt");
  CHECK(rate.help.find("divided by a time") != std::string::npos);
  CHECK(rate.notes[0].place.text() == "volt");
  const Diagnostic factor = the_problem(equation_problems("dv/dt = g/tau : volt\n g : siemens"));
  CHECK(factor.help == "the right-hand side should be multiplied by something in volt*ohm");
  CHECK(the_problem(equation_problems("x = 3 : volt")).fixes[0].replacement == "3*mV");
}
