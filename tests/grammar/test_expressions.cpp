#include <doctest/doctest.h>
#include <ranvier/tests/grammar/helpers.hpp>

using namespace ranvier;
using test::Entry;
using test::expression;
using test::problems;
using test::value;

namespace {

// Values computed with Python.
const std::pair<std::string, double> arithmetic[] = {
    {"-2**2", -4},
    {"2**-1", 0.5},
    {"2**3**2", 512},
    {"10 - 4 - 3", 3},
    {"100 / 10 / 2", 5},
    {"7//2*1.0", 3},
    {"-7//2", -4},
    {"7 % -3", -2},
    {"-5.5 % 2", 0.5},
    {"5//2.0", 2},
    {"2 + 3*4", 14},
    {"(2 + 3)*4", 20},
    {"2*3**2", 18},
    {"-2*-3", 6},
    {"--2", 2},
    {"+-+2", -2},
    {"2--2", 4},
    {"2**-2**2", 0.0625},
    {"(-2)**2", 4},
    {"1 - 2*3 % 4 + 5", 4},
    {"not 1 == 2", 1},
    {"not (1 == 1)", 0},
    {"True or False and False", 1},
    {"(True or False) and False", 0},
    {"not False and False", 0},
    {"not (False and False)", 1},
    {"1 + 1 == 2 and 2 > 1", 1},
    {"1 < 2", 1},
    {"2 <= 1", 0},
    {"1 != 1", 0},
    {"not not True", 1},
    {"2 >= 2 or 1/0 > 0", 1},
};

}  // namespace

TEST_CASE("precedence and associativity are Python's") {
  for (const auto& [text, expected] : arithmetic) {
    CAPTURE(text);
    CHECK(value(expression(text)) == expected);
  }
}

TEST_CASE("a minus in front of a number is an operator") {
  const Expr e = expression("-3");
  const auto* unary = as<ast::Unary>(e);
  REQUIRE(unary);
  CHECK(unary->op == UnaryOp::minus);
  CHECK(as<ast::Number>(unary->operand)->value == 3);
}

TEST_CASE("calls have any number of arguments, and a plain name in front") {
  const Expr e = expression("f ( a, g(), -b )");
  const auto* call = as<ast::Call>(e);
  REQUIRE(call);
  CHECK(call->callee == "f");
  REQUIRE(call->args.size() == 3);
  CHECK(as<ast::Call>(call->args[1])->args.empty());
  CHECK(as<ast::Unary>(call->args[2]));
  CHECK(call->callee_span == Span{0, 1});
  CHECK(as<ast::Call>(expression("k(v - w)")));  // the resolver knows better
}

TEST_CASE("every node knows its place in the text, parentheses included") {
  const std::string text = "  f(a, (b + c)*2) > -d  ";
  const Expr e = expression(text);
  CHECK(e->place.text() == "f(a, (b + c)*2) > -d");
  const auto* comparison = as<ast::Binary>(e);
  REQUIRE(comparison);
  CHECK(comparison->rhs->place.text() == "-d");
  const auto* call = as<ast::Call>(comparison->lhs);
  REQUIRE(call);
  CHECK(comparison->lhs->place.text() == "f(a, (b + c)*2)");
  CHECK(call->args[0]->place.text() == "a");
  CHECK(call->args[1]->place.text() == "(b + c)*2");
  const auto* product = as<ast::Binary>(call->args[1]);
  CHECK(product->lhs->place.text() == "(b + c)");
  CHECK(product->rhs->place.text() == "2");
}

TEST_CASE("blanks, line ends and comments between tokens have no meaning") {
  const Expr plain = expression("a+b*f(c,d)and not e");
  CHECK(same(
      plain,
      expression("\ta + # a comment: with (anything\n b\r\n*f ( c ,\n\n d )\nand\nnot\ne # \xc2\xb5\n")));
}

namespace {

const std::string not_expressions[] = {
    "a if b else c", "x[0]",      "x.y",     "(a, b)", "[a]",        "{a}",       "lambda x: x", "x := 3",
    "f(x=1)",        "f(*x)",     "f(**x)",  "None",   "3j",         "a in b",    "a is b",      "a is not b",
    "a not in b",    "a < b < c", "~a",      "a & b",  "a | b",      "a ^ b",     "a << b",      "a >> b",
    "a @ b",         "'s'",       "\"s\"",   "a = b",  "a += b",     "a; b",      "a : volt",    "f(a)(b)",
    "1(2)",          "(f)(x)",    "a b",     "a,",     "f(a,)",      "f(,)",      "()",          "",
    "a +",           "* a",       "a + * b", "not",    "a == not b", "a and",     "(a",          "a)",
    "f(a",           "a \\\n+ b", "a.b()",   "$a",     "`a`",        "a ? b : c", "a! = b",      "await x"};

}  // namespace

TEST_CASE("parts of the grammar that Python has and the language has not are refused") {
  for (const std::string& text : not_expressions) {
    CAPTURE(text);
    Diagnostics diagnostics;
    CHECK_FALSE(parse_expression(make_source("text", text), diagnostics));
    CHECK(diagnostics.has_errors());
  }
}

TEST_CASE("characters beyond ASCII are refused early, but not in comments") {
  const auto found = problems(Entry::expression, "v \xe2\x88\x92 \xcf\x84 # \xcf\x84");
  REQUIRE(found.size() == 2);
  CHECK(found[0].code == DiagnosticCode::bad_character);
  CHECK(found[0].place.span == Span{2, 5});
  CHECK(found[0].fixes.at(0).replacement == "-");
  CHECK(found[1].place.span == Span{6, 8});
  CHECK(found[1].fixes.at(0).replacement == "tau");
  CHECK(problems(Entry::expression, std::string("a + \0b", 6)).at(0).code == DiagnosticCode::bad_character);
  CHECK(problems(Entry::expression, "a + \xff").at(0).code == DiagnosticCode::bad_character);
}
