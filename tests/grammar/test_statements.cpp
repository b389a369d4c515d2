#include <doctest/doctest.h>
#include <ranvier/tests/grammar/helpers.hpp>

using namespace ranvier;
using test::Entry;
using test::problems;
using test::statements;

TEST_CASE("a statement has a target, an operator and a value, each with its place") {
  const Code code = statements("  v += w*2  # comment");
  REQUIRE(code.size() == 1);
  CHECK(code[0].target == "v");
  CHECK(code[0].target_place.span == Span{2, 3});
  CHECK(code[0].op == AssignOp::add);
  CHECK(code[0].value->place.text() == "w*2");
  CHECK(code[0].place.text() == "v += w*2");
}

TEST_CASE("there are six assignment operators") {
  const AssignOp ops[] = {AssignOp::set,      AssignOp::add,    AssignOp::subtract,
                          AssignOp::multiply, AssignOp::divide, AssignOp::modulo};
  for (const AssignOp op : ops) {
    CAPTURE(spelling(op));
    CHECK(statements(std::string("v") + spelling(op) + "-1").at(0).op == op);
  }
}

TEST_CASE("statements are separated by line ends and semicolons") {
  CHECK(print(statements("v = 1; w = 2\nu = 3\r\n\n;; x = 4;\n  y = 5 ;")) ==
        "v = 1\nw = 2\nu = 3\nx = 4\ny = 5\n");
  CHECK(statements("").empty());
  CHECK(statements(" ;\n; \t").empty());
}

TEST_CASE("a line may hold only a comment") {
  CHECK(print(statements("# reset\nv = 1 # back\n  # done")) == "v = 1\n");
}

TEST_CASE("a semicolon separates statements even in a comment") {
  CHECK(print(statements("a = 1 # foo ; b = 2")) == "a = 1\nb = 2\n");
}

namespace {

struct Row {
  std::string text;
  DiagnosticCode code;
  std::string place;
};
using enum DiagnosticCode;
const Row bad_statements[] = {
    {"v", bad_statement, "v"},
    {"v + 1", bad_statement, "v + 1"},
    {"f(x)", bad_statement, "f(x)"},
    {"v == 1", bad_statement, "=="},
    {"a = b = 1", bad_statement, "="},
    {"a, b = 1", bad_statement, "a, b = 1"},
    {"v[0] = 1", bad_statement, "v[0] = 1"},
    {"v.w = 1", bad_statement, "v.w = 1"},
    {"3 = v", bad_statement, "3 = v"},
    {"print v", bad_statement, "print v"},
    {"if v > 1: v = 0", bad_statement, "if"},
    {"for i in x", bad_statement, "for"},
    {"while True", bad_statement, "while"},
    {"True = 1", bad_statement, "True = 1"},
    {"v //= 2", bad_assignment_operator, "//="},
    {"v **= 2", bad_assignment_operator, "**="},
    {"v &= w", bad_assignment_operator, "&="},
    {"v |= w", bad_assignment_operator, "|="},
    {"v ^= w", bad_assignment_operator, "^="},
    {"v >>= 1", bad_assignment_operator, ">>="},
    {"v <<= 1", bad_assignment_operator, "<<="},
    {"v := 1", bad_assignment_operator, ":="},
    {"v++", bad_assignment_operator, "++"},
    {"v--", bad_assignment_operator, "--"},
    {"v =", empty_expression, ""},
    {"v += # nothing", empty_expression, ""},
    {"v = 1 : volt", syntax, ":"},
    {"v = w == ", syntax, "=="},
    {"v = (w", unbalanced_parenthesis, "("},
    {"v = f(x=1)", forbidden_operator, "="},
    {"\xc2\xb5 = 1", bad_character, "\xc2\xb5"},
};

}  // namespace

TEST_CASE("texts that are no statements are refused with the place") {
  for (const Row& row : bad_statements) {
    CAPTURE(row.text);
    const auto found = problems(Entry::statements, row.text);
    REQUIRE(found.size() == 1);
    CHECK(found[0].code == row.code);
    CHECK(found[0].place.text() == row.place);
  }
}

TEST_CASE("a mistake in one statement does not hide others") {
  Diagnostics diagnostics;
  const Code code = parse_statements(make_source("text", "v = w^2; u = 1\nif x\nw = 2 k"), diagnostics);
  REQUIRE(code.size() == 3);
  CHECK(code[0].target == "v");
  CHECK_FALSE(code[0].value);
  CHECK(print(code[1]) == "u = 1");
  CHECK_FALSE(code[2].value);
  REQUIRE(diagnostics.all().size() == 3);
  CHECK(diagnostics.all()[0].code == DiagnosticCode::caret_power);
  CHECK(diagnostics.all()[1].code == DiagnosticCode::bad_statement);
  CHECK(diagnostics.all()[2].code == DiagnosticCode::implicit_product);
}

TEST_CASE("an expression cannot run on to the next line") {
  const auto found = problems(Entry::statements, "v = (a +\n b)");
  REQUIRE(found.size() == 1);
  CHECK(found[0].code == DiagnosticCode::bad_statement);
  CHECK(test::mended("v = (a +\n b)", found[0]) == "v = (a + b)");
  const auto lost = problems(Entry::statements, "v = (a +\n b = 3");  // no long line
  REQUIRE(lost.size() == 1);
  CHECK(lost[0].code == DiagnosticCode::unbalanced_parenthesis);
}
