#include <algorithm>
#include <cmath>
#include <map>

#include <ranvier/models/g_norm_factor.hpp>
#include <ranvier/models/mechanism.hpp>

namespace ranvier {
namespace {

using Holes = std::map<std::string_view, std::string_view>;
using Given = std::map<std::string_view, std::optional<AnyQuantity>>;

std::string fill(std::string_view text, const Holes& holes) {
  std::string result;
  while (!text.empty()) {
    const std::size_t open = std::min(text.find('{'), text.size());
    result += text.substr(0, open);
    if (open == text.size()) break;
    const std::size_t close = text.find('}', open);
    result += holes.at(text.substr(open + 1, close - open - 1));
    text.remove_prefix(close + 1);
  }
  return result;
}

void append(Mechanism& mechanism, const library::Template& text, const Holes& holes, const Given& given,
            Problems& problems) {
  mechanism.equations += fill(text.equations, holes);
  mechanism.current += fill(text.current, holes);
  for (const library::ParameterRow& row : text.parameters) {
    Parameter parameter{.name = fill(row.name, holes), .dimension = row.dimension, .range = row.range};
    if (row.value) parameter.value = AnyQuantity(*row.value, row.dimension);
    const auto option = given.find(row.option);
    if (option != given.end() && option->second) {
      parameter.value = option->second;
      parameter.option = row.option;
      check_range(std::string(row.option), *option->second, row.range, problems);
    }
    mechanism.parameters.push_back(std::move(parameter));
  }
}

void check_tag(const std::string& tag, Problems& problems) {
  if (tag.empty()) {
    problems.add("a tag is missing: it names the synapse's variables; write for example .tag = \"ext\"");
  } else if (!is_identifier(tag)) {
    problems.add(
        "the tag \"" + tag +
        "\" cannot be part of a variable's name; expected letters, digits and _, not beginning with a digit");
  }
}

void check_kinetics(const ChannelOptions& options, Problems& problems) {
  if (options.t_rise && !options.t_decay) {
    problems.add("t_rise is given without t_decay; give both (rise and decay) or only t_decay");
  }
  if (options.scale_g && !(options.g && options.t_rise && options.t_decay)) {
    problems.add("scale_g needs g, t_rise and t_decay; give all three, or leave scale_g out");
  }
}

bool positive(const std::optional<Time>& time) {
  return time && time->si() > 0 && std::isfinite(time->si());
}

}  // namespace

bool is_identifier(std::string_view text) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  const auto inner = [&](char c) { return letter(c) || (c >= '0' && c <= '9'); };
  return !text.empty() && letter(text.front()) && std::all_of(text.begin(), text.end(), inner);
}

std::optional<Mechanism> membrane_mechanism(const std::string& model, std::optional<Voltage> v_rest,
                                            std::optional<Capacitance> capacitance,
                                            std::optional<Conductance> g_leakage, const std::string& suffix,
                                            Problems& problems) {
  const library::MembraneRow* row = library::find_membrane(model);
  if (!v_rest) {
    problems.add(
        "v_rest is missing: the leak's reversal potential and the first value of V; write for example "
        ".v_rest = -70*mV");
  }
  if (!row) {
    problems.add(unknown_name_text("membrane model", model, library::membrane_names()));
    return {};
  }
  Mechanism mechanism{.label = "model \"" + model + "\"",
                      .call = "PointNeuronModel({.model = \"" + model + "\"})",
                      .equations = {},
                      .current = {},
                      .parameters = {}};
  append(mechanism, row->text, {{"c", suffix}}, {{"v_rest", v_rest}, {"C", capacitance}, {"gL", g_leakage}},
         problems);
  return mechanism;
}

std::optional<Mechanism> synapse_mechanism(const std::string& channel, const ChannelOptions& options,
                                           const std::string& suffix, Problems& problems) {
  const library::ChannelRow* row = library::find_channel(channel);
  check_tag(options.tag, problems);
  check_kinetics(options, problems);
  if (!row) {
    problems.add(unknown_name_text("channel", channel, library::channel_names()));
    return {};
  }
  const library::Kinetics& kinetics = options.t_rise ? library::rise_and_decay() : library::decay_only();
  const Holes holes{{"c", suffix}, {"ch", channel}, {"t", options.tag}, {"gate", kinetics.gate}};
  Given given{{"g", options.g}, {"t_rise", options.t_rise}, {"t_decay", options.t_decay}};
  if (options.scale_g && options.g && positive(options.t_rise) && positive(options.t_decay)) {
    given["g"] = g_norm_factor(*options.t_rise, *options.t_decay) * *options.g;
  }
  Mechanism mechanism{.label = problems.call(),
                      .call = "model.synapse(\"" + channel + "\", {.tag = \"" + options.tag + "\"})",
                      .equations = {},
                      .current = {},
                      .parameters = {}};
  append(mechanism, row->text, holes, given, problems);
  append(mechanism, kinetics.text, holes, given, problems);
  return mechanism;
}

Mechanism noise_mechanism(const NoiseOptions& options, const std::string& suffix, Problems& problems) {
  Mechanism mechanism{
      .label = problems.call(), .call = "model.noise()", .equations = {}, .current = {}, .parameters = {}};
  append(mechanism, library::noise(), {{"c", suffix}},
         {{"tau", options.tau}, {"sigma", options.sigma}, {"mean", options.mean}}, problems);
  return mechanism;
}

}  // namespace ranvier
