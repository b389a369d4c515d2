#include <algorithm>
#include <array>
#include <numbers>
#include <tuple>

#include <ranvier/models/compartment.hpp>
#include <ranvier/models/dspike_mechanism.hpp>
#include <ranvier/models/model_text.hpp>
#include <ranvier/models/references.hpp>

namespace ranvier {
namespace {

constexpr std::array kinds = {"Compartment", "Soma", "Dendrite"};

/// Words that the names of a compartment's variables contain already: I_noise_dend, g_rise_Na_dend.
constexpr std::array reserved = {"noise", "rise", "fall", "ext", "pre", "post"};

void check_name(const std::string& name, Problems& problems) {
  if (name.empty()) {
    problems.add(
        "a name is missing, which ends the names of its variables; write for example .name = \"soma\"");
  } else if (!is_identifier(name)) {
    problems.add("the name \"" + name +
                 "\" cannot be part of a variable's name; expected letters, digits and _, not beginning with "
                 "a digit");
  } else if (std::ranges::find(reserved, name) != reserved.end()) {
    problems.add("the name \"" + name +
                 "\" is part of the names of other variables; choose another one (reserved are noise, rise, "
                 "fall, ext, pre, post)");
  }
}

void check_geometry(const CompartmentOptions& options, Problems& problems) {
  const bool specific =
      options.cm || options.gl || options.r_axial || options.scale_factor || options.spine_factor;
  if (!options.geometry) {
    problems.add(
        "a geometry is missing; write for example .geometry = Cylinder{100*um, 2*um}, or Absolute{50*pF, "
        "2.5*nS}");
  } else if (const auto* cylinder = std::get_if<Cylinder>(&*options.geometry)) {
    check_range("length", cylinder->length, Range::positive, problems);
    check_range("diameter", cylinder->diameter, Range::positive, problems);
  } else {
    const auto& absolute = std::get<Absolute>(*options.geometry);
    check_range("Absolute.cm", absolute.cm, Range::positive, problems);
    check_range("Absolute.gl", absolute.gl, Range::not_negative, problems);
    if (specific)
      problems.add(
          "cm, gl, r_axial, scale_factor and spine_factor belong to a Cylinder; an Absolute geometry has its "
          "capacitance and its leak");
  }
}

void check_values(const CompartmentOptions& options, Problems& problems) {
  const auto check = [&](const char* name, const auto& value, Range range) {
    if (value) check_range(name, *value, range, problems);
  };
  check("cm", options.cm, Range::positive);
  check("gl", options.gl, Range::not_negative);
  check("r_axial", options.r_axial, Range::positive);
  check("v_rest", options.v_rest, Range::any);
  check("scale_factor", options.scale_factor, Range::positive);
  check("spine_factor", options.spine_factor, Range::positive);
}

CompartmentOptions complete(CompartmentOptions options, bool soma) {
  if (options.model.name().empty()) options.model = soma ? "leakyIF" : "passive";
  return options;
}

Membrane membrane_of(const CompartmentOptions& options, const std::string& kind) {
  Problems problems(kind + " \"" + options.name + "\"");
  check_name(options.name, problems);
  check_geometry(options, problems);
  check_values(options, problems);
  const Site site{"_" + options.name, options.name};
  const auto mechanism = membrane_mechanism(options.model, {}, options.unless_refractory, site,
                                            kind + "({.name = \"" + options.name + "\"})", problems);
  problems.raise_if_any();
  return {*mechanism, site};
}

}  // namespace

Electrophysiology electrophysiology(const CompartmentOptions& options) {
  if (!options.geometry) return {};
  if (const auto* absolute = std::get_if<Absolute>(&*options.geometry))
    return {.area = {}, .capacitance = absolute->cm, .g_leakage = absolute->gl};
  const auto& cylinder = std::get<Cylinder>(*options.geometry);
  const Area area = std::numbers::pi * cylinder.length * cylinder.diameter *
                    options.scale_factor.value_or(1) * options.spine_factor.value_or(1);
  Electrophysiology result{.area = area, .capacitance = {}, .g_leakage = {}};
  if (options.cm) result.capacitance = *options.cm * area;
  if (options.gl) result.g_leakage = *options.gl * area;
  return result;
}

Compartment::Compartment(const CompartmentOptions& options) : Compartment(options, Kind::compartment) {}

Compartment::Compartment(const CompartmentOptions& options, Kind kind)
    : options_(complete(options, kind == Kind::soma)),
      kind_(kind),
      membrane_(membrane_of(options_, kinds[static_cast<std::size_t>(kind)])) {
  settle();
}

void Compartment::settle() {
  const Electrophysiology passive = electrophysiology();
  membrane_.give("v_rest", options_.v_rest);
  membrane_.give("C", passive.capacitance);
  membrane_.give("gL", passive.g_leakage);
  for (const DSpikeOptions& dspikes : dspikes_) {
    Problems none("");
    membrane_.replace(dspikes_mechanism(dspikes, passive.area, membrane_.site(), none));
  }
}

bool Compartment::is_like(const Compartment& other) const {
  const auto values = [](const CompartmentOptions& o) {
    return std::tie(o.geometry, o.cm, o.gl, o.r_axial, o.v_rest, o.scale_factor, o.spine_factor);
  };
  return kind_ == other.kind_ && values(options_) == values(other.options_) &&
         to_string() == other.to_string();
}

Compartment& Compartment::synapse(const ChannelChoice& channel, const ChannelOptions& options) {
  Problems problems(synapse_label(channel.name(), options.tag));
  const auto mechanism = synapse_mechanism(channel, options, membrane_.site(), problems);
  if (!mechanism) problems.raise_if_any();
  membrane_.add(*mechanism, std::move(problems));
  return *this;
}

Compartment& Compartment::noise(const NoiseOptions& options) {
  Problems problems(noise_label());
  const Mechanism mechanism = noise_mechanism(options, membrane_.site(), problems);
  membrane_.add(mechanism, std::move(problems));
  return *this;
}

void Compartment::add_dspikes(const DSpikeOptions& options) {
  Problems problems(dspikes_label(options.name));
  const Electrophysiology passive = electrophysiology();
  if (!passive.area && (options.g_rise_density || options.g_fall_density))
    problems.add("a conductance per area needs the area of a Cylinder; give g_rise and g_fall");
  const Mechanism mechanism = dspikes_mechanism(options, passive.area, membrane_.site(), problems);
  membrane_.add(mechanism, std::move(problems));
  dspikes_.push_back(options);
}

Compartment& Compartment::add_params(std::initializer_list<Namespace::value_type> values) {
  membrane_.add_params({values.begin(), values.end()});
  return *this;
}

Compartment& Compartment::add_params(const Namespace& values) {
  membrane_.add_params({values.begin(), values.end()});
  return *this;
}

Compartment& Compartment::add_equations(const std::string& text) {
  membrane_.add_equations(text);
  return *this;
}

Namespace Compartment::parameters() const {
  Namespace values = membrane_.parameters();
  std::set<std::string> variables;
  for (const auto& [name, by] : membrane_.variables()) variables.insert(name);
  resolve_references(values, membrane_.declared(), variables);
  return values;
}

std::string Compartment::to_string() const {
  std::string text = std::string(kinds[static_cast<std::size_t>(kind_)]) + " \"" + name() + "\"\n" +
                     section("Equations", equations()) + section("Parameters", lines(parameters())) +
                     section("Still without a value", lines(membrane_.missing_parameters(), parameters()));
  std::string events;
  for (const Mechanism& mechanism : membrane_.mechanisms()) events += lines(mechanism.events);
  return text + section("Events", events);
}

}  // namespace ranvier
