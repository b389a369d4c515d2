#include <doctest/doctest.h>

#include <array>
#include <ranvier/grammar/parse.hpp>
#include <set>

#include "tests/oracle/muparser_oracle.hpp"

using namespace ranvier;
using namespace ranvier::oracle;

namespace {

const std::array<std::string, 15> operators = {"+",  "-", "*",  "/",  "//", "%",   "**", "<",
                                               "<=", ">", ">=", "==", "!=", "and", "or"};

// Written by hand from the definition of the language: how `x row y column z` is read. L: (x row y) column z,
// R: x row (y column z), -: not at all (comparisons are not chained).
//                                           +    *     **   <        !=  or
const std::array<std::string_view, 15> readings = {"LLRRRRRLLLLLLLL",   // +
                                                   "LLRRRRRLLLLLLLL",   // -
                                                   "LLLLLLRLLLLLLLL",   // *
                                                   "LLLLLLRLLLLLLLL",   // /
                                                   "LLLLLLRLLLLLLLL",   // //
                                                   "LLLLLLRLLLLLLLL",   // %
                                                   "LLLLLLRLLLLLLLL",   // **
                                                   "RRRRRRR------LL",   // <
                                                   "RRRRRRR------LL",   // <=
                                                   "RRRRRRR------LL",   // >
                                                   "RRRRRRR------LL",   // >=
                                                   "RRRRRRR------LL",   // ==
                                                   "RRRRRRR------LL",   // !=
                                                   "RRRRRRRRRRRRRLL",   // and
                                                   "RRRRRRRRRRRRRRL"};  // or

// What a prefix covers of the operators behind its operand; and what `not` may stand behind.
const std::set<std::string> covered_by_minus = {"**"};
const std::set<std::string> not_covered_by_not = {"and", "or"};
const std::array<std::string, 3> prefixes = {"", "-", "not "};

bool covers(const std::string& prefix, const std::string& op) {
  if (prefix.empty()) return false;
  return prefix == "-" ? covered_by_minus.contains(op) : !not_covered_by_not.contains(op);
}

std::string grouped(const std::string& content) {
  return "(" + content + ")";
}

/// One case of the table: a text, and the same with parentheses around everything.
struct Case {
  std::size_t row, column;
  std::array<std::string, 3> prefix;

  const std::string& first() const { return operators[row]; }
  const std::string& second() const { return operators[column]; }
  std::string text() const {
    return prefix[0] + "x " + first() + " " + prefix[1] + "y " + second() + " " + prefix[2] + "z";
  }
  bool refused() const {
    const bool misplaced = (prefix[1] == "not " && !not_covered_by_not.contains(first())) ||
                           (prefix[2] == "not " && !not_covered_by_not.contains(second()));
    return misplaced || readings[row][column] == '-';
  }
  std::string join(const std::string& x, const std::string& y, const std::string& z, char reading) const {
    return reading == 'L' ? grouped(x + " " + first() + " " + y) + " " + second() + " " + z
                          : x + " " + first() + " " + grouped(y + " " + second() + " " + z);
  }
  std::string explicit_text() const;
};

std::string Case::explicit_text() const {
  const std::string z = grouped(prefix[2] + "z");
  if (covers(prefix[1], second())) {
    const std::string rest = grouped(prefix[1] + grouped("y " + second() + " " + z));
    if (covers(prefix[0], first())) return prefix[0] + grouped("x " + first() + " " + rest);
    return grouped(prefix[0] + "x") + " " + first() + " " + rest;
  }
  const std::string y = grouped(prefix[1] + "y");
  const char reading = readings[row][column];
  if (!covers(prefix[0], first())) return join(grouped(prefix[0] + "x"), y, z, reading);
  if (covers(prefix[0], second())) return prefix[0] + grouped(join("x", y, z, reading));
  return grouped(prefix[0] + grouped("x " + first() + " " + y)) + " " + second() + " " + z;
}

template <class Check>
void for_each_case(const Check& check) {
  for (std::size_t row = 0; row < operators.size(); ++row)
    for (std::size_t column = 0; column < operators.size(); ++column)
      for (const std::string& p : prefixes)
        for (const std::string& q : prefixes)
          for (const std::string& r : prefixes) check(Case{row, column, {p, q, r}});
}

Expr parsed(const std::string& text, Diagnostics& diagnostics) {
  return parse_expression(make_source("expression", text), diagnostics);
}

Value at(MuParserOracle& oracle, const std::string& text, double x, double y, double z) {
  oracle.read(text);
  return oracle.evaluate({real(x), real(y), real(z)});
}

constexpr double points[][3] = {{2.5, 3, 0.5}, {0.3, 1.7, 2}, {-2, 3, 2},      {7, -2, 3}, {0, 0, 1},
                                {1, 0, 0},     {0, 1, 0},     {0.1, 0.2, 0.3}, {1, 0, 1},  {0, 0, -1}};

}  // namespace

TEST_CASE("every pair of operators, with and without prefixes, is read as the table says") {
  int cases = 0;
  for_each_case([&](const Case& c) {
    CAPTURE(c.text());
    Diagnostics diagnostics;
    const Expr found = parsed(c.text(), diagnostics);
    if (c.refused()) {
      CHECK_FALSE(found);
      return;
    }
    ++cases;
    CAPTURE(c.explicit_text());
    REQUIRE(found);
    CHECK(same(found, parsed(c.explicit_text(), diagnostics)));
  });
  CHECK(cases == 133 * 12 + 52 * 18 + 4 * 27);
}

TEST_CASE("muParser, with an operator table of its own, reads every pair the same way") {
  MuParserOracle oracle({"x", "y", "z"});
  for_each_case([&](const Case& c) {
    if (c.refused()) return;
    CAPTURE(c.text());
    for (const auto& [x, y, z] : points) {
      const double flat = as_real(at(oracle, c.text(), x, y, z)).real;
      CHECK(same_bits(flat, as_real(at(oracle, c.explicit_text(), x, y, z)).real));
    }
  });
}

TEST_CASE("the points at which muParser is asked tell the two readings apart") {
  MuParserOracle oracle({"x", "y", "z"});
  std::string alike;
  for_each_case([&](const Case& c) {
    if (c.refused() || !c.prefix[0].empty() || !c.prefix[1].empty() || !c.prefix[2].empty()) return;
    const std::string left = c.join("x", "y", "z", 'L'), right = c.join("x", "y", "z", 'R');
    bool differ = false;
    for (const auto& [x, y, z] : points)
      differ |= !same_bits(as_real(at(oracle, left, x, y, z)).real, as_real(at(oracle, right, x, y, z)).real);
    if (!differ) alike += c.first() + " " + c.second() + "; ";
  });
  CHECK(alike == "and and; or or; ");
}
