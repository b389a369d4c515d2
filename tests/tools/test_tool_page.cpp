// Holds docs/tool.md to what the tool does.
#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <ranvier/tools/command.hpp>

#include "tests/support/folder.hpp"
#include "tests/tools/dialogue.hpp"
#include "tests/tools/process.hpp"

using namespace ranvier;

namespace {

constexpr std::string_view begin_mark = "<!-- commands -->\n", end_mark = "<!-- /commands -->";

std::string page_path() {
  return test_folder + "/../docs/tool.md";
}

std::string table_of_commands() {
  std::string table = "| command | what it does |\n|---|---|\n";
  for (const tool::Command& command : tool::commands())
    table += "| `" + std::string(command.syntax) + "` | " + std::string(command.help) + " |\n";
  return table;
}

std::vector<std::string> models_in(const std::string& page) {
  std::vector<std::string> models;
  for (std::size_t at = page.find("```rv\n"); at != std::string::npos; at = page.find("```rv\n", at)) {
    const std::size_t begin = at + 6, end = page.find("```", begin);
    models.push_back(page.substr(begin, end - begin));
    at = end;
  }
  return models;
}

}  // namespace

TEST_CASE("the page of the tool lists every command") {
  std::string page = test::contents_of(page_path());
  const std::size_t begin = page.find(begin_mark) + begin_mark.size(), end = page.find(end_mark);
  REQUIRE(end != std::string::npos);
  if (std::getenv("RANVIER_REBASE"))
    std::ofstream(page_path()) << page.replace(begin, end - begin, table_of_commands());
  else
    CHECK(page.substr(begin, end - begin) == table_of_commands());
}

TEST_CASE("the models on the page of the tool run as they stand there") {
  const std::vector<std::string> models = models_in(test::contents_of(page_path()));
  CHECK(models.size() >= 3);
  for (const std::string& model : models) {
    CAPTURE(model);
    test::Dialogue dialogue(false);
    CHECK(dialogue.say(model) == "");
    CHECK(dialogue.session.built().network().time().si() > 0);
  }
}
