// Bad models and what their users read; see tests/errors/README.md.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <ranvier/grammar/codes.hpp>
#include <ranvier/tests/support/model_file.hpp>

#include "tests/support/golden.hpp"

using namespace ranvier;
using test::ModelFile;
using test::models_in;

namespace {

std::string message_of(const ModelFile& model) {
  const test::Verdict verdict = test::compile(model);
  return verdict.diagnostics.empty() ? "no error\n" : render(verdict.diagnostics);
}

bool has_several(const ModelFile& model) {
  return model.name.starts_with("several_");
}

bool only_warns(const ModelFile& model) {
  return model.name.starts_with("warning_");
}

auto errors_in(const std::vector<Diagnostic>& diagnostics) {
  return std::ranges::count(diagnostics, Severity::error, &Diagnostic::severity);
}

}  // namespace

TEST_CASE("every bad model is answered with the text beside it") {
  CHECK(models_in("errors").size() >= 200);
  for (const ModelFile& model : models_in("errors")) {
    CAPTURE(model.name);
    check_golden("../errors/" + model.name + ".txt", message_of(model));
  }
}

TEST_CASE("one mistake is one error; several are reported at once") {
  for (const ModelFile& model : models_in("errors")) {
    CAPTURE(model.name);
    const auto errors = errors_in(test::compile(model).diagnostics);
    if (has_several(model)) {
      CHECK(errors > 1);
    } else {
      CHECK(errors == (only_warns(model) ? 0 : 1));
    }
  }
}

TEST_CASE("every answer shows the place and a way to mend it, on one screen") {
  for (const ModelFile& model : models_in("errors")) {
    CAPTURE(model.name);
    CHECK_FALSE(model.remark.empty());
    const test::Verdict verdict = test::compile(model);
    for (const Diagnostic& problem : verdict.diagnostics) {
      CAPTURE(problem.message);
      CHECK(problem.place.source != nullptr);
      CHECK_FALSE((problem.help.empty() && problem.fixes.empty()));
      const std::string text = render(problem);
      CHECK(std::ranges::count(text, '\n') <= 24);
      CHECK(text.size() <= 3000);
    }
  }
}

TEST_CASE("there is a bad model for every code") {
  std::string answers;  // the tests of the compiler and of the runtime compare them with what is said
  for (const auto& entry : std::filesystem::directory_iterator(test_folder + "/errors"))
    if (entry.path().extension() == ".txt") {
      std::stringstream text;
      text << std::ifstream(entry.path()).rdbuf();
      answers += text.str();
    }
  for (const CodeText& row : all_codes()) {
    CAPTURE(code_name(row.code));
    CHECK(answers.find("[" + code_name(row.code) + "]") != std::string::npos);
  }
}
