#include <ranvier/compiler/passes/check_types.hpp>
#include <ranvier/compiler/passes/resolve.hpp>

#include "tests/support/texts.hpp"

using namespace ranvier;
using enum DiagnosticCode;

namespace {

using Codes = std::vector<DiagnosticCode>;

Scope neurons() {
  static const GroupModel model = texts::group(
      "x : 1\n b : boolean\n n : integer\n c : 1 (constant)\n s : 1 (shared)\n twice = 2*x : 1\n on = x > 0 "
      ": boolean",
      true);
  return scope_of(model, {{"whole", 3}, {"real", 3.5}, {"flag", true}});
}

struct Typed {
  Type type;
  Codes codes;
};

Typed typed(const std::string& text) {
  CAPTURE(text);
  const Scope scope = neurons();
  Diagnostics diagnostics;
  const Expr expr = pass::resolve(texts::expression(text), scope, diagnostics);
  REQUIRE_FALSE(diagnostics.has_errors());
  const Type type = pass::type_of(expr, scope, diagnostics);
  return {type, texts::codes(diagnostics)};
}

Type type_of(const std::string& text) {
  const Typed result = typed(text);
  CHECK(result.codes.empty());
  return result.type;
}

Diagnostics written(const std::string& text, bool shared_writes = false, pass::LocalTypes* locals = nullptr) {
  CAPTURE(text);
  const Scope scope = neurons();
  Diagnostics diagnostics;
  const Code code = pass::resolve(texts::statements(text), scope, diagnostics);
  const auto types = pass::check_types(code, scope, shared_writes, diagnostics);
  if (locals) *locals = types;
  return diagnostics;
}

Codes codes(const std::string& text) {
  return texts::codes(written(text));
}

}  // namespace

TEST_CASE("numbers have the type of their spelling, arithmetic the highest type") {
  CHECK(type_of("2") == Type::integer);
  CHECK(type_of("2.0") == Type::real);
  CHECK(type_of("n + 2") == Type::integer);
  CHECK(type_of("n*2.0") == Type::real);
  CHECK(type_of("n % 3") == Type::integer);
  CHECK(type_of("n // 2") == Type::integer);
  CHECK(type_of("n/2") == Type::real);
  CHECK(type_of("whole//2") == Type::integer);
  CHECK(type_of("real//2") == Type::real);
  CHECK(type_of("i - N") == Type::integer);
}

TEST_CASE("powers are integers only for an integer base and a literal, non-negative exponent") {
  CHECK(type_of("n**2") == Type::integer);
  CHECK(type_of("2**-1") == Type::real);
  CHECK(type_of("2**n") == Type::real);
  CHECK(type_of("x**2") == Type::real);
}

TEST_CASE("conditions are boolean, and numbers where one calculates with them") {
  CHECK(type_of("x > 0") == Type::boolean);
  CHECK(type_of("b and on or not flag") == Type::boolean);
  CHECK(type_of("b + b") == Type::integer);
  CHECK(type_of("x*(x > 0)") == Type::real);
  CHECK(type_of("n*(x > 0)") == Type::integer);
  CHECK(type_of("b == flag") == Type::boolean);
}

TEST_CASE("functions have the type of their row") {
  CHECK(type_of("exp(2)") == Type::real);
  CHECK(type_of("abs(n)") == Type::integer);
  CHECK(type_of("abs(x)") == Type::real);
  CHECK(type_of("clip(n, 0, 1.5)") == Type::real);
  CHECK(type_of("floor(x)") == Type::real);
  CHECK(type_of("int(x)") == Type::integer);
  CHECK(type_of("poisson(x)") == Type::integer);
}

TEST_CASE("and, or, not need conditions") {
  CHECK(typed("x and b").codes == Codes{boolean_operand});
  CHECK(typed("n or x").codes == Codes{boolean_operand, boolean_operand});
  CHECK(typed("not x").codes == Codes{boolean_operand});
  CHECK(typed("exp(x) + int(not n)").codes == Codes{boolean_operand});
}

TEST_CASE("a condition is asked for where one is needed") {
  const Scope scope = neurons();
  Diagnostics diagnostics;
  pass::check_boolean(texts::expression("x > 0"), "the threshold", scope, diagnostics);
  CHECK_FALSE(diagnostics.has_errors());
  pass::check_boolean(texts::expression("x"), "the threshold", scope, diagnostics);
  REQUIRE(texts::codes(diagnostics) == Codes{not_boolean});
  CHECK(diagnostics.all()[0].message == "the threshold must be a condition, but `x` is float");
}

