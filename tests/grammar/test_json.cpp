#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <ranvier/grammar/json.hpp>
#include <ranvier/tests/grammar/helpers.hpp>

using namespace ranvier;
using nlohmann::json;

namespace {

/// Read back by another's parser, which refuses what is not JSON.
json written(const std::vector<Diagnostic>& diagnostics) {
  return json::parse(to_json(diagnostics));
}

}  // namespace

TEST_CASE("a list without diagnostics is JSON, too") {
  CHECK(written({}) == json{{"version", 1}, {"diagnostics", json::array()}});
}

TEST_CASE("a diagnostic is written with its place in bytes, lines and columns") {
  const json all = written(test::problems(test::Entry::equations, "x : 1\ndv/dt = v^2 : volt"));
  REQUIRE(all["diagnostics"].size() == 1);
  const json& first = all["diagnostics"][0];
  CHECK(first["code"] == "RV0103");
  CHECK(first["title"] == "^ is not an operator");
  CHECK(first["severity"] == "error");
  CHECK(first["message"].get<std::string>().find("`**`") != std::string::npos);
  const json place = {{"source", "text"},   {"begin", 15},   {"end", 16},        {"begin_line", 2},
                      {"begin_column", 10}, {"end_line", 2}, {"end_column", 11}, {"origin", ""}};
  CHECK(first["place"] == place);
  CHECK(first["fixes"] == json::array({json{{"place", place}, {"replacement", "**"}}}));
  CHECK(first["notes"].empty());
}

TEST_CASE("notes, help and the call that wrote a text are written") {
  const SourcePtr source = make_source("equations", "a : 1\nb : 1", {{{6, 11}, "model.noise()"}});
  Diagnostic diagnostic;
  diagnostic.severity = Severity::warning;
  diagnostic.message = "m";
  diagnostic.note("somewhere", {source, {6, 7}}).note("anywhere").helped_by("do");
  const json first = written({diagnostic})["diagnostics"][0];
  CHECK(first["severity"] == "warning");
  CHECK(first["place"].is_null());
  CHECK(first["help"] == "do");
  CHECK(first["notes"][0]["message"] == "somewhere");
  CHECK(first["notes"][0]["place"]["origin"] == "model.noise()");
  CHECK(first["notes"][0]["place"]["begin_line"] == 2);
  CHECK(first["notes"][1]["place"].is_null());
}

TEST_CASE("any byte is escaped so that another program reads it back") {
  std::string bytes;
  for (int c = 0; c < 128; ++c) bytes += static_cast<char>(c);
  bytes += "\u00b5\u2212\U0001F9E0";
  CHECK(json::parse(to_json(bytes)) == bytes);
  CHECK(json::parse(to_json("\x80 \xe2\x88")) == "\ufffd \ufffd\ufffd");
}
