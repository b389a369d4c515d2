#pragma once
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <ranvier/models/electrophysiology.hpp>
#include <ranvier/models/g_norm_factor.hpp>
#include <ranvier/models/membrane.hpp>
#include <ranvier/runtime/neuron_group.hpp>

namespace ranvier {

/// A neuron without extent. Give v_rest, and either cm_abs and gl_abs or length, diameter, cm and gl.
struct PointNeuronOptions {
  MembraneChoice model = "leakyIF";  // leakyIF, passive, adaptiveIF, adex, cadIF, cadex, or a template
  std::optional<Length> length{};
  std::optional<Length> diameter{};
  std::optional<SpecificCapacitance> cm{};  // per area: 1 * uF / cm2
  std::optional<SpecificConductance> gl{};  // per area: 40 * uS / cm2
  std::optional<Capacitance> cm_abs{};
  std::optional<Conductance> gl_abs{};
  std::optional<Voltage> v_rest{};  // reversal of the leak EL, and first value of V
  bool unless_refractory = false;   // V stands still in refractory periods
};

/// Writes the equations of a neuron: a membrane model, synaptic currents, noise, and the user's own lines.
/// The names are those of Dendrify: V, I, I_ext, s_AMPA_<tag>, g_AMPA_<tag>, ... A call that throws has
/// changed nothing.
class PointNeuronModel {
 public:
  /// Throws ModelBuilderError for an unknown model (known are those of PointNeuronOptions), a value that is
  /// missing, given in two ways or out of range; all problems at once.
  explicit PointNeuronModel(const PointNeuronOptions& options);

  /// Adds a synaptic current of channel AMPA, GABA or NMDA, or of a template. A presynaptic spike increments
  /// its gate: `s_AMPA_<tag> += 1`. With t_decay alone the gate decays; with t_rise too, a second gate x
  /// follows s and conducts.
  PointNeuronModel& synapse(const ChannelChoice& channel, const ChannelOptions& options);

  /// Adds a noisy current I_noise, once. Its white noise is xi_noise.
  PointNeuronModel& noise(const NoiseOptions& options = {});

  /// Gives values to constants: those of the model's equations, and new ones for threshold and reset. They
  /// win over every other value; a later call over an earlier one: {{"Vth", -40.4*mV}, {"Vr", -65.6*mV}}.
  PointNeuronModel& add_params(std::initializer_list<Namespace::value_type> values);
  PointNeuronModel& add_params(const Namespace& values);

  /// Appends equations. A line that defines a constant of the model (`w_AMPA_ext : 1`) makes it a variable
  /// that each neuron has, and that begins with the constant's value. Throws ModelError, with places in
  /// `text`.
  PointNeuronModel& add_equations(const std::string& text);

  /// Says which variable has the shape of action potentials: V.
  void complete(NeuronGroupOptions& options) const;

  /// The equations as a block of text, one a line; what a neuron group is made of.
  std::string equations() const { return membrane_.equations(); }
  /// The same, with the calls that wrote each part, which messages name.
  SourcePtr source() const { return membrane_.source(); }
  /// The constants that the equations read, and those of add_params.
  Namespace parameters() const { return membrane_.parameters(); }
  /// What variables begin with: V at v_rest.
  std::map<std::string, AnyQuantity> initial_values() const { return membrane_.initial_values(); }
  /// Constants that the equations read and nobody has given: `a` of adex. add_params or the group's namespace
  /// gives them.
  std::vector<Parameter> missing_parameters() const { return membrane_.missing_parameters(); }

  Voltage v_rest() const { return v_rest_; }
  /// The membrane's area; absent where absolute values were given.
  std::optional<Area> area() const { return passive_.area; }
  /// As the options gave it: cm_abs, or cm * area.
  Capacitance capacitance() const { return *passive_.capacitance; }
  /// As the options gave it: gl_abs, or gl * area.
  Conductance g_leakage() const { return *passive_.g_leakage; }

  /// Equations, constants and missing constants, for a person to read.
  std::string to_string() const;

  /// See ranvier::g_norm_factor.
  static double g_norm_factor(Time t_rise, Time t_decay) { return ranvier::g_norm_factor(t_rise, t_decay); }

 private:
  struct Checked;
  static Checked check(const PointNeuronOptions& options);
  PointNeuronModel(const PointNeuronOptions& options, const Checked& checked);

  std::string model_;
  Voltage v_rest_;
  Electrophysiology passive_;
  Membrane membrane_;
};

}  // namespace ranvier
