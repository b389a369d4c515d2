#include <CLI/CLI.hpp>
#include <iostream>
#include <ranvier/tools/arguments.hpp>
#include <ranvier/tools/bench_models.hpp>
#include <ranvier/tools/bench_report.hpp>
#include <ranvier/tools/files.hpp>
#include <ranvier/tools/subcommand.hpp>
#include <ranvier/tools/terminal.hpp>

// What a step costs: the kernels of a model, on every back end, SIMD width and number of threads.
namespace ranvier::tool {
namespace {

struct Asked {
  std::vector<std::string> files;
  std::string picture;
  bool brief = false, json = false;
  double seconds = 0.1;
};

std::vector<std::pair<std::string, SourcePtr>> models_of(const Asked& asked) {
  std::vector<std::pair<std::string, SourcePtr>> models;
  for (const std::string& file : asked.files) models.emplace_back(file, make_source(file, read_file(file)));
  if (models.empty())
    for (const BenchModel& model : bench_models())
      models.emplace_back(model.name, make_source(std::string(model.name), std::string(model.text)));
  return models;
}

MeasuredModel measure_all(const std::string& name, const SourcePtr& text, const Asked& asked) {
  MeasuredModel measured;
  for (const BenchSetting& setting : bench_settings(!asked.brief)) {
    measured.push_back(measure(name, text, setting, asked.seconds));
    if (setting.dtype == Dtype::float32 && measured.back().synapses == 0) measured.pop_back();
  }
  if (asked.files.empty())  // behind the others, or the code of the first would have been compiled already
    measured.insert(measured.begin(), measure_by_hand(name, text, asked.seconds));
  return measured;
}

int measure_and_show(const Asked& asked) {
  const MachineLimits limits = measure_machine();
  if (!asked.json) std::cout << limits_text(limits) << steps_heading() << std::flush;
  std::vector<MeasuredModel> all;
  for (const auto& [name, text] : models_of(asked)) {
    all.push_back(measure_all(name, text, asked));
    if (!asked.json) std::cout << steps_table(all.back()) << std::flush;
  }
  std::cout << (asked.json ? bench_json(limits, all) + '\n' : compile_table(all));
  if (!asked.picture.empty()) bench_figure(all).save(asked.picture);
  return done;
}

}  // namespace

int bench(std::vector<std::string> arguments) {
  CLI::App app(
      "Measures what a step costs.\n\n  ranvier bench                     the built-in models, beside C++ by "
      "hand\n"
      "  ranvier bench network.rv          a model of your own\n  ranvier bench --brief --json\n"
      "  ranvier bench -o speed.png        with a picture",
      "ranvier bench");
  Asked asked;
  app.add_option("files", asked.files, "models; their runs are left out");
  app.add_flag("--brief", asked.brief, "the usual SIMD width and back end alone");
  app.add_flag("--json", asked.json, "for other programs: one JSON object");
  app.add_option("-o,--out", asked.picture, "a picture: .png, .svg or .pdf");
  app.add_option("--seconds", asked.seconds, "how long to measure each (default 0.1)")
      ->check(CLI::PositiveNumber);
  if (const auto end = parse_arguments(app, std::move(arguments))) return *end;
  try {
    return measure_and_show(asked);
  } catch (const ModelError& error) {
    std::cerr << coloured(error.diagnostics(), shows_colours(Stream::err));
    return model_refused;
  }
}

}  // namespace ranvier::tool
