#include <fmt/format.h>
#include <cstdlib>
#include <iostream>
#include <ranvier/tools/completion.hpp>
#include <ranvier/tools/files.hpp>
#include <ranvier/tools/line.hpp>
#include <ranvier/tools/line_editor.hpp>
#include <ranvier/tools/session.hpp>
#include <ranvier/tools/subcommand.hpp>
#include <ranvier/tools/terminal.hpp>

namespace ranvier::tool {
namespace {

/// $RANVIER_HISTORY, or a file in the place for such files.
std::string history_file() {
  if (const char* file = std::getenv("RANVIER_HISTORY")) return file;
  if (const char* state = std::getenv("XDG_STATE_HOME")) return std::string(state) + "/ranvier/history";
  const char* home = std::getenv("HOME");
  return home ? std::string(home) + "/.local/state/ranvier/history" : std::string();
}

/// Everything up to where a line does not go on; nothing at the end of the input.
std::optional<std::string> read_whole(LineEditor& editor) {
  std::optional<std::string> text = editor.read("ranvier> ");
  if (!text) return text;
  while (!editor.cancelled() && goes_on(*text)) {
    const auto more = editor.read("    ...> ");
    if (!more || editor.cancelled()) return editor.cancelled() ? std::optional(std::string()) : text;
    const bool in_quotation = goes_on(*text + "\n\n") && text->find("'''") != text->npos;
    *text += '\n' + *more;
    if (more->empty() && !in_quotation) break;
  }
  return editor.cancelled() ? std::string() : text;
}

void answer(Session& session, const std::string& name, const std::string& text, bool colours) {
  forget_interrupt();
  session.load(make_source(name, text));
  std::cout << coloured(session.take_problems(), colours) << std::flush;
  if (!session.interrupted()) return;
  const double seconds = session.built().network().time().si();
  std::cout << fmt::format("interrupted at {}; `run` goes on from here\n",
                           to_string(AnyQuantity(Time(seconds))))
            << std::flush;
}

}  // namespace

int read_eval_print(std::vector<std::string> arguments) {
  if (!arguments.empty() && (arguments.front() == "--help" || arguments.front() == "-h")) {
    std::cout << "ranvier repl [FILE]: type a model line by line; `help` lists what there is to say\n";
    return done;
  }
  const bool asked = is_terminal(Stream::out), colours = shows_colours(Stream::out);
  const auto [columns, rows] = terminal_size();
  SessionOptions options;
  options.interactive = true;
  options.out = &std::cout;
  options.columns = std::min(columns, 100);
  options.rows = std::clamp(rows - 4, 8, 20);
  options.progress = progress_bar(is_terminal(Stream::err));
  Session session(std::move(options));
  const Interruptible interruptible;
  LineEditor editor(history_file(), [&](std::string_view before) { return completions(session, before); });
  for (const std::string& file : arguments) answer(session, file, read_file(file), colours);
  if (asked)
    std::cout << "Ranvier: type a model; `help` lists what there is to say, Ctrl-D ends\n" << std::flush;
  int number = 0;
  while (!session.ended()) {
    const auto text = read_whole(editor);
    if (!text) break;
    if (text->find_first_not_of(" \t\n") == text->npos) continue;
    editor.remember(*text);
    answer(session, fmt::format("input {}", ++number), *text, colours);
  }
  return done;
}

}  // namespace ranvier::tool
