#include <doctest/doctest.h>
#include <ranvier/grammar/diagnostics.hpp>

using namespace ranvier;

namespace {

Diagnostic problem(const SourcePtr& source, Span span, std::string message = "message") {
  Diagnostic d;
  d.place = {source, span};
  d.message = std::move(message);
  return d;
}

}  // namespace

TEST_CASE("a diagnostic shows the line, carets below the place, notes and help") {
  const SourcePtr source = make_source("equations of neurons", "dv/dt = -v/tau : volt");
  Diagnostic d = problem(source, {8, 14}, "dv/dt must have dimension volt/second, but this is volt");
  d.code = DiagnosticCode::wrong_dimension;
  d.note("tau is declared dimensionless").helped_by("declare tau in second");
  CHECK(render(d) ==
        "error[RV0301]: dv/dt must have dimension volt/second, but this is volt\n"
        " --> equations of neurons:1:9\n"
        "  |\n"
        "1 | dv/dt = -v/tau : volt\n"
        "  |         ^^^^^^\n"
        "  |\n"
        "  = note: tau is declared dimensionless\n"
        "  = help: declare tau in second\n");
}

TEST_CASE("a note with a place of its own shows it likewise") {
  const SourcePtr source = make_source("equations", "dv/dt = -v/tau : volt\ntau : 1\n");
  Diagnostic d = problem(source, {8, 14});
  d.note("tau is declared here", {source, {22, 29}});
  CHECK(render(d) ==
        "error[RV0101]: message\n"
        " --> equations:1:9\n"
        "  |\n"
        "1 | dv/dt = -v/tau : volt\n"
        "  |         ^^^^^^\n"
        "note: tau is declared here\n"
        " --> equations:2:1\n"
        "  |\n"
        "2 | tau : 1\n"
        "  | ^^^^^^^\n");
}

TEST_CASE("a fix is shown as the mended line") {
  const SourcePtr source = make_source("threshold", "v^2 > 3 x");
  Diagnostic d = problem(source, {1, 2});
  d.fixed_by({source, {1, 2}}, "**").fixed_by({source, {7, 8}}, "*");
  CHECK(render(d).ends_with("  = help: write: v**2 > 3*x\n"));
}

TEST_CASE("a fix that is no text of one line is described") {
  const SourcePtr source = make_source("equations", "v : 1; w : 1");
  Diagnostic line = problem(source, {5, 6});
  line.fixed_by({source, {5, 6}}, "\n");
  CHECK(render(line).ends_with("  = help: start a new line here\n"));
  const SourcePtr wide = make_source("equations", std::string(200, 'x') + "^2");
  Diagnostic replaced = problem(wide, {200, 201});
  replaced.fixed_by({wide, {200, 201}}, "**");
  CHECK(render(replaced).ends_with("  = help: write `**` in place of `^`\n"));
}

TEST_CASE("a problem without a place is a sentence") {
  Diagnostic d;
  d.severity = Severity::warning;
  d.code = DiagnosticCode::flag_without_effect;
  d.message = "nothing to clamp";
  d.note("there is no refractory period");
  CHECK(render(d) == "warning[RV0608]: nothing to clamp\n  = note: there is no refractory period\n");
}

TEST_CASE("tabs take four columns and other characters one") {
  const SourcePtr source = make_source("equations", "\tx = \t\xc2\xb5 + y : 1");
  CHECK(render(problem(source, {6, 8})).ends_with("1 |     x =     \xc2\xb5 + y : 1\n  |             ^\n"));
  CHECK(render(problem(source, {11, 12})).ends_with("  |                 ^\n"));
}

TEST_CASE("bytes that a terminal must not see are replaced") {
  const SourcePtr source = make_source("text", std::string("a\x1b[31m\xff\0b", 9));
  CHECK(render(problem(source, {8, 9})).ends_with("1 | a?[31m??b\n  |         ^\n"));
}

TEST_CASE("a place between characters and behind the end gets one caret") {
  const SourcePtr source = make_source("text", "abc");
  CHECK(render(problem(source, {1, 1})).ends_with("1 | abc\n  |  ^\n"));
  CHECK(render(problem(source, {3, 3})).ends_with("1 | abc\n  |    ^\n"));
  CHECK(render(problem(make_source("text", ""), {0, 0})).ends_with("1 | \n  | ^\n"));
  CHECK(render(problem(make_source("text", "a\n"), {2, 2})).ends_with("2 | \n  | ^\n"));
  CHECK(render(problem(source, {77, 99})).ends_with("1 | abc\n  |    ^\n"));
}

TEST_CASE("a place over several lines shows each of them, and the middle of many is left out") {
  const SourcePtr source = make_source("text", "x = a +\n  b +\n\n  c +\n  d : 1");
  CHECK(render(problem(source, {4, 14})).ends_with("1 | x = a +\n  |     ^^^\n2 |   b +\n  |   ^^^\n"));
  CHECK(render(problem(source, {4, 25})) ==
        "error[RV0101]: message\n"
        " --> text:1:5\n"
        "  |\n"
        "1 | x = a +\n"
        "  |     ^^^\n"
        "2 |   b +\n"
        "  |   ^^^\n"
        "3 | \n"
        "  | ^\n"
        ".\n"
        "5 |   d : 1\n"
        "  |   ^\n");
}

TEST_CASE("line numbers are aligned") {
  const SourcePtr source = make_source("text", std::string(8, '\n') + "ab\ncd");
  CHECK(render(problem(source, {8, 13})) ==
        "error[RV0101]: message\n"
        "  --> text:9:1\n"
        "   |\n"
        " 9 | ab\n"
        "   | ^^\n"
        "10 | cd\n"
        "   | ^^\n");
}

TEST_CASE("a long line is cut around the place") {
  const std::string before(500, 'a'), after(1'000'000, 'b');
  const std::string text = render(problem(make_source("text", before + "XYZ" + after), {500, 503}));
  CHECK(text.size() < 500);
  const auto line = text.find("1 | ...");
  REQUIRE(line != std::string::npos);
  CHECK(text.find("aXYZb") != std::string::npos);
  const auto caret_line = text.rfind("\n  | ") + 1;
  CHECK(text.find('^') - caret_line == text.find("XYZ") - line);
  CHECK(text.ends_with("^^^\n"));
}

TEST_CASE("very many problems are not all printed") {
  const std::vector<Diagnostic> many(1000, problem(make_source("text", "x"), {0, 1}));
  CHECK(render(many).ends_with("... and 900 more\n"));
  CHECK(render(std::vector<Diagnostic>{}) == "");
}

TEST_CASE("a place in a generated text names the call that wrote it") {
  const SourcePtr source =
      make_source("equations", "a : 1\nb : 1", {{{0, 5}, "model.noise()"}, {{6, 11}, "model.synapse(...)"}});
  Diagnostic diagnostic;
  diagnostic.message = "m";
  diagnostic.place = {source, {6, 7}};
  diagnostic.note("declared here", {source, {0, 1}});
  const std::string text = render(diagnostic);
  CHECK(text.find("= note: this text was written by model.synapse(...)\n") != std::string::npos);
  CHECK(text.find("= note: `a` was written by model.noise()\n") != std::string::npos);
}
