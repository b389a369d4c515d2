#include <doctest/doctest.h>
#include <ranvier/grammar/diagnostics.hpp>

using namespace ranvier;

TEST_CASE("problems are collected and thrown together") {
  Diagnostics diagnostics;
  diagnostics.raise_if_errors();
  diagnostics.warning(DiagnosticCode::shadowed_name, {}, "first");
  CHECK_FALSE(diagnostics.has_errors());
  diagnostics.raise_if_errors();  // warnings alone are no reason to stop
  diagnostics.error(DiagnosticCode::syntax, {}, "second");
  CHECK(diagnostics.has_errors());
  try {
    diagnostics.raise_if_errors();
    FAIL("expected a ModelError");
  } catch (const ModelError& error) {
    REQUIRE(error.diagnostics().size() == 2);
    CHECK(error.diagnostics()[1].message == "second");
    CHECK(std::string(error.what()) == "warning[RV0214]: first\n\nerror[RV0101]: second\n");
  }
}

TEST_CASE("a ModelError is an Error and a std::runtime_error") {
  CHECK_THROWS_AS(throw ModelError({}), Error);
  CHECK_THROWS_AS(throw NetworkError("wiring"), std::runtime_error);
  CHECK_THROWS_AS(throw BackendError("machine"), Error);
}

TEST_CASE("a diagnostic is built in one expression") {
  Diagnostics diagnostics;
  const Place place{make_source("text", "a^b"), {1, 2}};
  const Diagnostic& problem = diagnostics.error(DiagnosticCode::caret_power, place, "message")
                                  .note("why")
                                  .helped_by("how")
                                  .fixed_by(place, "**");
  CHECK(problem.severity == Severity::error);
  REQUIRE(problem.notes.size() == 1);
  CHECK(problem.notes[0].text == "why");
  CHECK(problem.help == "how");
  REQUIRE(problem.fixes.size() == 1);
  CHECK(problem.fixes[0].replacement == "**");
}

TEST_CASE("appending keeps the order, also to itself") {
  Diagnostics a, b;
  a.error(DiagnosticCode::syntax, {}, "1");
  b.error(DiagnosticCode::syntax, {}, "2");
  a.append(b);
  a.append(a);
  std::string order;
  for (const Diagnostic& d : a.all()) order += d.message;
  CHECK(order == "1212");
}

TEST_CASE("the nearest name is at most a third of the word away") {
  const std::vector<std::string> names{"tau", "tau_m", "refractory", "g_AMPA", "v"};
  CHECK(nearest_name("tua", names) == "tau");               // neighbours swapped: one edit
  CHECK(nearest_name("refactory", names) == "refractory");  // one letter lost
  CHECK(nearest_name("g_ampa", names) == "g_AMPA");         // case counts half
  CHECK(nearest_name("V", names) == "v");
  CHECK(nearest_name("taum", names) == "tau");  // as near as tau_m, but named first
  CHECK(nearest_name("w", names) == "");
  CHECK(nearest_name("xyz", names) == "");
  CHECK(nearest_name("", names) == "");
  CHECK(nearest_name("tau", {"tau"}) == "");  // the word itself is no help
  CHECK(nearest_name("tau", {}) == "");
}

TEST_CASE("a very long word has no nearest name, and costs no time") {
  CHECK(nearest_name(std::string(100'000, 'x'), {std::string(100'000, 'y')}) == "");
}

TEST_CASE("problems of a text are told from its top to its end, text after text") {
  const SourcePtr first = make_source("first", "a b c"), second = make_source("second", "d e");
  Diagnostics diagnostics;
  diagnostics.error(DiagnosticCode::unknown_name, {first, {4, 5}}, "c");
  diagnostics.error(DiagnosticCode::unknown_name, {second, {2, 3}}, "e");
  diagnostics.warning(DiagnosticCode::unused_local, {first, {0, 1}}, "a");
  diagnostics.error(DiagnosticCode::unknown_name, {second, {0, 1}}, "d");
  diagnostics.error(DiagnosticCode::wrong_type, {first, {4, 5}}, "c again");
  try {
    diagnostics.raise_if_errors();
    FAIL("nothing was thrown");
  } catch (const ModelError& error) {
    std::string order;
    for (const Diagnostic& d : error.diagnostics()) order += d.message + ", ";
    CHECK(order == "a, c, c again, d, e, ");
  }
}
