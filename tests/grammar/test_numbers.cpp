#include <doctest/doctest.h>
#include <ranvier/tests/grammar/helpers.hpp>

using namespace ranvier;
using test::Entry;
using test::expression;
using test::problems;

TEST_CASE("numbers are read in every spelling of the language") {
  struct Row {
    std::string text;
    double value;
    bool integer;
  };
  const Row rows[] = {{"0", 0, true},
                      {"42", 42, true},
                      {"1_000_000", 1e6, true},
                      {"0x10", 16, true},
                      {"0XfF", 255, true},
                      {"0o17", 15, true},
                      {"0b101", 5, true},
                      {"0x_ff", 255, true},
                      {"00", 0, true},
                      {"5.", 5, false},
                      {".5", 0.5, false},
                      {"2.0", 2, false},
                      {"1e3", 1000, false},
                      {"1.e3", 1000, false},
                      {"1.5E-3", 0.0015, false},
                      {"1e+2", 100, false},
                      {"010.5", 10.5, false},
                      {"01e1", 10, false},
                      {"1_0.2_5", 10.25, false},
                      {"0e0", 0, false},
                      {"0e999", 0, false},
                      {"9007199254740992", 9007199254740992.0, true},
                      {"0.1", 0.1, false},
                      {"1.7976931348623157e308", 1.7976931348623157e308, false}};
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const auto e = expression(row.text);
    const auto* number = as<ast::Number>(e);
    REQUIRE(number);
    CHECK(number->value == row.value);
    CHECK(number->integer == row.integer);
  }
}

TEST_CASE("what only looks like a number is refused as a whole") {
  for (const std::string text :
       {"1.2.3", "1..2", "0x1G", "0xg", "0b12", "0o8", "1__0", "1_", "007", "0_7", "1e999", "1e-999", "1e3.5",
        "9007199254740993", "99999999999999999999", "0xffffffffffffffffffff", "1._5"}) {
    CAPTURE(text);
    const auto found = problems(Entry::expression, text);
    REQUIRE(found.size() == 1);
    CHECK(found[0].code == DiagnosticCode::bad_number);
    CHECK(found[0].place.text() == text);
  }
}

TEST_CASE("a name right behind a number lacks an operator") {
  for (const std::string text : {"2mV", "3j", "1e", "2e+x", "1.5ms", "2.mV"}) {
    CAPTURE(text);
    const auto found = problems(Entry::expression, text);
    REQUIRE(found.size() == 1);
    CHECK(found[0].code == DiagnosticCode::implicit_product);
    CHECK(problems(Entry::expression, test::mended(text, found[0])).empty());
  }
}

TEST_CASE("names that begin like numbers or constants are names") {
  for (const std::string text :
       {"info", "nand", "infinity_rate", "e3", "x1", "_1", "android", "order", "nothing", "Truely"}) {
    const auto e = expression(text);
    const auto* name = as<ast::Name>(e);
    REQUIRE(name);
    CHECK(name->id == text);
  }
}
