#include <fmt/format.h>
#include <algorithm>
#include <cstdio>
#include <iostream>
#include <ranvier/grammar/codes.hpp>
#include <ranvier/tools/files.hpp>
#include <ranvier/tools/says.hpp>
#include <ranvier/tools/subcommand.hpp>
#include <ranvier/tools/terminal.hpp>
#include <sstream>

namespace ranvier::tool {
namespace {

constexpr const char* usage =
    "  ranvier explain RV0301           explains a diagnostic\n"
    "  ranvier explain all              lists them\n"
    "  ranvier explain v network.rv     a variable of a model: its equation, its method and why, its code\n";

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

int explain_code(const std::string& word) {
  if (word == "all") {
    for (const CodeText& row : all_codes())
      std::cout << fmt::format("{}  {}\n", code_name(row.code), row.title);
    return done;
  }
  const CodeText* row = find_code(word);
  if (!row) {
    std::cerr << fmt::format("ranvier: there is no diagnostic `{}`; `ranvier explain all` lists them\n", word)
              << "         for a variable, name the model too: ranvier explain v network.rv\n";
    return wrong_usage;
  }
  std::cout << fmt::format("{}: {}\n\n{}", code_name(row->code), row->title, wrapped(row->text));
  return done;
}

int explain_name_in(const std::string& name, const std::string& file) {
  std::ostringstream out;
  SessionOptions options;
  options.dry = true;
  options.threads = 1;
  options.out = &out;
  Session session(std::move(options));
  const bool good = session.load(make_source(file, read_file(file))) && session.finish();
  std::vector<Diagnostic> problems = session.take_problems();
  const SourcePtr asked = make_source("command line", "explain " + name);
  const Place line{asked, {0, static_cast<std::uint32_t>(asked->text().size())}};
  if (good) {
    out.str("");
    try {
      Reader reader(line, "explain NAME");
      reader.skip(std::string_view("explain").size());
      say_explain(session, reader);
    } catch (const ModelError& error) {
      problems = session.texts().in_users_words(error.diagnostics());
    }
  }
  const bool failed = std::ranges::find(problems, Severity::error, &Diagnostic::severity) != problems.end();
  if (failed)
    std::cerr << coloured(problems, shows_colours(Stream::err));
  else
    std::cout << out.str();
  return failed ? model_refused : done;
}

}  // namespace

int explain(std::vector<std::string> arguments) {
  const bool help = arguments.size() == 1 && (arguments.front() == "--help" || arguments.front() == "-h");
  if (help) return std::cout << usage, done;
  if (arguments.size() == 1) return explain_code(arguments.front());
  if (arguments.size() == 2) return explain_name_in(arguments[0], arguments[1]);
  std::cerr << usage;
  return wrong_usage;
}

}  // namespace ranvier::tool
