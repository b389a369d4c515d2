// Good models: everything in them is part of the language.
#include <algorithm>
#include <map>

#include <doctest/doctest.h>

#include <ranvier/grammar/parse.hpp>
#include <ranvier/grammar/print.hpp>
#include <ranvier/tests/support/model_file.hpp>

using namespace ranvier;
using test::ModelFile;
using test::models_in;

namespace {

/// The codes of a verdict, one a line, each once.
std::string codes_of(const test::Verdict& verdict) {
  std::string codes;
  for (const Diagnostic& problem : verdict.diagnostics) {
    const std::string code = code_name(problem.code);
    if (codes.find(code) == codes.npos) codes += (codes.empty() ? "" : "\n") + code;
  }
  return codes;
}

std::string printed(const std::optional<Generator>& generator) {
  return generator ? print(*generator) : "";
}
std::string printed(const auto& parsed) {
  return print(parsed);
}

/// Prints what was parsed, twice: the second text comes from the first.
template <class Parse>
void check_round_trip(const std::string& text, Parse parse) {
  Diagnostics diagnostics;
  const std::string once = printed(parse(make_source("text", text), diagnostics, Limits{}));
  const std::string twice = printed(parse(make_source("printed", once), diagnostics, Limits{}));
  INFO(render(diagnostics.all()));
  CHECK(diagnostics.all().empty());
  CHECK(once == twice);
}

}  // namespace

TEST_CASE("every good model compiles, with the warnings it announces") {
  for (const ModelFile& model : models_in("valid")) {
    CAPTURE(model.name);
    const test::Verdict verdict = test::compile(model);
    const std::string* announced = model.find("warnings");
    INFO(render(verdict.diagnostics));
    CHECK_FALSE(verdict.refused());
    CHECK(codes_of(verdict) == (announced ? *announced : ""));
  }
}

TEST_CASE("there are as many good models as bad ones, and no two are the same") {
  std::map<std::string, std::string> known;  // texts -> name
  for (const ModelFile& model : models_in("valid")) {
    CAPTURE(model.name);
    CHECK_FALSE(model.remark.empty());
    std::string texts;
    for (const test::Section& section : model.sections) texts += "[" + section.name + "]" + section.text;
    const auto [other, is_new] = known.try_emplace(texts, model.name);
    INFO("like ", other->second);
    CHECK(is_new);
  }
  CHECK(known.size() >= models_in("errors").size());
}

TEST_CASE("the texts of every good model survive being printed and parsed again") {
  for (const ModelFile& model : models_in("valid")) {
    CAPTURE(model.name);
    for (const test::Section& section : model.sections) {
      CAPTURE(section.name);
      switch (test::language_of(section.name)) {
        case test::Language::equations:
          check_round_trip(section.text, parse_equations);
          break;
        case test::Language::statements:
          check_round_trip(section.text, parse_statements);
          break;
        case test::Language::expression:
          check_round_trip(section.text, parse_expression);
          break;
        case test::Language::generator:
          check_round_trip(section.text, parse_generator);
          break;
        default:
          break;
      }
    }
  }
}
