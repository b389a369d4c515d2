#include <doctest/doctest.h>
#include <random>
#include <ranvier/tests/grammar/helpers.hpp>

using namespace ranvier;
using test::expression;

namespace {

/// Random trees over every kind of node. Numbers are not negative: the language has no negative literals.
class RandomExpr {
 public:
  explicit RandomExpr(std::uint32_t seed) : random_(seed) {}

  Expr tree(int depth) {
    const std::uint32_t kind = depth == 0 ? pick(3) : 3 + pick(4);
    if (kind == 0) return Expr(ast::Name{std::string(1, static_cast<char>('a' + pick(26)))}, {});
    if (kind == 1) return Expr(ast::Boolean{pick(2) == 0}, {});
    if (kind == 2) return number();
    if (kind == 3) return Expr(ast::Unary{static_cast<UnaryOp>(pick(3)), tree(depth - 1)}, {});
    if (kind == 4) return call(depth);
    return Expr(ast::Binary{static_cast<BinaryOp>(pick(15)), tree(depth - 1), tree(depth - 1)}, {});
  }

 private:
  std::uint32_t pick(std::uint32_t below) { return random_() % below; }

  Expr number() {
    if (pick(2) == 0) return Expr(ast::Number{static_cast<double>(random_()), true}, {});
    const double mantissa = random_() / 4294967296.0;
    return Expr(ast::Number{std::ldexp(mantissa, static_cast<int>(pick(2000)) - 1000), false}, {});
  }

  Expr call(int depth) {
    std::vector<Expr> args;
    for (std::uint32_t i = pick(3); i > 0; --i) args.push_back(tree(pick(2) == 0 ? 0 : depth - 1));
    return Expr(ast::Call{"f", std::move(args), {}}, {});
  }

  std::mt19937 random_;
};

}  // namespace

TEST_CASE("a printed expression reads back as the same tree") {
  RandomExpr random(1);
  for (int i = 0; i < 3000; ++i) {
    const Expr e = random.tree(i % 7);
    const std::string text = print(e);
    CAPTURE(text);
    const Expr again = expression(text);
    REQUIRE(same(e, again));
    REQUIRE(print(again) == text);
  }
}

TEST_CASE("no printed pair of parentheses could be left out") {
  RandomExpr random(2);
  for (int i = 0; i < 500; ++i) {
    const Expr e = random.tree(i % 4);
    const std::string text = print(e);
    for (std::size_t open = 0; open < text.size(); ++open) {
      const bool call = open > 0 && text[open - 1] == 'f';
      if (text[open] != '(' || call) continue;
      std::size_t close = open;
      for (int depth = 0; close == open || depth > 0; ++close)
        depth += text[close] == '(' ? 1 : text[close] == ')' ? -1 : 0;
      std::string without = text;
      without[open] = without[close - 1] = ' ';
      CAPTURE(text);
      Diagnostics diagnostics;
      CHECK_FALSE(same(e, parse_expression(make_source("text", without), diagnostics)));
    }
  }
}

TEST_CASE("expressions are printed as people write them") {
  const std::pair<std::string, std::string> rows[] = {
      {"-( v )/tau", "-v/tau"},
      {"(a+b)*c", "(a + b)*c"},
      {"((a*b))+c", "a*b + c"},
      {"a-(b-c)", "a - (b - c)"},
      {"(a-b)-c", "a - b - c"},
      {"(2**3)**2", "(2**3)**2"},
      {"2**(3**2)", "2**3**2"},
      {"(-2)**2", "(-2)**2"},
      {"-(2**2)", "-2**2"},
      {"2**(-1)", "2**-1"},
      {"not(a and b)", "not (a and b)"},
      {"(not a) and b", "not a and b"},
      {"(a<b)==(c<d)", "(a < b) == (c < d)"},
      {"f( a,-b )", "f(a, -b)"},
      {"(a or b) and c", "(a or b) and c"},
      {"a%b//c", "a%b//c"},
      {"a*(b/c)", "a*(b/c)"},
      {"- - a", "--a"},
  };
  for (const auto& [text, printed] : rows) CHECK(print(expression(text)) == printed);
}

TEST_CASE("numbers are printed with the fewest digits and keep their kind") {
  const std::pair<std::string, std::string> rows[] = {
      {"2", "2"},
      {"2.0", "2.0"},
      {"2.", "2.0"},
      {"0.1", "0.1"},
      {"0.10000000000000001", "0.1"},
      {"1e3", "1000.0"},
      {"1e22", "1e+22"},
      {"1e-7", "1e-07"},
      {"0x10", "16"},
      {"1_000_000_000", "1000000000"},
      {"0", "0"},
      {"0.0", "0.0"},
      {"5e-324", "5e-324"},
      {"9007199254740992", "9007199254740992"},
  };
  for (const auto& [text, printed] : rows) CHECK(print(expression(text)) == printed);
}

TEST_CASE("constants that only passes can make are printed so that they evaluate alike") {
  const auto number = [](double value, bool integer) { return Expr(ast::Number{value, integer}, {}); };
  const Expr power(ast::Binary{BinaryOp::power, number(-2, true), number(-0.5, false)}, {});
  CHECK(print(power) == "(-2)**-0.5");
  CHECK(print(number(HUGE_VAL, false)) == "inf");
  CHECK(print(number(-HUGE_VAL, false)) == "-inf");
  CHECK(print(Expr()) == "");
}

TEST_CASE("blocks and code are printed in the notation they are read from") {
  const char* block =
      "dv/dt = -v/tau : volt (unless refractory)\nx = a > 2.0 : boolean\ny : 1 (constant, shared)\n";
  CHECK(print(test::equations(block)) == block);
  const char* code = "v = Vr\nw += 2*b\nu -= 1\nk *= 2.0\nl /= 3\nm %= 4\n";
  CHECK(print(test::statements(code)) == code);
}

TEST_CASE("operators have names") {
  CHECK(std::string(spelling(BinaryOp::logical_and)) == "and");
  CHECK(std::string(spelling(BinaryOp::floor_divide)) == "//");
  CHECK(std::string(spelling(UnaryOp::logical_not)) == "not");
  CHECK(std::string(spelling(AssignOp::modulo)) == "%=");
}
