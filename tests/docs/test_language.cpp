#include <doctest/doctest.h>

#include <charconv>
#include <cstdlib>
#include <fstream>
#include <ranvier/compiler/builtins.hpp>
#include <ranvier/compiler/methods.hpp>
#include <ranvier/grammar/codes.hpp>
#include <ranvier/tests/support/folder.hpp>
#include <set>
#include <sstream>

#include "tests/docs/language_page.hpp"

using namespace language_page;

namespace {

constexpr std::string_view codes_begin = "<!-- codes -->\n", codes_end = "<!-- /codes -->";

std::string table_of_codes() {
  std::string table = "| code | meaning |\n|---|---|\n";
  for (const ranvier::CodeText& row : ranvier::all_codes())
    table += "| " + ranvier::code_name(row.code) + " | " + std::string(row.title) + " |\n";
  return table;
}

constexpr std::string_view methods_begin = "<!-- methods -->\n", methods_end = "<!-- /methods -->";

std::string table_of_methods() {
  constexpr const char* noises[] = {"none", "additive", "diagonal", "any"};
  std::string table = "| method | noise | lines |\n|---|---|---|\n";
  for (const ranvier::Method& row : ranvier::methods()) {
    std::string lines = row.solver == ranvier::Solver::exact ? "the exponential of a linear system"
                        : row.solver == ranvier::Solver::exponential
                            ? "the same of each equation alone, the others held at the old state"
                            : "`" + std::string(row.text) + "`";
    for (std::size_t at = lines.find('\n'); at != std::string::npos; at = lines.find('\n'))
      lines.replace(at, 1, "`<br>`");
    table += "| `" + std::string(row.name) + "` | " + noises[static_cast<std::size_t>(row.noise)] + " | " +
             lines + " |\n";
  }
  return table;
}

/// The text between two marks.
std::string between(const std::string& page, std::string_view begin, std::string_view end) {
  const std::size_t from = page.find(begin) + begin.size();
  return page.substr(from, page.find(end) - from);
}

/// The page with the table of codes and the messages that the library gives now.
std::string rebased(std::string page) {
  const std::size_t begin = page.find(codes_begin) + codes_begin.size(), end = page.find(codes_end);
  page.replace(begin, end - begin, table_of_codes());
  const std::size_t first = page.find(methods_begin) + methods_begin.size();
  page.replace(first, page.find(methods_end) - first, table_of_methods());
  const auto list = examples(page);
  for (auto example = list.rbegin(); example != list.rend(); ++example)
    if (example->message_end > 0)
      page.replace(example->message_begin, example->message_end - example->message_begin,
                   answer_to(*example));
  return page;
}

/// Lines `expression -> value` of the blocks ```values.
struct Value {
  std::string expression, value;
};
std::vector<Value> values(const std::string& page) {
  std::vector<Value> list;
  for (const Example& example : examples(page)) {
    if (example.kind != "values") continue;
    std::stringstream lines(example.text);
    for (std::string line; std::getline(lines, line);) {
      const std::size_t arrow = line.find("->");
      REQUIRE(arrow != std::string::npos);
      list.push_back({line.substr(0, line.find_last_not_of(' ', arrow - 1) + 1),
                      line.substr(line.find_first_not_of(' ', arrow + 2))});
    }
  }
  return list;
}

double number(const std::string& text) {
  if (text == "True" || text == "False") return text == "True";
  double value = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  REQUIRE(error == std::errc());
  return value;
}

bool is_text_of_model(const Example& example) {
  static const std::set<std::string> others{"values", "cpp", "ebnf"};
  return !others.contains(example.kind);
}

}  // namespace

TEST_CASE("the library answers to every example of the language page as the page says") {
  if (std::getenv("RANVIER_REBASE")) {
    const std::string page = rebased(read_page());
    std::ofstream(test_folder + "/../docs/language.md") << page;
  }
  const std::string page = read_page();
  int refused = 0, accepted = 0;
  for (const Example& example : examples(page)) {
    if (!is_text_of_model(example)) continue;
    CAPTURE(example.line);
    CAPTURE(example.text);
    const std::string answer = answer_to(example);
    CHECK((example.expected == Expected::refused) == (answer.find("error[RV") != std::string::npos));
    CHECK((example.expected == Expected::warned) == (answer.find("warning[RV") != std::string::npos));
    CHECK(answer == example.message);
    ++(example.expected == Expected::accepted ? accepted : refused);
  }
  CHECK(accepted >= 14);
  CHECK(refused >= 22);
}

TEST_CASE("the values on the language page are what kernels compute") {
  const auto list = values(read_page());
  CHECK(list.size() >= 20);
  for (const auto& [expression, value] : list) {
    CAPTURE(expression);
    const bool condition = value == "True" || value == "False";
    CHECK(value_of(condition ? "int(" + expression + ")" : expression) ==
          doctest::Approx(number(value)).epsilon(1e-15));
  }
}

TEST_CASE("the language page names every function and every code") {
  const std::string page = read_page();
  for (const ranvier::Builtin& builtin : ranvier::builtins()) {
    CAPTURE(builtin.name);
    CHECK(page.find("`" + std::string(builtin.name) + "(") != std::string::npos);
  }
  for (const ranvier::CodeText& row : ranvier::all_codes()) {
    CAPTURE(ranvier::code_name(row.code));
    CHECK(page.find("| " + ranvier::code_name(row.code) + " | " + std::string(row.title) + " |") !=
          std::string::npos);
  }
}

TEST_CASE("the language page shows the integration methods as they are") {
  CHECK(between(read_page(), methods_begin, methods_end) == table_of_methods());
}
