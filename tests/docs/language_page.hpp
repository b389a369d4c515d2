#pragma once
#include <string>
#include <vector>

/// docs/language.md as a list of examples. A fenced block says what its text is (```equations, ```threshold
/// ...); with `refused` or `warned` behind it, the block after it, ```message, is what a user reads.
namespace language_page {

enum class Expected { accepted, refused, warned };

struct Example {
  std::string kind;  // "equations", "on_pre", "assign x" ...
  Expected expected = Expected::accepted;
  std::string text;
  std::string message;                             // of the block behind it
  std::size_t line = 0;                            // of the page, for messages of the test
  std::size_t message_begin = 0, message_end = 0;  // bytes of the page
};

std::string read_page();
std::vector<Example> examples(const std::string& page);

/// What a user reads who gives the example's text to the library; "" if all is well.
std::string answer_to(const Example& example);

/// The value of an expression as the kernel of an assignment computes it.
double value_of(const std::string& expression);

}  // namespace language_page
