#include <doctest/doctest.h>
#include <ranvier/tests/grammar/helpers.hpp>

using namespace ranvier;
using test::Entry;
using test::problems;
using enum ranvier::DiagnosticCode;

namespace {

/// A mistake, the place that the message points at, and the text that its fix leads to ("": no fix is
/// offered).
struct Mistake {
  std::string text;
  DiagnosticCode code;
  std::string place;
  std::string mended;
};

}  // namespace

TEST_CASE("habits from other languages are recognised, pointed at and mended") {
  const Mistake mistakes[] = {
      {"v^2", caret_power, "^", "v**2"},
      {"3 x", implicit_product, "3 x", "3*x"},
      {"2mV", implicit_product, "2mV", "2*mV"},
      {"v w", implicit_product, "v w", "v*w"},
      {"(a)(b)", implicit_product, ")(", "(a)*(b)"},
      {"2(a + b)", implicit_product, "2(", "2*(a + b)"},
      {"(a + b) c", implicit_product, ") c", "(a + b)*c"},
      {"f(x) y", implicit_product, ") y", "f(x)*y"},
      {"a > 0 & b > 0", forbidden_operator, "&", "a > 0 and b > 0"},
      {"a&&b", forbidden_operator, "&&", "a and b"},
      {"a|b", forbidden_operator, "|", "a or b"},
      {"a || b", forbidden_operator, "||", "a or b"},
      {"!a", forbidden_operator, "!", "not a"},
      {"~(a)", forbidden_operator, "~", "not (a)"},
      {"a <> b", forbidden_operator, "<>", "a != b"},
      {"a === b", forbidden_operator, "===", "a == b"},
      {"a => b", forbidden_operator, "=>", "a >= b"},
      {"a =< b", forbidden_operator, "=<", "a <= b"},
      {"a = b", forbidden_operator, "=", "a == b"},
      {"a < b < c", chained_comparison, "< b <", "a < b and b < c"},
      {"0<=x<1", chained_comparison, "<=x<", "0<=x and x<1"},
      {"a == b == c and d", chained_comparison, "== b ==", "a == b and b == c and d"},
      {"007", bad_number, "007", "7"},
      {"a \xc3\x97 b", bad_character, "\xc3\x97", "a * b"},
      {"v\xc2\xb2", bad_character, "\xc2\xb2", "v**2"},
      {"a\xc2\xa0+ b", bad_character, "\xc2\xa0", "a + b"},
  };
  for (const Mistake& mistake : mistakes) {
    CAPTURE(mistake.text);
    const auto found = problems(Entry::expression, mistake.text);
    REQUIRE(found.size() == 1);
    CHECK(found[0].code == mistake.code);
    CHECK(found[0].place.text() == mistake.place);
    CHECK(test::mended(mistake.text, found[0]) == mistake.mended);
    CHECK(problems(Entry::expression, mistake.mended).empty());
  }
}

TEST_CASE("what cannot be mended mechanically gets an explanation") {
  const Mistake mistakes[] = {
      {"a if b else c", forbidden_operator, "if", "int(condition)"},
      {"b ? a : c", forbidden_operator, "?", "int(condition)"},
      {"x[0]", forbidden_operator, "[", "subscripts"},
      {"x.y", forbidden_operator, ".", "attributes"},
      {"a in b", forbidden_operator, "in", "=="},
      {"lambda", forbidden_operator, "lambda", "subexpression"},
      {"99999999999999999999", bad_number, "99999999999999999999", "1e16"},
      {"(a, b)", syntax, ",", "arguments"},
  };
  for (const Mistake& mistake : mistakes) {
    CAPTURE(mistake.text);
    const auto found = problems(Entry::expression, mistake.text);
    REQUIRE(!found.empty());
    CHECK(found[0].code == mistake.code);
    CHECK(found[0].place.text() == mistake.place);
    CHECK(found[0].help.find(mistake.mended) != std::string::npos);
  }
}

TEST_CASE("parentheses without a partner are pointed at") {
  struct Row {
    std::string text;
    std::vector<std::uint32_t> places;
  };
  const Row rows[] = {{"(a + b", {0}}, {"f((a)", {1}},      {"((", {0, 1}},
                      {"a)", {1}},     {"(a))*b)", {3, 6}}, {"a) + (b", {1, 5}}};
  for (const Row& row : rows) {
    CAPTURE(row.text);
    std::vector<std::uint32_t> places;
    for (const Diagnostic& d : problems(Entry::expression, row.text)) {
      CHECK(d.code == unbalanced_parenthesis);
      places.push_back(d.place.span.begin);
    }
    CHECK(places == row.places);
  }
}

TEST_CASE("nothing where a value is needed is an empty expression") {
  CHECK(problems(Entry::expression, "").at(0).code == empty_expression);
  CHECK(problems(Entry::expression, " # nothing").at(0).code == empty_expression);
  CHECK(problems(Entry::expression, "a + ()").at(0).place.text() == "()");
}

TEST_CASE("a missing operand is reported with what stands before it") {
  const auto at_end = problems(Entry::expression, "a + b *");
  REQUIRE(at_end.size() == 1);
  CHECK(at_end[0].place.text() == "*");
  CHECK(at_end[0].message == "expected an operand after `*`");
  const auto inside = problems(Entry::expression, "a * / b");
  REQUIRE(inside.size() == 1);
  CHECK(inside[0].message == "expected an operand after `*`, but found `/`");
}

TEST_CASE("comparisons joined by words or in their own parentheses are not chained") {
  for (const char* text :
       {"a < b and b < c", "(a < b) == (c < d)", "f(a < b, c < d)", "not a < b or c > d"}) {
    CHECK(problems(Entry::expression, text).empty());
  }
}

TEST_CASE("several mistakes of one expression are all reported, in order") {
  const auto found = problems(Entry::expression, "3 x + y^2 && (z");
  REQUIRE(found.size() == 4);
  CHECK(found[0].code == implicit_product);
  CHECK(found[1].code == caret_power);
  CHECK(found[2].code == forbidden_operator);
  CHECK(found[3].code == unbalanced_parenthesis);
}
