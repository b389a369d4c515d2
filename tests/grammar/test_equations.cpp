#include <doctest/doctest.h>
#include <ranvier/tests/grammar/helpers.hpp>

using namespace ranvier;
using test::Entry;
using test::equations;
using test::problems;

TEST_CASE("an equation is a parameter, a subexpression or a differential equation") {
  const Block block =
      equations("dv/dt = (I - v)/tau : volt (unless refractory)\nI = g*2 : amp\ntau : second");
  REQUIRE(block.size() == 3);
  CHECK(block[0].kind == EquationKind::differential);
  CHECK(block[0].name == "v");
  CHECK(block[0].name_place.span == Span{1, 2});
  CHECK(block[0].rhs->place.text() == "(I - v)/tau");
  CHECK(block[0].unit == "volt");
  CHECK(block[0].unit_place.text() == "volt");
  REQUIRE(block[0].flags.size() == 1);
  CHECK(block[0].flags[0].text == "unless refractory");
  CHECK(block[0].flags[0].place.text() == "unless refractory");
  CHECK(block[0].place.text() == "dv/dt = (I - v)/tau : volt (unless refractory)");
  CHECK(block[1].kind == EquationKind::subexpression);
  CHECK(block[1].place.text() == "I = g*2 : amp");
  CHECK(block[2].kind == EquationKind::parameter);
  CHECK_FALSE(block[2].rhs);
  CHECK(block[2].name_place.text() == "tau");
}

TEST_CASE("white space and comments may stand between any two tokens") {
  const std::string expected = print(equations("dv/dt=-v/tau:1(constant,shared)"));
  CHECK(print(equations("d v / dt = -v/tau : 1 (constant, shared)")) == expected);
  CHECK(print(equations("\n d\nv\n/\ndt\n=\n-v\n/tau\n:\n1\n(constant\n,\nshared\n)\n")) == expected);
  CHECK(
      print(equations(
          "dv/dt = # rate: slow\r\n\t-v # leak\n/tau : # unit\n 1 # none\n (constant, # first\n shared)")) ==
      expected);
}

TEST_CASE("an empty block is valid") {
  for (const char* text : {"", "  \n\t\n", "# only a comment : here", "\n# one\n# two = 3 : x"}) {
    CHECK(equations(text).empty());
  }
}

TEST_CASE("variables may have names that look like parts of the notation") {
  CHECK(equations("dd/dt = 1 : 1")[0].name == "d");
  CHECK(equations("dt_x : 1")[0].name == "dt_x");
  CHECK(equations("ddt/dt = 1 : 1")[0].name == "dt");
  CHECK(equations("d : 1")[0].name == "d");
  CHECK(equations("d = dt : second")[0].kind == EquationKind::subexpression);
  CHECK(equations("dv = 3 : 1")[0].name == "dv");
  CHECK(equations("d1 = 3 : 1")[0].name == "d1");
  CHECK(equations("_x : 1")[0].name == "_x");  // refused by the compiler, which knows why
}

TEST_CASE("the text of a unit is kept, trimmed") {
  const std::pair<std::string, std::string> rows[] = {{"x : siemens/meter**2", "siemens/meter**2"},
                                                      {"x :  volt  ", "volt"},
                                                      {"x : siemens*meter**-2", "siemens*meter**-2"},
                                                      {"x : 1/second", "1/second"},
                                                      {"x : volt**0.5", "volt**0.5"},
                                                      {"x : mV", "mV"},
                                                      {"x : 1.0", "1.0"},
                                                      {"x : boolean (constant)", "boolean"},
                                                      {"x : amp # note", "amp"},
                                                      {"x = (a == b) : boolean", "boolean"},
                                                      {"x :\n volt", "volt"},
                                                      {"x : amp * second", "amp * second"}};
  for (const auto& [text, unit] : rows) {
    CAPTURE(text);
    CHECK(equations(text).at(0).unit == unit);
  }
}

TEST_CASE("flags are words between commas, with surrounding blanks dropped") {
  const Block block = equations("x : 1 ( constant , constant over  dt,event-driven ) y : 1 (nonsense 2)");
  REQUIRE(block.size() == 2);  // the list of flags ends the first equation
  REQUIRE(block[0].flags.size() == 3);
  CHECK(block[0].flags[0].text == "constant");
  CHECK(block[0].flags[1].text == "constant over dt");
  CHECK(block[0].flags[2].text == "event-driven");
  CHECK(block[1].flags.at(0).text == "nonsense 2");
  CHECK(equations("x : 1 (constant, constant)")[0].flags.size() == 2);
}

