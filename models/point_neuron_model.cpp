#include <ranvier/models/model_text.hpp>
#include <ranvier/models/point_neuron_model.hpp>

namespace ranvier {
namespace {

Site own_site() {
  return {"", "model"};
}

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
  if (!options.v_rest)
    problems.add(
        "v_rest is missing: the leak's reversal potential and the first value of V; write for example "
        ".v_rest = -70*mV");
  const std::optional<Mechanism> mechanism = membrane_mechanism(
      options.model, {options.v_rest, passive.capacitance, passive.g_leakage}, options.unless_refractory,
      own_site(), "PointNeuronModel({.model = \"" + options.model.name() + "\"})", problems);
  problems.raise_if_any();
  return {passive, *mechanism};
}

PointNeuronModel::PointNeuronModel(const PointNeuronOptions& options)
    : PointNeuronModel(options, check(options)) {}

PointNeuronModel::PointNeuronModel(const PointNeuronOptions& options, const Checked& checked)
    : model_(options.model.name()),
      v_rest_(*options.v_rest),
      passive_(checked.passive),
      membrane_(checked.mechanism, own_site()) {}

PointNeuronModel& PointNeuronModel::synapse(const ChannelChoice& channel, const ChannelOptions& options) {
  Problems problems(synapse_label(channel.name(), options.tag));
  const std::optional<Mechanism> mechanism = synapse_mechanism(channel, options, own_site(), problems);
  if (!mechanism) problems.raise_if_any();
  membrane_.add(*mechanism, std::move(problems));
  return *this;
}

PointNeuronModel& PointNeuronModel::noise(const NoiseOptions& options) {
  Problems problems(noise_label());
  const Mechanism mechanism = noise_mechanism(options, own_site(), problems);
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

void PointNeuronModel::complete(NeuronGroupOptions& options) const {
  if (options.action_potential && options.action_potential->variable.empty())
    options.action_potential->variable = "V";
}

std::string PointNeuronModel::to_string() const {
  return "PointNeuronModel \"" + model_ + "\"\n" + section("Equations", equations()) +
         section("Parameters", lines(parameters())) +
         section("Still without a value", lines(missing_parameters(), {}));
}

}  // namespace ranvier
