#include <ranvier/models/point_neuron_model.hpp>

namespace ranvier {
namespace {

constexpr const char* no_suffix = "";

}  // namespace

/// What the constructor has to find out before there is a model.
struct PointNeuronModel::Checked {
  Electrophysiology passive;
  Mechanism mechanism;
};

PointNeuronModel::Checked PointNeuronModel::check(const PointNeuronOptions& options) {
  Problems problems("PointNeuronModel");
  const Electrophysiology passive = electrophysiology(
      {options.length, options.diameter, options.cm, options.gl, options.cm_abs, options.gl_abs}, problems);
  const std::optional<Mechanism> mechanism = membrane_mechanism(
      options.model, options.v_rest, passive.capacitance, passive.g_leakage, no_suffix, problems);
  problems.raise_if_any();
  return {passive, *mechanism};
}

PointNeuronModel::PointNeuronModel(const PointNeuronOptions& options)
    : PointNeuronModel(options, check(options)) {}

PointNeuronModel::PointNeuronModel(const PointNeuronOptions& options, const Checked& checked)
    : model_(options.model),
      v_rest_(*options.v_rest),
      passive_(checked.passive),
      membrane_(checked.mechanism, no_suffix, *options.v_rest) {}

PointNeuronModel& PointNeuronModel::synapse(const std::string& channel, const ChannelOptions& options) {
  Problems problems("synapse \"" + channel + "\" with tag \"" + options.tag + "\"");
  const std::optional<Mechanism> mechanism = synapse_mechanism(channel, options, no_suffix, problems);
  if (!mechanism) problems.raise_if_any();
  membrane_.add(*mechanism, std::move(problems));
  return *this;
}

PointNeuronModel& PointNeuronModel::noise(const NoiseOptions& options) {
  Problems problems("noise");
  const Mechanism mechanism = noise_mechanism(options, no_suffix, problems);
  membrane_.add(mechanism, std::move(problems));
  return *this;
}

PointNeuronModel& PointNeuronModel::add_params(std::initializer_list<Namespace::value_type> values) {
  membrane_.add_params({values.begin(), values.end()});
  return *this;
}

PointNeuronModel& PointNeuronModel::add_params(const Namespace& values) {
  membrane_.add_params({values.begin(), values.end()});
  return *this;
}

PointNeuronModel& PointNeuronModel::add_equations(const std::string& text) {
  membrane_.add_equations(text);
  return *this;
}

std::string PointNeuronModel::to_string() const {
  std::string text = "PointNeuronModel \"" + model_ + "\"\n\nEquations\n" + equations() + "\nParameters\n";
  for (const auto& [name, value] : parameters()) text += name + " = " + ranvier::to_string(value) + "\n";
  const std::vector<Parameter> missing = missing_parameters();
  if (!missing.empty()) text += "\nStill without a value\n";
  for (const Parameter& parameter : missing) {
    text += parameter.name + " : " + ranvier::to_string(parameter.dimension) + "\n";
  }
  return text;
}

}  // namespace ranvier
