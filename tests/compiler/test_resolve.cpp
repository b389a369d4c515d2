#include <ranvier/compiler/passes/resolve.hpp>
#include <ranvier/compiler/units.hpp>
#include <ranvier/grammar/print.hpp>

#include "tests/support/texts.hpp"

using namespace ranvier;
using namespace ranvier::units;
using enum DiagnosticCode;

namespace {

using Codes = std::vector<DiagnosticCode>;

Scope neurons() {
  static const GroupModel model = texts::group("dv/dt = -v/tau : volt\n k : 1\n b : boolean");
  return scope_of(model, {{"tau", 10 * ms}, {"threshold", -50 * mV}});
}

Diagnostics problems(const std::string& text, const Scope& scope) {
  CAPTURE(text);
  Diagnostics diagnostics;
  pass::resolve(texts::expression(text), scope, diagnostics);
  return diagnostics;
}

Diagnostics code_problems(const std::string& text, const Scope& scope) {
  CAPTURE(text);
  Diagnostics diagnostics;
  pass::resolve(texts::statements(text), scope, diagnostics);
  return diagnostics;
}

Codes codes(const std::string& text) {
  return texts::codes(problems(text, neurons()));
}
Codes code_codes(const std::string& text) {
  return texts::codes(code_problems(text, neurons()));
}

/// The only problem of a text.
Diagnostic the_problem(const Diagnostics& diagnostics) {
  REQUIRE(diagnostics.all().size() == 1);
  return diagnostics.all()[0];
}

std::string fix_of(const std::string& text) {
  const Diagnostic problem = the_problem(problems(text, neurons()));
  return problem.fixes.empty() ? "" : problem.fixes[0].replacement;
}

}  // namespace

TEST_CASE("names become canonical, everything else stays") {
  GroupModel target = texts::group("dv/dt = -v/second : 1");
  SynapsesModel synapses;
  synapses.source = synapses.target = &target;
  Diagnostics diagnostics;
  const Scope scope = scope_of(synapses, {});
  const Expr resolved =
      pass::resolve(texts::expression("clip(v + v_pre, 0, i_post)*exp(-v)"), scope, diagnostics);
  CHECK(print(resolved) == "clip(v_post + v_pre, 0, j)*exp(-v_post)");
  const Code code = pass::resolve(texts::statements("x = v; v += x"), scope, diagnostics);
  CHECK(print(code) == print(texts::statements("x = v_post; v_post += x")));
  CHECK_FALSE(diagnostics.has_errors());
}

TEST_CASE("a misspelt name is answered with the nearest one, also in another case") {
  CHECK(fix_of("v - threshhold") == "threshold");
  CHECK(fix_of("Tau*2") == "tau");
  CHECK(fix_of("v > 20*mv") == "mV");
  CHECK(fix_of("2*msec") == "ms");
  CHECK(codes("something_else") == Codes{unknown_name});
  CHECK(codes("_element + 1") == Codes{unknown_name});
}

TEST_CASE("every unknown name of an expression is reported") {
  CHECK(codes("foo + bar*exp(baz)") == Codes{unknown_name, unknown_name, unknown_name});
}

TEST_CASE("a lenient scope lets unknown names and functions pass, but not misspelt ones") {
  Scope scope = neurons();
  scope.lenient = true;
  CHECK(texts::codes(problems("foo*v + exp(bar)", scope)).empty());
  CHECK(texts::codes(problems("foo(v)", scope)).empty());
  CHECK(texts::codes(problems("expp(v)", scope)) == Codes{unknown_function});
  CHECK(texts::codes(problems("where(v > 1*mV, 1, 2)", scope)) == Codes{unknown_function});
  CHECK(texts::codes(problems("v(2)", scope)) == Codes{not_a_function});
  CHECK(texts::codes(code_problems("v = foo", scope)).empty());
  CHECK(texts::codes(code_problems("v += foo; x += foo", scope)) == Codes{read_before_set});
}

TEST_CASE("calling a variable proposes the product") {
  const Diagnostic problem = the_problem(problems("k(v - threshold)", neurons()));
  CHECK(problem.code == not_a_function);
  CHECK(problem.fixes[0].replacement == "k*");
  CHECK(codes("mV(2)") == Codes{not_a_function});
  CHECK(codes("k(v, v)") == Codes{not_a_function});
}

