#include <doctest/doctest.h>
#include <ranvier/tests/grammar/helpers.hpp>

using namespace ranvier;
using test::Entry;
using test::expression;
using test::problems;
using test::repeated;

namespace {

/// The one problem of a text, which is a bound, and names it.
void check_refused(Entry entry, const std::string& text, DiagnosticCode code, const std::string& bound) {
  const auto found = problems(entry, text);
  REQUIRE(found.size() == 1);
  CHECK(found[0].code == code);
  CHECK(found[0].message.find(bound) != std::string::npos);
}

}  // namespace

TEST_CASE("an expression with a name that is too long is not returned") {
  Diagnostics diagnostics;
  const Expr expr = parse_expression(make_source("expression", "1 + " + repeated("x", 200)), diagnostics);
  CHECK(diagnostics.has_errors());
  CHECK_FALSE(expr);
}

TEST_CASE("a hostile expression is refused with the number of the bound") {
  using enum DiagnosticCode;
  const std::size_t many = 300'000;
  check_refused(Entry::expression, repeated("(", 1'000'000), too_deep, "200");
  check_refused(Entry::expression, repeated("(", many) + "1" + repeated(")", many), too_deep, "200");
  check_refused(Entry::expression, repeated("f(", many) + "1" + repeated(")", many), too_deep, "200");
  check_refused(Entry::expression, repeated("-", 1'000'000) + "1", too_deep, "200");
  check_refused(Entry::expression, repeated("not ", 200'000) + "a", too_deep, "200");
  check_refused(Entry::expression, repeated("a**", many) + "1", too_deep, "200");
  check_refused(Entry::expression, repeated("a+", 500'000) + "1", too_many_nodes, "20000");
  check_refused(Entry::expression, "f(" + repeated("a,", 500'000) + "a)", too_many_nodes, "20000");
  check_refused(Entry::expression, repeated("a and ", 150'000) + "a", too_many_nodes, "20000");
  check_refused(Entry::expression, repeated("x", 500), too_long, "128");
  check_refused(Entry::expression, repeated("x", (1 << 20) + 1), too_long, "1048576");
}

TEST_CASE("hostile blocks and code are refused with the number of the bound") {
  using enum DiagnosticCode;
  check_refused(Entry::equations, repeated("x : 1\n", 10'001), too_long, "10000");
  check_refused(Entry::statements, repeated("x = 1;", 10'001), too_long, "10000");
  check_refused(Entry::equations, repeated("x : 1\n", 200'000), too_long, "1048576");
  check_refused(Entry::statements, repeated("x = 1\n", 200'000), too_long, "1048576");
  check_refused(Entry::equations, "x = " + repeated("(", 500'000) + " : 1", too_deep, "200");
  check_refused(Entry::statements, "x = " + repeated("(", 500'000), too_deep, "200");
}

TEST_CASE("what lies within the bounds is read, printed and compared") {
  const std::string texts[] = {
      repeated("a + ", 999) + "a",
      repeated("a*", 1023) + "a",
      repeated("(", 200) + "a" + repeated(")", 200),
      repeated("f(", 200) + "a" + repeated(")", 200),
      repeated("-", 200) + "a",
      repeated("not ", 200) + "a",
      repeated("a**", 200) + "a",
      "f(" + repeated("a, ", 9'000) + "a)",
      repeated("a + b*(", 199) + "c" + repeated(")", 199),
  };
  for (const std::string& text : texts) {
    const Expr e = expression(text);
    CHECK(same(e, expression(print(e))));
  }
  CHECK(test::equations(repeated("x : 1\n", 10'000)).size() == 10'000);
}

TEST_CASE("depth is counted where the operand lies, not over the whole text") {
  const std::string nested = repeated("(", 150) + "a" + repeated(")", 150);
  CHECK(expression(nested + " + " + nested));
  CHECK(expression(repeated("-a + ", 300) + "not_a"));
  CHECK(expression(repeated("not a and ", 300) + "b"));
  CHECK(expression(repeated("a**2*", 300) + "b"));
}

TEST_CASE("a tree that is too high to walk safely is refused") {
  const auto found = problems(Entry::expression, repeated("a + ", 1024) + "a");
  REQUIRE(found.size() == 1);
  CHECK(found[0].code == DiagnosticCode::too_deep);
  CHECK(found[0].message.find("1024") != std::string::npos);
  Limits limits;
  limits.height = 1025;
  CHECK(problems(Entry::expression, repeated("a + ", 1024) + "a", limits).empty());
}

TEST_CASE("each bound can be changed") {
  Limits limits;
  limits.text_bytes = 10;
  CHECK(problems(Entry::expression, "a + b + c + d", limits).at(0).code == DiagnosticCode::too_long);
  limits = {};
  limits.depth = 1;
  CHECK(problems(Entry::expression, "(a)", limits).empty());
  CHECK(problems(Entry::expression, "((a))", limits).at(0).code == DiagnosticCode::too_deep);
  limits = {};
  limits.nodes = 3;
  CHECK(problems(Entry::expression, "a + b", limits).empty());
  CHECK(problems(Entry::expression, "a + b + c", limits).at(0).code == DiagnosticCode::too_many_nodes);
}

TEST_CASE("of very many problems only the first are listed") {
  const auto found = problems(Entry::expression, repeated("^", 100'000));
  REQUIRE(found.size() == 50);
  CHECK(found.back().notes.at(0).text.find("further problems") != std::string::npos);
  CHECK(problems(Entry::equations, repeated("x == 3\n", 100'000)).size() == 50);
  CHECK(problems(Entry::statements, repeated("3;", 100'000)).size() == 50);
}
