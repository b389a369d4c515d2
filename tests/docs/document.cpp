#include "tests/docs/document.hpp"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <ranvier/tests/support/folder.hpp>
#include <sstream>

namespace document {
namespace {

std::string without_blanks(std::string text) {
  std::erase_if(text, [](unsigned char c) { return std::isspace(c) != 0; });
  return text;
}

}  // namespace

std::string contents(const std::string& path) {
  std::stringstream text;
  text << std::ifstream(test_folder + "/../" + path).rdbuf();
  return text.str();
}

std::vector<std::string> blocks(const std::string& document, const std::string& kind) {
  std::vector<std::string> found;
  const std::string open = "```" + kind + "\n";
  for (std::size_t at = document.find(open); at != std::string::npos; at = document.find(open, at)) {
    at += open.size();
    const std::size_t end = document.find("```", at);
    found.push_back(document.substr(at, end - at));
    at = end + 3;
  }
  return found;
}

bool shows(const std::string& code, const std::string& snippet) {
  const std::string compact = without_blanks(code);
  for (std::size_t begin = 0; begin < snippet.size();) {
    const std::size_t end = std::min(snippet.find("\n\n", begin), snippet.size());
    if (compact.find(without_blanks(snippet.substr(begin, end - begin))) == std::string::npos) return false;
    begin = end + 2;
  }
  return true;
}

}  // namespace document
