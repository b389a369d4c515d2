#include <doctest/doctest.h>

#include <ranvier/tools/line.hpp>
#include <ranvier/tools/reader.hpp>
#include <ranvier/tools/texts.hpp>

using namespace ranvier;
using namespace ranvier::tool;

namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (const Place& line : logical_lines(make_source("text", text))) lines.emplace_back(line.text());
  return lines;
}

Place all_of(const std::string& text) {
  return {make_source("text", text), {0, static_cast<std::uint32_t>(text.size())}};
}

}  // namespace

TEST_CASE("blank lines, comments and blanks around lines are left out") {
  CHECK(lines_of("a 1\n\n  # nothing\n  b 2   # two\n") == std::vector<std::string>{"a 1", "b 2"});
  CHECK(lines_of("").empty());
  CHECK(lines_of("a '#1'") == std::vector<std::string>{"a '#1'"});
}

TEST_CASE("a line goes on while a parenthesis is open, behind a backslash, and in three quotation marks") {
  CHECK(lines_of("x = (1 +\n 2)\ny = 3") == std::vector<std::string>{"x = (1 +\n 2)", "y = 3"});
  CHECK(lines_of("x = 1 + \\\n 2\ny = 3") == std::vector<std::string>{"x = 1 + \\\n 2", "y = 3"});
  CHECK(lines_of("'''\nx : 1\n\ny : 1\n'''\nz = 3") ==
        std::vector<std::string>{"'''\nx : 1\n\ny : 1\n'''", "z = 3"});
  CHECK(goes_on("x = (1 +"));
  CHECK(goes_on("eqs = '''"));
  CHECK(goes_on("x = 1 + \\"));
  CHECK_FALSE(goes_on("x = (1)"));
  CHECK_FALSE(goes_on("it's"));
  CHECK_FALSE(goes_on("x = 1  # ("));
}

TEST_CASE("a blank line, a command or a new name ends what a forgotten parenthesis keeps open") {
  CHECK(lines_of("x = (1 +\nreset v = 0").size() == 2);
  CHECK(lines_of("x = (1 +\ntau = 3").size() == 2);
  CHECK(lines_of("x = (1 +\nrate)").size() == 1);
  CHECK(lines_of("x = (1 +\n\ny = 3") == std::vector<std::string>{"x = (1 +", "y = 3"});
}

TEST_CASE("quotation marks around all of a text are left out, others stay") {
  CHECK(unquoted(all_of("'v > 1'")).text() == "v > 1");
  CHECK(unquoted(all_of("\"v > 1\"")).text() == "v > 1");
  CHECK(unquoted(all_of("'''v > 1'''")).text() == "v > 1");
  CHECK(unquoted(all_of("'a' + 'b'")).text() == "'a' + 'b'");
  CHECK(unquoted(all_of("v")).text() == "v");
}

TEST_CASE("a list is parted at commas outside of parentheses") {
  const std::vector<Place> items = listed(all_of("[1*mV, f(2, 3), 4]"));
  REQUIRE(items.size() == 3);
  CHECK(items[1].text() == "f(2, 3)");
  CHECK(items[2].text() == "4");
}

TEST_CASE("options stand at the end, outside of parentheses, each once") {
  Reader reader(all_of("S i != j p=0.1 j='k for k in sample(N_post, p=0.2)'"), "");
  const auto options = reader.options({"p", "j"});
  CHECK(options.at("p").text() == "0.1");
  CHECK(options.at("j").text() == "k for k in sample(N_post, p=0.2)");
  CHECK(reader.peek().text() == "S i != j");
  Reader twice(all_of("S p=1 p=2"), "");
  CHECK_THROWS_AS(twice.options({"p"}), ModelError);
  Reader other(all_of("S q=1"), "");
  CHECK_THROWS_AS(other.options({"p"}), ModelError);
}

TEST_CASE("a place in a text that was put together points to the user's own line") {
  Texts texts;
  const SourcePtr user = make_source("model.rv", "group a\n  x = 1\nt\n  y = z\n");
  const Place first{user, {10, 15}}, second{user, {20, 25}};
  CHECK(first.text() == "x = 1");
  const SourcePtr joined = texts.source("equations of a", {first, second});
  CHECK(joined->text() == "x = 1\ny = z");
  Diagnostic there;
  there.place = {joined, {10, 11}};
  const Place place = texts.in_users_words({there}).front().place;
  CHECK(place.source == user);
  CHECK(place.text() == "z");
  Diagnostic copied;
  copied.place = {make_source("equations of a", joined->text()), {4, 5}};
  CHECK(texts.in_users_words({copied}).front().place.span.begin == 14);
}
