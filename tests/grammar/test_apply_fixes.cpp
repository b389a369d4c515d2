#include <doctest/doctest.h>
#include <ranvier/grammar/apply_fixes.hpp>
#include <ranvier/tests/grammar/helpers.hpp>

using namespace ranvier;

namespace {

const SourcePtr source = make_source("text", "a ^ b ^ c");

Fix fix(std::uint32_t begin, std::uint32_t end, std::string replacement, const SourcePtr& where = source) {
  return {{where, {begin, end}}, std::move(replacement)};
}

Diagnostic with(std::vector<Fix> fixes) {
  Diagnostic diagnostic;
  diagnostic.fixes = std::move(fixes);
  return diagnostic;
}

std::string applied(const std::vector<Diagnostic>& diagnostics) {
  return apply_fixes(*source, diagnostics);
}

}  // namespace

TEST_CASE("fixes are applied in the order of the text, whatever the order of the list") {
  CHECK(applied({}) == "a ^ b ^ c");
  CHECK(applied({with({fix(6, 7, "**")}), with({fix(2, 3, "**")})}) == "a ** b ** c");
  CHECK(apply_fixes(*source, std::vector{fix(0, 0, "("), fix(5, 5, ")")}) == "(a ^ b) ^ c");
}

TEST_CASE("of two fixes for the same characters the first one is applied") {
  CHECK(applied({with({fix(0, 5, "x")}), with({fix(2, 3, "**")})}) == "x ^ c");
  CHECK(applied({with({fix(2, 3, "**")}), with({fix(0, 5, "x")})}) == "a ** b ^ c");
  CHECK(applied({with({fix(1, 1, "1")}), with({fix(1, 1, "2")})}) == "a1 ^ b ^ c");
}

TEST_CASE("equal fixes are applied once") {
  CHECK(applied({with({fix(2, 3, "**")}), with({fix(2, 3, "**")})}) == "a ** b ^ c");
  CHECK(applied({with({fix(1, 1, "1"), fix(1, 1, "1")}), with({fix(1, 1, "1")})}).starts_with("a1"));
}

TEST_CASE("fixes that touch each other are both applied") {
  CHECK(applied({with({fix(2, 3, "+")}), with({fix(3, 3, "-")}), with({fix(2, 2, "~")})}) == "a ~+- b ^ c");
}

TEST_CASE("the fixes of one diagnostic are applied together or not at all") {
  const Diagnostic pair = with({fix(0, 1, "(a"), fix(5, 5, ")")});
  CHECK(applied({pair}) == "(a ^ b) ^ c");
  CHECK(applied({with({fix(4, 6, "y")}), pair}) == "a ^ y^ c");
}

TEST_CASE("fixes of other texts, and outside of the text, are left alone") {
  const SourcePtr other = make_source("other", "a ^ b ^ c");
  CHECK(applied({with({fix(0, 1, "x", other)})}) == "a ^ b ^ c");
  CHECK(applied({with({fix(0, 1, "x", make_source("text", "a ^ b ^ c"))})}) == "x ^ b ^ c");
  CHECK(applied({with({fix(0, 100, "x")}), with({fix(3, 2, "x")}), with({fix(0, 1, "x", nullptr)})}) ==
        "a ^ b ^ c");
}

TEST_CASE("what the parser proposes mends its text") {
  const SourcePtr habits = make_source("text", "2 a^2 && b || !c");
  Diagnostics diagnostics;
  CHECK_FALSE(parse_expression(habits, diagnostics));
  const std::string mended = apply_fixes(*habits, diagnostics.all());
  CHECK(mended == "2*a**2 and b or not c");
  CHECK(test::expression(mended));
}
