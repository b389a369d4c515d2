#include <fmt/format.h>
#include <cctype>
#include <cstdio>
#include <ranvier/grammar/codes.hpp>
#include <ranvier/grammar/diagnostics.hpp>
#include <ranvier/tools/subcommand.hpp>

namespace ranvier::tool {
namespace {

/// A paragraph in lines of at most 80 characters.
std::string wrapped(std::string_view text) {
  std::string all, line;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    if (line.size() + end - begin >= 80) all += std::exchange(line, {}) + '\n';
    line += (line.empty() ? "" : " ") + std::string(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return all + line + '\n';
}

}  // namespace

int explain_code(std::vector<std::string> arguments) {
  const bool help = arguments.size() == 1 && (arguments.front() == "--help" || arguments.front() == "-h");
  if (arguments.size() != 1 || help) {
    std::fputs(
        "  ranvier explain RV0301      explains a diagnostic\n  ranvier explain all         lists them\n",
        help ? stdout : stderr);
    return help ? done : wrong_usage;
  }
  if (arguments.front() == "all") {
    for (const CodeText& row : all_codes())
      std::fputs(fmt::format("{}  {}\n", code_name(row.code), row.title).c_str(), stdout);
    return done;
  }
  const CodeText* row = find_code(arguments.front());
  if (!row) {
    std::fputs(fmt::format("ranvier: there is no diagnostic `{}`; `ranvier explain all` lists them\n",
                           arguments.front())
                   .c_str(),
               stderr);
    return wrong_usage;
  }
  std::fputs(fmt::format("{}: {}\n\n{}", code_name(row->code), row->title, wrapped(row->text)).c_str(),
             stdout);
  return done;
}

}  // namespace ranvier::tool
