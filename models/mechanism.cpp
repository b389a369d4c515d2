#include <algorithm>
#include <cmath>

#include <ranvier/models/g_norm_factor.hpp>
#include <ranvier/models/library.hpp>
#include <ranvier/models/mechanism.hpp>
#include <ranvier/models/template_text.hpp>

namespace ranvier {
namespace {

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

void check_template_name(const std::string& name, const char* what, const std::vector<std::string>& taken,
                         Problems& problems) {
  if (!is_identifier(name))
    problems.add("a " + std::string(what) + " template needs a name of letters, digits and _, not \"" + name +
                 "\"");
  if (std::ranges::find(taken, name) != taken.end())
    problems.add("the library has a " + std::string(what) + " \"" + name +
                 "\"; give the template another name");
}

/// Whether a user's template can be filled.
bool check_own(const MembraneTemplate& own, const Holes& holes, bool unless_refractory, Problems& problems) {
  const std::size_t before = problems.size();
  check_template_name(own.name, "membrane", library::membrane_names(), problems);
  check_template(own.equations, own.parameters, holes, problems);
  if (own.equations.find("V{c}") == std::string::npos)
    problems.add("the template says nothing about V{c}; write for example dV{c}/dt = I{c}/C{c} : volt");
  if (unless_refractory && own.equations.find("{flags}") == std::string::npos)
    problems.add(
        "unless_refractory would have no effect: the template has no {flags}, as in ... : volt{flags}");
  return problems.size() == before;
}

bool check_own(const ChannelTemplate& own, const Holes& holes, const ChannelOptions& options,
               Problems& problems) {
  const std::size_t before = problems.size();
  check_template_name(own.name, "channel", library::channel_names(), problems);
  check_template(own.equations, own.parameters, holes, problems);
  const bool gated = own.equations.find("{gate}") != std::string::npos;
  if (!gated && (options.t_rise || options.t_decay))
    problems.add("t_rise and t_decay would have no effect: the template has no {gate}");
  return problems.size() == before;
}

}  // namespace

bool is_identifier(std::string_view text) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  const auto inner = [&](char c) { return letter(c) || (c >= '0' && c <= '9'); };
  return !text.empty() && letter(text.front()) && std::all_of(text.begin(), text.end(), inner);
}

std::string synapse_label(const std::string& channel, const std::string& tag) {
  return "synapse \"" + channel + "\" with tag \"" + tag + "\"";
}
std::string noise_label() {
  return "noise";
}

std::optional<Mechanism> membrane_mechanism(const MembraneChoice& model, const LeakValues& values,
                                            bool unless_refractory, const Site& site, const std::string& call,
                                            Problems& problems) {
  const Holes holes{{"c", site.suffix}, {"flags", unless_refractory ? " (unless refractory)" : ""}};
  const Given given{{"v_rest", values.v_rest}, {"C", values.capacitance}, {"gL", values.g_leakage}};
  Mechanism mechanism{.label = "model \"" + model.name() + "\"",
                      .call = call,
                      .equations = {},
                      .current = {},
                      .parameters = {}};
  if (const MembraneTemplate* own = model.own()) {
    if (!check_own(*own, holes, unless_refractory, problems)) return {};
    const auto rows = rows_of(library::leak_parameters(), own->parameters, holes);
    append(mechanism, {own->equations, "", rows}, holes, given, problems);
    mechanism.equations = trimmed_lines(mechanism.equations);
  } else if (const library::MembraneRow* row = library::find_membrane(model.name())) {
    append(mechanism, row->text, holes, given, problems);
  } else {
    problems.add(unknown_name_text("membrane model", model.name(), library::membrane_names()));
    return {};
  }
  return mechanism;
}

std::optional<Mechanism> synapse_mechanism(const ChannelChoice& channel, const ChannelOptions& options,
                                           const Site& site, Problems& problems) {
  check_tag(options.tag, problems);
  check_kinetics(options, problems);
  const library::Kinetics& kinetics = options.t_rise ? library::rise_and_decay() : library::decay_only();
  const Holes holes{{"c", site.suffix}, {"ch", channel.name()}, {"t", options.tag}, {"gate", kinetics.gate}};
  Given given{{"g", options.g}, {"t_rise", options.t_rise}, {"t_decay", options.t_decay}};
  if (options.scale_g && options.g && positive(options.t_rise) && positive(options.t_decay)) {
    given["g"] = g_norm_factor(*options.t_rise, *options.t_decay) * *options.g;
  }
  Mechanism mechanism{
      .label = synapse_label(channel.name(), options.tag),
      .call = site.object + ".synapse(\"" + channel.name() + "\", {.tag = \"" + options.tag + "\"})",
      .equations = {},
      .current = {},
      .parameters = {}};
  bool gated = true;
  if (const ChannelTemplate* own = channel.own()) {
    if (!check_own(*own, holes, options, problems)) return {};
    const auto rows = rows_of(library::conductance_parameters(), own->parameters, holes);
    append(mechanism, {own->equations, "I_{ch}_{t}{c}", rows}, holes, given, problems);
    mechanism.equations = trimmed_lines(mechanism.equations);
    gated = own->equations.find("{gate}") != std::string::npos;
  } else if (const library::ChannelRow* row = library::find_channel(channel.name())) {
    append(mechanism, row->text, holes, given, problems);
  } else {
    problems.add(unknown_name_text("channel", channel.name(), library::channel_names()));
    return {};
  }
  if (gated) append(mechanism, kinetics.text, holes, given, problems);
  return mechanism;
}

Mechanism noise_mechanism(const NoiseOptions& options, const Site& site, Problems& problems) {
  Mechanism mechanism{.label = noise_label(),
                      .call = site.object + ".noise()",
                      .equations = {},
                      .current = {},
                      .parameters = {}};
  append(mechanism, library::noise(), {{"c", site.suffix}},
         {{"tau", options.tau}, {"sigma", options.sigma}, {"mean", options.mean}}, problems);
  return mechanism;
}

}  // namespace ranvier
