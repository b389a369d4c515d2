#include <fmt/format.h>
#include <fstream>
#include <ostream>
#include <ranvier/tools/files.hpp>
#include <ranvier/tools/line.hpp>
#include <ranvier/tools/results.hpp>
#include <ranvier/tools/says.hpp>

// Runs, and the session itself.
namespace ranvier::tool {
namespace {

std::string plain(std::string_view text) {
  std::string one_line;
  for (const char c : text)
    if (c != '\n') one_line += c;
  return one_line;
}

/// The equations and texts of a group stand indented below it.
bool is_indented(std::string_view text) {
  const Command* command = find_command(text.substr(0, text.find_first_of(" =")));
  if (!command) return text.find(':') != text.npos;
  for (const std::string_view name : {"equations", "threshold", "reset", "refractory", "method", "event",
                                      "on_event", "on_pre", "on_post", "delay"})
    if (command->name == name) return true;
  return false;
}

}  // namespace

std::string text_of(const Description& description) {
  std::string all;
  for (const KeptLine& line : description.lines) {
    const std::string_view text = line.text.text();
    all += fmt::format("{}{}\n", is_indented(text) ? "  " : "", text);
  }
  return all;
}

void say_run(Session& session, Reader& reader) {
  const auto options = reader.options({"N"});
  const Place text = reader.rest("a duration");
  const double seconds = session.value(text, dimensions::second, "a duration");
  if (!(seconds >= 0)) refuse(text, "a duration must be zero or positive");
  if (const auto n = options.find("N"); n != options.end()) {
    Step& step = open_group(session, reader.line());
    auto& group = std::get<GroupStep>(step.what);
    const std::int64_t size = whole_number(n->second, "the number of neurons");
    if (size < 1) refuse(n->second, "a group needs at least one neuron");
    if (size != group.size) session.start_anew();
    group.size = size;
  }
  const double before = session.options().dry ? 0 : session.built().network().time().si();
  session.run(seconds);
  if (session.interrupted()) {
    const double ran = session.built().network().time().si() - before;
    const SourcePtr done = make_source("session", fmt::format("run {}*second", ran));
    session.keep({done, {0, static_cast<std::uint32_t>(done->text().size())}});
  } else {
    session.keep(reader.line());
  }
  if (!session.options().interactive) return;
  const double now = session.built().network().time().si();
  session.out() << fmt::format("t = {}\n{}", to_string(AnyQuantity(Time(now))),
                               summary(recordings(session.all_built()), now));
}

void say_undo(Session& session, Reader& reader) {
  reader.end();
  Description& now = session.description();
  const std::string last = now.lines.empty() ? std::string() : plain(now.lines.back().text.text());
  session.undo();
  session.out() << "taken back: " << last << '\n';
}

void say_save(Session& session, Reader& reader) {
  const Place path = unquoted(reader.rest("the name of a file"));
  write_file(std::string(path.text()), text_of(session.description()));
  session.out() << fmt::format("{} lines in {}\n", session.description().lines.size(), path.text());
}

void say_load(Session& session, Reader& reader) {
  const std::string path(unquoted(reader.rest("the name of a file")).text());
  const SourcePtr source = make_source(path, read_file(path));
  for (const Place& line : logical_lines(source)) interpret(session, line);
}

void say_list(Session& session, Reader& reader) {
  reader.end();
  session.out() << text_of(session.description());
}

void say_help(Session& session, Reader& reader) {
  if (reader.done()) {
    for (const Command& command : commands())
      session.out() << fmt::format("  {:<14} {}\n", command.name, command.syntax);
    session.out() << "  x = ... : unit, dx/dt = ... : unit, name = value, f(x) = ..., and any expression\n"
                     "help COMMAND explains one\n";
    return;
  }
  const Place place = reader.rest("a command");
  const Command* command = find_command(place.text());
  std::vector<std::string> names;
  for (const Command& row : commands()) names.emplace_back(row.name);
  if (!command) throw unknown("commands", place, names);
  session.out() << command->syntax << "\n" << command->help << '\n';
}

void say_quit(Session& session, Reader& reader) {
  reader.end();
  session.end();
}

}  // namespace ranvier::tool
