#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <iostream>
#include <nlohmann/json.hpp>
#include <ranvier/tools/arguments.hpp>
#include <ranvier/tools/bench_models.hpp>
#include <ranvier/tools/files.hpp>
#include <ranvier/tools/session.hpp>
#include <ranvier/tools/subcommand.hpp>
#include <ranvier/tools/terminal.hpp>
#include <sstream>
#include <thread>

// What a step costs: the kernels of a model, on every back end, SIMD width and number of threads.
namespace ranvier::tool {
namespace {

struct Setting {
  BackendOptions backend;
  int threads;
};

struct Measured {
  std::string model;
  Setting setting;
  std::int64_t neurons = 0;
  double step = 0;     // [s] of wall time
  double compile = 0;  // [s]
  double event = 0;    // [s] a synaptic event; 0: there are none
};

double seconds_since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

/// Neurons with equations.
std::int64_t neurons_of(const Description& description) {
  std::int64_t neurons = 0;
  for (const Step& step : description.steps)
    if (const auto* group = std::get_if<GroupStep>(&step.what)) neurons += group->size;
  return neurons;
}

/// Events that synapses have passed on, from the spikes that their sources had in a run.
double events_of(Session& session) {
  double events = 0;
  for (const Step& step : session.description().steps) {
    const auto* said = std::get_if<SynapsesStep>(&step.what);
    if (!said) continue;
    const Synapses& synapses = *session.built().synapses(step.handle);
    for (const Recorded& recorded : session.built().recorded())
      if (recorded.kind == MonitorKind::spikes && recorded.source == said->source.handle)
        events += static_cast<double>(recorded.spikes().num_spikes()) * static_cast<double>(synapses.size()) /
                  static_cast<double>(synapses.source().size());
  }
  return events;
}

/// The shortest of some runs, each as long as `budget` allows [s].
Measured measure(const std::string& name, const SourcePtr& text, const Setting& setting, double budget) {
  std::ostringstream unread;
  SessionOptions options;
  options.dry = true;
  options.threads = setting.threads;
  options.backend = setting.backend;
  options.out = &unread;
  Session session(std::move(options));
  if (!session.load(text) || !session.finish()) throw ModelError(session.take_problems());
  Network& network = session.built().network();
  network.prepare();
  Measured measured{name, setting, neurons_of(session.description())};
  measured.compile = network.times().compile;
  const double dt = network.dt().si();
  double steps = 10;
  double taken = 0;
  for (int tries = 0; taken < budget && tries < 30; ++tries) {
    const auto begin = std::chrono::steady_clock::now();
    network.run(Time(steps * dt), {.profile = true});
    const double run = seconds_since(begin);
    taken += run;
    if (measured.step == 0 || run / steps < measured.step) measured.step = run / steps;
    if (run < budget / 5) steps *= 2;
  }
  const double events = events_of(session);
  if (events > 0) {
    const double before = events;
    network.run(Time(steps * dt), {.profile = true});
    double passing = 0;
    for (const ProfileEntry& entry : network.profiling_info())
      if (entry.name.ends_with("_pre")) passing += entry.seconds;
    const double passed = events_of(session) - before;
    if (passed > 0) measured.event = passing / passed;
  }
  return measured;
}

std::vector<Setting> settings(bool all_widths) {
  std::vector<Setting> all{{{.name = "llvm"}, 1}};
  if (all_widths)
    for (const int lanes : {1, 2, 4, 8}) all.push_back({{.name = "llvm", .lanes = lanes}, 1});
  const int cores = static_cast<int>(std::thread::hardware_concurrency());
  if (cores > 1) all.push_back({{.name = "llvm"}, cores});
  return all;
}

std::string width_of(const Setting& setting) {
  return setting.backend.lanes == 0 ? "widest" : std::to_string(setting.backend.lanes);
}

std::string row_of(const Measured& m) {
  return fmt::format("{:<18}{:>8}{:>8}{:>9}{:>12.3f}{:>12}{:>12.1f}\n", m.model, width_of(m.setting),
                     m.setting.threads, m.neurons, m.step / static_cast<double>(m.neurons) * 1e9,
                     m.event > 0 ? fmt::format("{:.2f}", m.event * 1e9) : "-", m.compile * 1e3);
}

nlohmann::json json_of(const Measured& m) {
  return {{"model", m.model},
          {"backend", m.setting.backend.name},
          {"lanes", m.setting.backend.lanes},
          {"threads", m.setting.threads},
          {"neurons", m.neurons},
          {"ns_per_neuron_step", m.step / static_cast<double>(m.neurons) * 1e9},
          {"ns_per_synaptic_event", m.event * 1e9},
          {"compile_ms", m.compile * 1e3}};
}

}  // namespace

int bench(std::vector<std::string> arguments) {
  CLI::App app(
      "Measures what a step costs.\n\n  ranvier bench                 the built-in models\n"
      "  ranvier bench network.rv      a model of your own\n  ranvier bench --widths --json",
      "ranvier bench");
  std::vector<std::string> files;
  bool widths = false, as_json = false;
  double budget = 0.2;
  app.add_option("files", files, "models; their runs are left out");
  app.add_flag("--widths", widths, "every SIMD width too");
  app.add_flag("--json", as_json, "for other programs: one JSON object");
  app.add_option("--seconds", budget, "how long to measure each (default 0.2)")->check(CLI::PositiveNumber);
  if (const auto end = parse_arguments(app, std::move(arguments))) return *end;

  std::vector<std::pair<std::string, SourcePtr>> models;
  for (const std::string& file : files) models.emplace_back(file, make_source(file, read_file(file)));
  if (models.empty())
    for (const BenchModel& model : bench_models())
      models.emplace_back(model.name, make_source(std::string(model.name), std::string(model.text)));
  nlohmann::json rows = nlohmann::json::array();
  if (!as_json)
    std::cout << fmt::format("{:<18}{:>8}{:>8}{:>9}{:>12}{:>12}{:>12}\n", "model", "lanes", "threads",
                             "neurons", "ns/neuron", "ns/event", "compile ms");
  try {
    for (const auto& [name, text] : models)
      for (const Setting& setting : settings(widths)) {
        const Measured measured = measure(name, text, setting, budget);
        if (as_json)
          rows.push_back(json_of(measured));
        else
          std::cout << row_of(measured) << std::flush;
      }
  } catch (const ModelError& error) {
    std::cerr << coloured(error.diagnostics(), shows_colours(Stream::err));
    return model_refused;
  }
  if (as_json) std::cout << nlohmann::json{{"version", 1}, {"results", rows}}.dump() << '\n';
  return done;
}

}  // namespace ranvier::tool