TEST_CASE("an expression may run over several lines") {
  const Block block = equations("dv/dt = (a\n + b) # first\n  * c -\n d\n : volt\nx : 1");
  REQUIRE(block.size() == 2);
  CHECK(print(block[0].rhs) == "(a + b)*c - d");
  // A line of an expression may look like the start of a parameter where an operand has to follow.
  CHECK(equations("x = a +\n b : 1").size() == 1);
}

namespace {

struct Row {
  std::string text;
  DiagnosticCode code;
  std::string place;
};
using enum DiagnosticCode;
const Row bad_equations[] = {{"d/dt = 3 : 1", syntax, "d/dt"},
                             {"v/dt = 3 : 1", syntax, "v/dt"},
                             {"dv/dx = 3 : 1", syntax, "dv/dx"},
                             {"dv/dt : volt", syntax, "dv/dt"},
                             {"dv/dt -v : volt", syntax, "-"},
                             {"x == 3 : 1", syntax, "=="},
                             {"x += 3 : 1", syntax, "+="},
                             {"3 : 1", syntax, "3"},
                             {"x y : 1", syntax, "x"},
                             {"x", missing_unit, ""},
                             {"x = y", missing_unit, ""},
                             {"x : ", missing_unit, ":"},
                             {"x : (constant)", missing_unit, ":"},
                             {"x = : 1", empty_expression, ""},
                             {"x : volt + amp", syntax, "+"},
                             {"x : meter^2", caret_power, "^"},
                             {"x : volt/(meter)", syntax, "("},
                             {"x : 1 y : 1", syntax, "y"},
                             {"x : 1 ()", bad_flag_list, ")"},
                             {"x : 1 (constant,)", bad_flag_list, ")"},
                             {"x : 1 (a+b)", bad_flag_list, "+"},
                             {"x : 1 (2)", bad_flag_list, "2"},
                             {"x : 1 (constant", unbalanced_parenthesis, "("},
                             {"x : 1; y : 1", bad_character, ";"},
                             {"x = (a : 1", unbalanced_parenthesis, "("},
                             {"lambda : 1", reserved_name, "lambda"},
                             {"True = 1 : 1", reserved_name, "True"},
                             {"v' = 3 : 1", bad_character, "'"},
                             {"x = a \\\n + b : 1", bad_character, "\\"},
                             {"\xcf\x84 : 1", bad_character, "\xcf\x84"},
                             {"x = \xcf\x84 : 1", bad_character, "\xcf\x84"},
                             {"x : 1 (a\nb)", bad_flag_list, "b"}};

}  // namespace

TEST_CASE("texts that are no equations are refused with the place") {
  for (const Row& row : bad_equations) {
    CAPTURE(row.text);
    const auto found = problems(Entry::equations, row.text);
    REQUIRE(found.size() == 1);
    CHECK(found[0].code == row.code);
    CHECK(found[0].place.text() == row.place);
  }
}

TEST_CASE("a missing unit is reported on the line that lacks it") {
  const auto found = problems(Entry::equations, "dv/dt = -v/tau # no unit\ndw/dt = -w/tau : 1\nx = y\nz : 1");
  REQUIRE(found.size() == 2);
  CHECK(found[0].code == DiagnosticCode::missing_unit);
  CHECK(found[0].place.span == Span{14, 14});
  CHECK(found[0].message.find("dv/dt") != std::string::npos);
  CHECK(found[1].place.source->position(found[1].place.span.begin).line == 3);
  CHECK(found[0].fixes.empty());  // which unit is for the compiler to say
}

TEST_CASE("all mistakes of a block are reported, and every name that is defined is returned") {
  const char* text =
      "dv/dt = v^2 : volt\n"
      "du/dt = -u/tau : volt\n"
      "w = 3 x : 1\n"
      "d/dt = 2 : 1\n"
      "x == 4 : 1\n"
      "y : 1 (\n"
      "z : \n"
      "k : 1 (constant)\n";
  Diagnostics diagnostics;
  const Block block = parse_equations(make_source("text", text), diagnostics);
  std::vector<std::uint32_t> lines;
  for (const Diagnostic& d : diagnostics.all())
    lines.push_back(d.place.source->position(d.place.span.begin).line);
  CHECK(lines == std::vector<std::uint32_t>{1, 3, 4, 5, 6, 7});
  std::string names, broken;
  for (const Equation& equation : block) (equation.broken ? broken : names) += equation.name;
  CHECK(names == "uk");
  CHECK(broken == "vwxyz");
}
