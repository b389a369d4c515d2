#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <iostream>
#include <memory>
#include <ranvier/grammar/codes.hpp>
#include <ranvier/tools/arguments.hpp>
#include <ranvier/tools/files.hpp>
#include <ranvier/tools/says.hpp>
#include <ranvier/tools/subcommand.hpp>
#include <ranvier/tools/terminal.hpp>
#include <sstream>

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

/// A session with the model of a file; nothing if it has errors, which are shown.
std::unique_ptr<Session> session_of(const std::string& file, std::ostream& out) {
  SessionOptions options;
  options.dry = true;
  options.threads = 1;
  options.out = &out;
  auto session = std::make_unique<Session>(std::move(options));
  if (session->load(make_source(file, read_file(file))) && session->finish()) return session;
  std::cerr << coloured(session->take_problems(), shows_colours(Stream::err));
  return nullptr;
}

/// Does what a line of a session says, in a model.
int say_in(Session& session, void (*say)(Session&, Reader&), const std::string& name) {
  const SourcePtr asked = make_source("command line", "explain " + name);
  const Place line{asked, {0, static_cast<std::uint32_t>(asked->text().size())}};
  try {
    Reader reader(line, "explain NAME");
    reader.skip(std::string_view("explain").size());
    say(session, reader);
    return done;
  } catch (const ModelError& error) {
    std::cerr << coloured(session.texts().in_users_words(error.diagnostics()), shows_colours(Stream::err));
    return model_refused;
  }
}

/// What a flag shows besides, of all kernels of the group or the synapses that have the variable.
struct View {
  const char* flag;
  const char* help;
  void (*say)(Session&, Reader&);
};
constexpr View views[] = {
    {"--kernel", "the kernels of what has the variable", say_kernel},
    {"--ir", "the same as LLVM code", say_ir},
    {"--asm", "the same as machine code", say_asm},
};

int explain_name_in(const std::string& name, const std::string& file, const View* view) {
  std::ostringstream out;
  const auto session = session_of(file, out);
  if (!session) return model_refused;
  out.str("");
  int code = say_in(*session, say_explain, name);
  const std::string owner = owner_of(*session, name);
  if (code == done && view && !owner.empty()) {
    out << '\n';
    code = say_in(*session, view->say, owner);
  }
  if (code == done) std::cout << out.str();
  return code;
}

}  // namespace

int explain(std::vector<std::string> arguments) {
  CLI::App app(
      "Explains a diagnostic, or a variable of a model: its equation, its method and why, its code, what a "
      "step costs.\n\n"
      "  ranvier explain v network.rv\n  ranvier explain v network.rv --asm\n  ranvier explain RV0301\n"
      "  ranvier explain all            lists the diagnostics",
      "ranvier explain");
  std::string name, file;
  app.add_option("name", name, "a variable, a constant, a command, or a diagnostic")->required();
  app.add_option("file", file, "the model; - reads it from the standard input");
  const View* asked = nullptr;
  for (const View& view : views)
    app.add_flag_callback(view.flag, [&asked, &view] { asked = &view; }, view.help);
  if (const auto end = parse_arguments(app, std::move(arguments))) return *end;
  return file.empty() ? explain_code(name) : explain_name_in(name, file, asked);
}

}  // namespace ranvier::tool
