#include <algorithm>

#include <ranvier/models/dspike_mechanism.hpp>
#include <ranvier/models/library.hpp>
#include <ranvier/models/template_text.hpp>

namespace ranvier {
namespace {

void check_name(const std::string& name, Problems& problems) {
  if (name.empty())
    problems.add("a name is missing, which tells dendritic spikes apart; write for example .name = \"Na\"");
  else if (!is_identifier(name))
    problems.add("the name \"" + name +
                 "\" cannot be part of a variable's name; expected letters, digits and _, not beginning with "
                 "a digit");
}

/// A constant of the library that is no voltage cannot be a reversal potential.
void check_reversal(const char* option, const std::optional<Reversal>& reversal, Problems& problems) {
  if (!reversal || !reversal->constant()) return;
  const std::string& name = *reversal->constant();
  if (!is_identifier(name)) {
    problems.add(std::string(option) + ": \"" + name + "\" is not the name of a constant");
    return;
  }
  for (const library::ParameterRow& row : library::default_constants())
    if (row.name == name && row.dimension != Voltage::dimension())
      problems.add(std::string(option) + ": the constant \"" + name + "\" is in " + to_string(row.dimension) +
                   ", but a reversal potential is a voltage");
}

void check_density(const char* option, bool both, Problems& problems) {
  if (both)
    problems.add(std::string(option) + " and " + option +
                 "_density are given together; give a conductance, or one per area");
}

std::optional<Conductance> conductance(const std::optional<Conductance>& g,
                                       const std::optional<SpecificConductance>& density,
                                       const std::optional<Area>& area) {
  return density && area ? std::optional(*density * *area) : g;
}

std::optional<AnyQuantity> voltage_of(const std::optional<Reversal>& reversal) {
  if (!reversal || !reversal->voltage()) return {};
  return *reversal->voltage();
}

void refer(Mechanism& mechanism, std::string_view option, const std::optional<Reversal>& reversal) {
  if (!reversal || !reversal->constant()) return;
  Parameter& parameter = *std::ranges::find(mechanism.parameters, option, &Parameter::asked);
  parameter.same_as = *reversal->constant();
  parameter.option = option;
}

template <class T>
void take(T& value, const T& given) {
  if (given) value = given;
}

}  // namespace

std::string dspikes_label(const std::string& name) {
  return "dspikes \"" + name + "\"";
}

Mechanism dspikes_mechanism(const DSpikeOptions& options, std::optional<Area> area, const Site& site,
                            Problems& problems) {
  check_name(options.name, problems);
  check_reversal("reversal_rise", options.reversal_rise, problems);
  check_reversal("reversal_fall", options.reversal_fall, problems);
  check_density("g_rise", options.g_rise && options.g_rise_density, problems);
  check_density("g_fall", options.g_fall && options.g_fall_density, problems);
  const library::DSpikeRow& row = library::dspikes();
  const Holes holes{{"c", site.suffix}, {"n", options.name}, {"from", options.exact_windows ? ">" : ">="}};
  Mechanism mechanism{.label = dspikes_label(options.name),
                      .call = site.object + ".dspikes({.name = \"" + options.name + "\"})",
                      .equations = {},
                      .current = {},
                      .parameters = {}};
  append(mechanism, row.text, holes,
         {{"threshold", options.threshold},
          {"g_rise", conductance(options.g_rise, options.g_rise_density, area)},
          {"g_fall", conductance(options.g_fall, options.g_fall_density, area)},
          {"duration_rise", options.duration_rise},
          {"duration_fall", options.duration_fall},
          {"reversal_rise", voltage_of(options.reversal_rise)},
          {"reversal_fall", voltage_of(options.reversal_fall)},
          {"offset_fall", options.offset_fall},
          {"refractory", options.refractory}},
         problems);
  refer(mechanism, "reversal_rise", options.reversal_rise);
  refer(mechanism, "reversal_fall", options.reversal_fall);
  mechanism.events.push_back({fill(row.event, holes), fill(row.condition, holes), fill(row.action, holes)});
  return mechanism;
}

DSpikeOptions changed(DSpikeOptions options, const DSpikeSettings& settings) {
  take(options.threshold, settings.threshold);
  take(options.duration_rise, settings.duration_rise);
  take(options.duration_fall, settings.duration_fall);
  take(options.reversal_rise, settings.reversal_rise);
  take(options.reversal_fall, settings.reversal_fall);
  take(options.offset_fall, settings.offset_fall);
  take(options.refractory, settings.refractory);
  options.exact_windows = settings.exact_windows.value_or(options.exact_windows);
  return options;
}

}  // namespace ranvier
