#include <fmt/format.h>
#include <algorithm>
#include <nlohmann/json.hpp>
#include <ranvier/tools/bench_report.hpp>

namespace ranvier::tool {
namespace {

const Measured* by_hand_of(const MeasuredModel& model) {
  const bool is_there = !model.empty() && model.front().setting.code == "by hand" && model.front().step > 0;
  return is_there ? &model.front() : nullptr;
}

std::string lanes_of(const Measured& m) {
  return m.setting.backend.lanes == 0 ? "widest" : std::to_string(m.setting.backend.lanes);
}

const char* floats_of(const Measured& m) {
  return m.setting.dtype == Dtype::float32 ? "f32" : "f64";
}

std::string number(double value, int digits, double scale = 1) {
  return value > 0 ? fmt::format("{:.{}f}", value * scale, digits) : "-";
}

struct Phase {
  const char* name;
  double (*seconds)(const PhaseTimes&);
};
constexpr Phase phases[] = {
    {"parse", [](const PhaseTimes& t) { return t.parse; }},
    {"check", [](const PhaseTimes& t) { return t.check; }},
    {"lower", [](const PhaseTimes& t) { return t.lower; }},
    {"emit", [](const PhaseTimes& t) { return t.build.emit; }},
    {"optimise", [](const PhaseTimes& t) { return t.build.optimise; }},
    {"link", [](const PhaseTimes& t) { return t.build.link; }},
};

nlohmann::json json_of(const Measured& m, const Measured* hand) {
  nlohmann::json row{{"model", m.model},
                     {"code", m.setting.code},
                     {"lanes", m.setting.backend.lanes},
                     {"threads", m.setting.threads},
                     {"floats", floats_of(m)},
                     {"neurons", m.neurons},
                     {"synapses", m.synapses},
                     {"ns_per_neuron_step", m.per_neuron() * 1e9},
                     {"ns_per_synaptic_event", m.event * 1e9}};
  if (m.limit > 0) row["ns_at_least"] = m.limit * 1e9;
  if (hand && &m != hand) row["of_by_hand"] = hand->step / m.step;
  for (const Phase& phase : phases)
    if (m.setting.code != "by hand") row["compile_ms"][phase.name] = phase.seconds(m.phases) * 1e3;
  return row;
}

}  // namespace

std::string limits_text(const MachineLimits& m) {
  return fmt::format(
      "One core of this machine: reads {:.0f} GB/s of its first cache, {:.0f} of the second, {:.0f} of "
      "memory;\n"
      "{:.1f} multiplications and additions, {:.2f} divisions, {:.2f} scattered additions a ns.\n\n",
      m.l1 * 1e-9, m.l2 * 1e-9, m.memory * 1e-9, m.multiply_adds * 1e-9, m.divisions * 1e-9,
      m.scatter_adds_cached * 1e-9);
}

std::string steps_heading() {
  return fmt::format("{:<18}{:<10}{:>7}{:>8}{:>7}{:>9}{:>11}{:>9}{:>10}{:>10}\n", "model", "code", "lanes",
                     "threads", "floats", "neurons", "ns/neuron", "of hand", "of limit", "ns/event");
}

std::string steps_table(const MeasuredModel& model) {
  std::string text;
  const Measured* hand = by_hand_of(model);
  for (const Measured& m : model) {
    if (m.step == 0) continue;
    text += fmt::format("{:<18}{:<10}{:>7}{:>8}{:>7}{:>9}{:>11.3f}{:>9}{:>10}{:>10}\n", m.model,
                        m.setting.code, lanes_of(m), m.setting.threads, floats_of(m), m.neurons,
                        m.per_neuron() * 1e9, hand ? number(hand->step / m.step, 2) : "-",
                        number(m.limit / m.per_neuron(), 2), number(m.event, 2, 1e9));
  }
  return text;
}

std::string compile_table(std::span<const MeasuredModel> models) {
  std::string text = fmt::format("\n{:<18}", "compiling, ms");
  for (const Phase& phase : phases) text += fmt::format("{:>10}", phase.name);
  text += fmt::format("{:>10}\n", "all");
  for (const MeasuredModel& model : models) {
    const auto usual =
        std::ranges::find(model, std::string("llvm"), [](const Measured& m) { return m.setting.code; });
    if (usual == model.end()) continue;
    text += fmt::format("{:<18}", usual->model);
    double sum = 0;
    for (const Phase& phase : phases) {
      sum += phase.seconds(usual->phases);
      text += fmt::format("{:>10.2f}", phase.seconds(usual->phases) * 1e3);
    }
    text += fmt::format("{:>10.2f}\n", sum * 1e3);
  }
  return text;
}

std::string bench_json(const MachineLimits& m, std::span<const MeasuredModel> models) {
  nlohmann::json rows = nlohmann::json::array();
  for (const MeasuredModel& model : models)
    for (const Measured& measured : model)
      if (measured.step > 0) rows.push_back(json_of(measured, by_hand_of(model)));
  const nlohmann::json machine{
      {"first_cache_bytes_per_s", m.l1}, {"second_cache_bytes_per_s", m.l2},
      {"memory_bytes_per_s", m.memory},  {"multiply_adds_per_s", m.multiply_adds},
      {"divisions_per_s", m.divisions},  {"scattered_additions_per_s", m.scatter_adds_cached}};
  return nlohmann::json{{"version", 2}, {"machine", machine}, {"results", rows}}.dump();
}

plot::Figure bench_figure(std::span<const MeasuredModel> models) {
  plot::Figure figure({.width_inches = 7, .height_inches = 7, .title = "Generated kernels, one thread"});
  const auto panel = [&](const std::string& label, const auto& value) {
    for (const MeasuredModel& model : models) {
      std::vector<double> x, y;
      for (const Measured& m : model)
        if (m.setting.code == "llvm" && m.setting.backend.lanes > 0 && value(model, m) > 0) {
          x.push_back(m.setting.backend.lanes);
          y.push_back(value(model, m));
        }
      if (!x.empty()) figure.curve(x, y, {.label = model.front().model, .dot = 4});
    }
    figure.x_label("SIMD width (doubles)").y_label(label).legend();
  };
  panel("steps of a neuron in a ns", [](const MeasuredModel&, const Measured& m) {
    return m.synapses > 0 ? 0 : 1e-9 / m.per_neuron();  // synapses do not cost by the neuron
  });
  if (std::ranges::none_of(models, by_hand_of)) return figure;
  figure.panel();
  panel("speed beside C++ by hand", [](const MeasuredModel& model, const Measured& m) {
    const Measured* hand = by_hand_of(model);
    return hand ? hand->step / m.step : 0;
  });
  figure.horizontal_line(AnyQuantity(1.0));
  return figure;
}

}  // namespace ranvier::tool
