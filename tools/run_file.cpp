#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <iostream>
#include <ranvier/grammar/json.hpp>
#include <ranvier/tools/arguments.hpp>
#include <ranvier/tools/files.hpp>
#include <ranvier/tools/results.hpp>
#include <ranvier/tools/session.hpp>
#include <ranvier/tools/subcommand.hpp>
#include <ranvier/tools/terminal.hpp>
#include <sstream>

namespace ranvier::tool {
namespace {

bool has_errors(const std::vector<Diagnostic>& problems) {
  return std::ranges::find(problems, Severity::error, &Diagnostic::severity) != problems.end();
}

/// Everything that is wrong with a text, as far as it can be known without executing a step; without
/// `connects`, and without following the rules of synapses.
std::vector<Diagnostic> problems_of(const SourcePtr& source, int threads, bool connects) {
  std::ostringstream unread;
  SessionOptions options;
  options.dry = true;
  options.connects = connects;
  options.threads = threads;
  options.out = &unread;
  Session session(std::move(options));
  session.load(source);
  session.finish();
  std::vector<Diagnostic> problems = session.take_problems();
  if (has_errors(problems))  // what could not be made uses no constants
    std::erase_if(problems, [](const Diagnostic& d) { return d.code == DiagnosticCode::unused_constant; });
  std::ranges::stable_sort(problems, {}, [](const Diagnostic& d) { return d.place.span.begin; });
  return problems;
}

void show(const std::vector<Diagnostic>& problems) {
  if (!problems.empty()) std::fputs(coloured(problems, shows_colours(Stream::err)).c_str(), stderr);
}

int finish_run(Session& session, const std::string& folder, bool good) {
  const auto all = recordings(session.all_built());
  const Built* last = session.built_if_any();
  const double seconds = last ? session.built().network().time().si() : 0;
  std::fputs(summary(all, seconds).c_str(), stdout);
  if (!folder.empty()) {
    // Who interrupts is waiting: a picture of a million spikes takes seconds, a text of ten million nearly
    // one.
    const bool hurried = session.interrupted();
    std::vector<std::string> files = write_results(all, folder, hurried ? 5e5 : HUGE_VAL);
    const std::string picture = hurried ? "" : draw_results(all, folder);
    if (!picture.empty()) files.push_back(picture);
    std::fputs(fmt::format("{} files in {}\n", files.size(), folder).c_str(), stdout);
  }
  if (session.interrupted()) {
    std::fputs(fmt::format("interrupted at {}\n", to_string(AnyQuantity(Time(seconds)))).c_str(), stderr);
    return interrupted;
  }
  if (good) return done;
  return seconds > 0 ? failed : model_refused;
}

}  // namespace

int run_file(std::vector<std::string> arguments) {
  CLI::App app(
      "Runs a model from a file.\n\n  ranvier run network.rv\n  ranvier run network.rv --out results",
      "ranvier run");
  std::string file, folder;
  int threads = 0;
  bool quiet = false;
  app.add_option("file", file, "the model; - reads it from the standard input")->required();
  app.add_option("-o,--out", folder, "write CSV, NPY, HDF5 and a picture to this folder");
  app.add_option("--threads", threads, "threads that work (default: as many as the machine runs at once)");
  app.add_flag("-q,--quiet", quiet, "no progress bar");
  if (const auto end = parse_arguments(app, std::move(arguments))) return *end;

  const SourcePtr source = make_source(file, read_file(file));
  const Interruptible interruptible;
  const std::vector<Diagnostic> problems = problems_of(source, threads, false);
  show(problems);
  if (has_errors(problems)) return model_refused;
  SessionOptions options;
  options.threads = threads;
  options.out = &std::cout;
  options.folder = folder;
  options.progress = progress_bar(!quiet && is_terminal(Stream::err));
  Session session(std::move(options));
  const bool good = session.load(source) && session.finish();
  std::vector<Diagnostic> failures = session.take_problems();
  std::erase_if(failures, [&](const Diagnostic& d) {
    return std::ranges::any_of(problems, [&](const Diagnostic& p) { return render(p) == render(d); });
  });
  show(failures);
  return finish_run(session, folder, good && !has_errors(failures));
}

int check_file(std::vector<std::string> arguments) {
  CLI::App app(
      "Shows everything that is wrong with a model, without running it.\n\n  ranvier check network.rv\n"
      "  ranvier check network.rv --json",
      "ranvier check");
  std::string file;
  bool json = false;
  app.add_option("file", file, "the model; - reads it from the standard input")->required();
  app.add_flag("--json", json, "for other programs: one JSON object");
  if (const auto end = parse_arguments(app, std::move(arguments))) return *end;

  const std::vector<Diagnostic> problems = problems_of(make_source(file, read_file(file)), 1, true);
  if (json)
    std::puts(to_json(problems).c_str());
  else
    show(problems);
  if (has_errors(problems)) return model_refused;
  if (!json) std::puts(problems.empty() ? "nothing is wrong" : "there are warnings alone");
  return done;
}

}  // namespace ranvier::tool