TEST_CASE("what keeps its value cannot be written") {
  for (const char* name : {"i", "N", "t", "dt", "t_in_timesteps", "c", "not_refractory", "whole"})
    CHECK(codes(std::string(name) + " = 1") == Codes{read_only});
  CHECK(codes("twice = 1") == Codes{write_subexpression});
  CHECK(codes("lastspike = t").empty());
}

TEST_CASE("shared variables are written only by code that may") {
  CHECK(codes("s = 1") == Codes{write_shared});
  CHECK(texts::codes(written("s = 1", true)).empty());
}

TEST_CASE("code that may write shared variables does so first, and from what has one value") {
  const auto problems = [](const char* text) { return texts::codes(written(text, true)); };
  CHECK(problems("a = 2*s; s = a + N; x = s*i").empty());
  CHECK(problems("s = x") == Codes{shared_uses_vector});
  CHECK(problems("s = twice") == Codes{shared_uses_vector});
  CHECK(problems("a = 2*i; s = a") == Codes{shared_uses_vector});
  CHECK(problems("x = 1; s = 2") == Codes{write_shared});
  CHECK(problems("x = 1; s = x") == Codes{shared_uses_vector, write_shared});
  const Diagnostics found = written("x = 1; s = 2", true);
  CHECK(found.all()[0].place.text() == "s");
  CHECK(found.all()[0].notes.at(0).place.text() == "x");
}

TEST_CASE("integers take no floats; booleans take whether a number is not zero") {
  CHECK(codes("n = 2").empty());
  CHECK(codes("n += b").empty());
  CHECK(codes("x = n").empty());
  CHECK(codes("b = x > 0").empty());
  CHECK(codes("n = x") == Codes{integer_type});
  CHECK(codes("n += 0.5") == Codes{integer_type});
  CHECK(codes("n /= 2") == Codes{integer_type});
  CHECK(codes("b = x").empty());
  CHECK(codes("b = 1").empty());
  CHECK(codes("b += b").empty());
  CHECK(codes("a = True; a = 1; b = a") == Codes{not_boolean});
  CHECK(written("n = x/2").all()[0].fixes[0].replacement == "int(x/2)");
}

TEST_CASE("a condition has no sign, unless it is made a number") {
  CHECK(typed("-b").codes == Codes{wrong_type});
  CHECK(typed("x*+(x > 0)").codes == Codes{wrong_type});
  CHECK(type_of("-int(b)") == Type::integer);
  CHECK(type_of("-(b + b)") == Type::integer);
  CHECK(type_of("0 - b") == Type::integer);
  CHECK(written("x = -b").all()[0].fixes[0].replacement == "int(b)");
  CHECK(written("x = -(x > 0)").all()[0].fixes[0].replacement == "int(x > 0)");
}

TEST_CASE("a local has the type of its first value") {
  pass::LocalTypes locals;
  CHECK(texts::codes(written("a = 1; d = 2.0*a; f = x > d; x = a*f", false, &locals)).empty());
  CHECK(locals.at("a") == Type::integer);
  CHECK(locals.at("d") == Type::real);
  CHECK(locals.at("f") == Type::boolean);
  CHECK(codes("a = 1; a += 0.5; x = a") == Codes{integer_type});
  CHECK(codes("a = 1.0; a += 1; x = a").empty());
}

TEST_CASE("subexpressions have the type they are declared with") {
  const auto codes_of = [](const char* equations) {
    const GroupModel group = texts::group(equations);
    Diagnostics diagnostics;
    pass::check_types(group.variables, scope_of(group, {}), diagnostics);
    return texts::codes(diagnostics);
  };
  CHECK(codes_of("x : 1\n b = x > 0 : boolean\n n = int(x) : integer\n y = b : 1").empty());
  CHECK(codes_of("x : 1\n b = x : boolean") == Codes{not_boolean});
  CHECK(codes_of("x : 1\n n = 2*x : integer") == Codes{integer_type});
  CHECK(codes_of("x : 1\n n = x/2 : integer") == Codes{integer_type});
}
