#include <doctest/doctest.h>
#include <limits>
#include <ranvier/tests/grammar/helpers.hpp>

using namespace ranvier;
using test::expression;

namespace {

Expr name(const std::string& id) {
  return Expr(ast::Name{id}, {});
}
Expr number(double value, bool integer = false) {
  return Expr(ast::Number{value, integer}, {});
}
Expr binary(BinaryOp op, Expr lhs, Expr rhs) {
  return Expr(ast::Binary{op, std::move(lhs), std::move(rhs)}, {});
}

}  // namespace

TEST_CASE("expressions are the same by structure, wherever they stand") {
  CHECK(same(expression("a + f(b, 2)"), expression(" a+f( b,2 )")));
  CHECK(hash_of(expression("a + f(b, 2)")) == hash_of(expression("(a) + f((b), 2)")));
  CHECK(same(Expr(), Expr()));
  CHECK_FALSE(same(Expr(), name("a")));
}

TEST_CASE("expressions that differ anywhere are not the same") {
  const char* texts[] = {"a",     "b",   "a + b", "a - b",     "b + a",      "-a",   "+a",
                         "not a", "f()", "f(a)",  "f(a, b)",   "g(a)",       "True", "False",
                         "1",     "1.0", "2",     "a + b + c", "a + (b + c)"};
  for (const char* x : texts) {
    for (const char* y : texts) {
      CAPTURE(x);
      CAPTURE(y);
      CHECK(same(expression(x), expression(y)) == (x == y));
      CHECK((hash_of(expression(x)) == hash_of(expression(y))) == (x == y));
    }
  }
}

TEST_CASE("numbers are compared bit by bit") {
  CHECK_FALSE(same(number(0.0), number(-0.0)));
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(same(number(nan), number(nan)));
  CHECK_FALSE(same(number(2.0, true), number(2.0, false)));
}

TEST_CASE("a node knows how many nodes and levels are below it") {
  const Expr e = expression("a + f(b, -c)*2");
  CHECK(e->size == 8);  // + a * f b - c 2
  CHECK(e->height == 5);
  CHECK(name("a")->height == 1);
  CHECK(name("a")->size == 1);
}

TEST_CASE("trees with shared parts are compared without walking every path") {
  // 2**200 paths, but 201 nodes: this would never end.
  Expr a = name("x"), b = name("x"), c = name("y");
  for (int i = 0; i < 200; ++i) {
    a = binary(BinaryOp::add, a, a);
    b = binary(BinaryOp::add, b, b);
    c = binary(BinaryOp::add, c, c);
  }
  CHECK(same(a, b));
  CHECK_FALSE(same(a, c));
  CHECK(a->size == std::numeric_limits<std::uint64_t>::max());  // counted as far as it goes
  CHECK(a->height == 201);
}

TEST_CASE("a very deep tree is compared without recursion") {
  Expr a = name("x"), b = name("x");
  const auto grow = [](Expr e) { return binary(BinaryOp::subtract, std::move(e), Expr(ast::Name{"y"}, {})); };
  for (int i = 0; i < 1000; ++i) a = grow(a), b = grow(b);
  CHECK(same(a, b));
  CHECK_FALSE(same(a, grow(b)));
}

TEST_CASE("an expression can be moved to another place") {
  const Expr e = expression("a + b");
  const Place place{make_source("other", "12345"), {1, 3}};
  const Expr moved = with_place(e, place);
  CHECK(same(e, moved));
  CHECK(moved->place.text() == "23");
}
