#include <doctest/doctest.h>
#include <algorithm>
#include <fstream>
#include <ranvier/grammar/codes.hpp>
#include <ranvier/tests/support/folder.hpp>
#include <regex>
#include <set>
#include <sstream>
#include <stdexcept>

using namespace ranvier;

namespace {

/// The numbers of all enumerators, from the header itself: a new one cannot be forgotten here.
std::set<int> enumerated_numbers() {
  std::stringstream text;
  text << std::ifstream(test_folder + "/../grammar/codes.hpp").rdbuf();
  const std::string header = text.str();
  const std::regex enumerator(R"(\n  \w+ = (\d+),)");
  std::set<int> numbers;
  for (std::sregex_iterator i(header.begin(), header.end(), enumerator), end; i != end; ++i)
    numbers.insert(std::stoi((*i)[1]));
  return numbers;
}

}  // namespace

TEST_CASE("every diagnostic code has a row with a title and an explanation") {
  const std::set<int> numbers = enumerated_numbers();
  REQUIRE(numbers.size() > 50);
  CHECK(numbers.size() == all_codes().size());
  for (const int number : numbers) {
    CAPTURE(number);
    const CodeText& row = describe(static_cast<DiagnosticCode>(number));
    CHECK(static_cast<int>(row.code) == number);
    CHECK(!row.title.empty());
    CHECK(row.title.find('\n') == std::string_view::npos);
    CHECK(row.text.size() > 30);
    CHECK(row.text.ends_with('.'));
  }
  CHECK_THROWS_AS(describe(static_cast<DiagnosticCode>(999)), std::logic_error);
}

TEST_CASE("rows are listed by rising number") {
  CHECK(std::ranges::is_sorted(all_codes(), {}, &CodeText::code));
  CHECK(std::ranges::adjacent_find(all_codes(), {}, &CodeText::code) == all_codes().end());
}

TEST_CASE("a code is written as RV and four digits, and found by that") {
  CHECK(code_name(DiagnosticCode::wrong_dimension) == "RV0301");
  CHECK(find_code("RV0301") == &describe(DiagnosticCode::wrong_dimension));
  CHECK(find_code("rv0903") == &describe(DiagnosticCode::too_many_nodes));
  CHECK(find_code("RV0999") == nullptr);
  CHECK(find_code("0301") == nullptr);
  CHECK(find_code("") == nullptr);
}