TEST_CASE("functions that the language lacks are answered with what it has") {
  const Diagnostic problem = the_problem(problems("maximum(k, 0)", neurons()));
  CHECK(problem.code == unknown_function);
  CHECK(problem.help.find("max") != std::string::npos);
  CHECK(fix_of("exq(k)") == "exp");
  CHECK(codes("unheard(k)") == Codes{unknown_function});
}

TEST_CASE("functions are called with as many arguments as they take") {
  CHECK(codes("clip(k, 0, 1)").empty());
  CHECK(codes("clip(k, 0)") == Codes{wrong_argument_count});
  CHECK(codes("rand(2)") == Codes{wrong_argument_count});
  CHECK(codes("exp()") == Codes{wrong_argument_count});
  CHECK(codes("2*exp") == Codes{function_without_call});
  CHECK(fix_of("2*rand") == "rand()");
}

TEST_CASE("a random function may occur twice in one expression") {
  CHECK(codes("rand() + rand()*randn()").empty());
}

TEST_CASE("white noise outside of differential equations is refused with a way to write it") {
  const Diagnostic problem = the_problem(problems("v + xi_1", neurons()));
  CHECK(problem.code == noise_placement);
  CHECK(problem.help.find("randn()") != std::string::npos);
}

TEST_CASE("unknown targets become locals, which have a value only behind their first assignment") {
  CHECK(code_codes("x = v; v = 2*x").empty());
  CHECK(code_codes("v = x; x = v; v = x") == Codes{read_before_set});
  CHECK(code_codes("x = x + 1; v = x*mV") == Codes{read_before_set});
  CHECK(code_codes("x += 1; v = x*mV") == Codes{read_before_set});
  CHECK(code_codes("v = x") == Codes{unknown_name});
}

TEST_CASE("an assignment that nothing depends on is pointed out, with the variable it may have meant") {
  const Diagnostic problem = the_problem(code_problems("V = 0*mV", neurons()));
  CHECK(problem.code == unused_local);
  CHECK(problem.severity == Severity::warning);
  CHECK(problem.fixes[0].replacement == "v");
  CHECK(code_codes("x = 1; x = 2; x += 1") == Codes{unused_local});
  CHECK(code_codes("x = 1; y = x; v = y*mV").empty());
}

TEST_CASE("a misspelt target of += is answered with the variable that was meant") {
  const Diagnostic problem = the_problem(code_problems("threshol += 1", neurons()));
  CHECK(problem.code == read_before_set);
  CHECK(problem.fixes[0].replacement == "threshold");
}

TEST_CASE("a local may hide a name of the language, with a warning and a canonical name of its own") {
  Diagnostics diagnostics;
  const Code code =
      pass::resolve(texts::statements("pi = 3; exp = pi; v = exp*mV + exp(1)*mV"), neurons(), diagnostics);
  CHECK(texts::codes(diagnostics) == Codes{shadowed_name, shadowed_name});
  CHECK_FALSE(diagnostics.has_errors());
  CHECK(code[0].target == "_local_pi");
  CHECK(print(code[1].value) == "_local_pi");
  CHECK(print(code[2].value) == "_local_exp*mV + exp(1)*mV");
}

TEST_CASE("names of kernels cannot be assigned") {
  CHECK(code_codes("_x = 1") == Codes{bad_identifier});
}

TEST_CASE("special variables that the model lacks are answered with how to come by them") {
  for (const char* name : {"lastspike", "not_refractory", "lastspike_post"})
    CHECK(the_problem(problems(std::string(name) + " == 0", neurons())).help.find("refractory period") !=
          std::string::npos);
  CHECK(the_problem(problems("t - lastupdate", neurons())).help.find("`lastupdate : second`") !=
        std::string::npos);
}

TEST_CASE("names that exist but cannot be used here say so") {
  GroupModel target = texts::group("v : 1");
  SynapsesModel synapses;
  synapses.source = synapses.target = &target;
  CHECK(texts::codes(problems("N_incoming > 3", connection_scope_of(synapses, {}, ""))) ==
        Codes{unavailable_name});
  CHECK(problems("N_outgoing > 3", scope_of(synapses, {})).all().empty());
}
