#include <ranvier/compiler/unit_text.hpp>

#include "tests/support/texts.hpp"

using namespace ranvier;
using enum DiagnosticCode;

namespace {

Diagnostics problems(const std::string& text, bool for_synapses = false) {
  Diagnostics diagnostics;
  pass::declare(texts::equations(text), for_synapses ? pass::Object::synapses : pass::Object::group,
                diagnostics);
  return diagnostics;
}

std::vector<DiagnosticCode> codes(const std::string& text, bool for_synapses = false) {
  CAPTURE(text);
  return texts::codes(problems(text, for_synapses));
}

using Codes = std::vector<DiagnosticCode>;

}  // namespace

TEST_CASE("equations become variables in order, with dimension, type and flags") {
  const auto variables = texts::variables(
      "dv/dt = -v/tau : volt (unless refractory)\n tau : second (constant, shared)\n"
      "on = v > 0*mV : boolean\n n : integer");
  REQUIRE(variables.size() == 4);
  CHECK(variables[0].kind == EquationKind::differential);
  CHECK(variables[0].dimension == dimensions::volt);
  CHECK(variables[0].unless_refractory);
  CHECK(variables[1].kind == EquationKind::parameter);
  CHECK(variables[1].constant);
  CHECK(variables[1].shared);
  CHECK(variables[2].type == Type::boolean);
  CHECK(variables[3].type == Type::integer);
  CHECK_FALSE(variables[3].constant);
}

TEST_CASE("names that the language keeps are refused") {
  for (const char* name : {"t",     "dt",     "t_in_timesteps", "xi",         "xi_1",  "i",
                           "N",     "exp",    "rand",           "pi",         "e",     "inf",
                           "mV",    "metre2", "not_refractory", "refractory", "clock", "order",
                           "x_pre", "x_post"})
    CHECK(codes(std::string(name) + " : 1") == Codes{reserved_name});
  CHECK(codes("dlambda/dt = 1/second : 1") == Codes{reserved_name});
  CHECK(codes("_x : 1") == Codes{bad_identifier});
}

TEST_CASE("names that only look special are allowed") {
  for (const char* name : {"j", "lastspike", "lastupdate", "delay", "k", "d", "threshold", "max"})
    CHECK(codes(std::string(name) + " : 1") == Codes{});
}

TEST_CASE("synapses keep further names for themselves") {
  for (const char* name : {"i", "j", "delay", "N_pre", "N_post", "N_incoming", "N_outgoing"})
    CHECK(codes(std::string(name) + " : 1", true) == Codes{reserved_name});
  CHECK(codes("w : siemens (constant)", true) == Codes{});
}

TEST_CASE("a name defined twice is shown with its first definition") {
  const Diagnostics found = problems("x : 1\ny : 1\nx : volt");
  REQUIRE(texts::codes(found) == Codes{duplicate_name});
  CHECK(found.all()[0].place.span == Span{12, 13});
  REQUIRE(found.all()[0].notes.size() == 1);
  CHECK(found.all()[0].notes[0].place.span == Span{0, 1});
}

TEST_CASE("flags that do not exist are answered with the nearest one") {
  const Diagnostics found = problems("x : 1 (constnat)");
  REQUIRE(texts::codes(found) == Codes{unknown_flag});
  CHECK(found.all()[0].fixes[0].replacement == "constant");
  CHECK(codes("x : 1 (nonsense)") == Codes{unknown_flag});
}

TEST_CASE("flags stand only where they have a meaning") {
  CHECK(codes("dv/dt = -v/second : 1 (constant)") == Codes{misplaced_flag});
  CHECK(codes("dv/dt = -v/second : 1 (shared)") == Codes{misplaced_flag});
  CHECK(codes("x : 1 (unless refractory)") == Codes{misplaced_flag});
  CHECK(codes("x = 2*y : 1 (constant)\n y : 1") == Codes{misplaced_flag});
  CHECK(codes("x = 2 : 1 (summed)") == Codes{misplaced_flag});
  CHECK(codes("x : 1 (constant, constant)") == Codes{});
}

TEST_CASE("flags of synapses are for synapses") {
  for (const char* equations : {"x_post = y : 1 (summed)\n y : 1", "dw/dt = -w/second : 1 (event-driven)",
                                "dw/dt = -w/second : 1 (clock-driven)"}) {
    CHECK(codes(equations, true) == Codes{});
    CHECK(codes(equations, false).size() >= 1);
  }
  CHECK(codes("dw/dt = -w/second : 1 (event-driven, clock-driven)", true) == Codes{conflicting_flags});
}

TEST_CASE("only floats change continuously") {
  CHECK(codes("db/dt = -b/second : boolean") == Codes{differential_type});
  CHECK(codes("dn/dt = -n/second : integer") == Codes{differential_type});
}

TEST_CASE("circles among subexpressions are reported once, with the chain") {
  const Diagnostics found = problems("a = b + b : 1\n b = c : 1\n c = a*b : 1");
  REQUIRE_FALSE(found.all().empty());
  CHECK(found.all()[0].code == cyclic_definition);
  CHECK(found.all()[0].message.find("a -> b -> c -> a") != std::string::npos);
  CHECK(codes("a = a + a : 1") == Codes{cyclic_definition});
  CHECK(codes("x = y : 1\n dy/dt = -x/second : 1") == Codes{});
  CHECK(codes("x = z : 1\n y = z : 1\n z = 3 : 1") == Codes{});
}

TEST_CASE("chains of thousands of subexpressions are refused, not followed to the end of the stack") {
  std::string chain = "x0 = 1 : 1\n";
  for (int k = 1; k < 5000; ++k)
    chain += "x" + std::to_string(k) + " = 1 + x" + std::to_string(k - 1) + " : 1\n";
  CHECK(codes(chain) == Codes{too_deep});
}

TEST_CASE("a subexpression cannot draw random numbers") {
  CHECK(codes("noise = randn() : 1") == Codes{draw_in_subexpression});
  CHECK(codes("dv/dt = rand()/second : 1") == Codes{});
}

TEST_CASE("all problems of a block are reported together") {
  CHECK(codes("dv/dt = -v/tau : mV\n exp : 1\n x : 1 (nonsense)") ==
        Codes{scaled_unit, reserved_name, unknown_flag});
}
