#pragma once
#include <initializer_list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <ranvier/models/compartment.hpp>
#include <ranvier/runtime/neuron_group.hpp>

namespace ranvier {

/// Two compartments and how they are coupled. Keeps copies, of which a neuron model makes its own: the
/// caller's objects can be changed and used again.
struct Edge {
  Edge(const Compartment& from, const Compartment& to, Coupling by = HalfCylinders{})
      : a(from), b(to), coupling(std::move(by)) {}

  Compartment a;
  Compartment b;
  Coupling coupling;
};

/// What all compartments have. cm, gl, r_axial and v_rest win over those of the compartments.
struct NeuronModelOptions {
  std::optional<SpecificCapacitance> cm{};
  std::optional<SpecificConductance> gl{};
  std::optional<Resistivity> r_axial{};
  std::optional<Voltage> v_rest{};
  std::optional<double> scale_factor{};  // of the compartments that have none of their own
  std::optional<double> spine_factor{};  // the same, and not of a Soma
  bool override_factors = false;         // the two factors win over those of the compartments
  Namespace defaults = {};               // instead of the library's constants: {{"E_Na", 50*mV}}
};

/// The passive electrical properties of one compartment of a model. Absent: the geometry is absolute, or
/// something is missing.
struct CompartmentProperties {
  std::string name;
  std::optional<Length> length;
  std::optional<Length> diameter;
  double scale_factor = 1;
  double spine_factor = 1;
  std::optional<Area> area;
  std::optional<Capacitance> capacitance;
  std::optional<Conductance> g_leakage;
  std::optional<Voltage> v_rest;
};

/// Compartments, coupled: writes the equations of a neuron. It is described first and checked as a whole by
/// build(), which is called when a neuron group is made of it; calls that concern one thing throw at once
/// (ModelBuilderError) and then have changed nothing.
///
/// Defaults: library < compartment < model < add_params. A model can be used for several groups, and changed
/// in between.
class NeuronModel {
 public:
  explicit NeuronModel(const std::vector<Edge>& edges, const NeuronModelOptions& options = {});
  /// A neuron of one compartment.
  explicit NeuronModel(const Compartment& compartment, const NeuronModelOptions& options = {});

  /// Changes all dendritic spikes of a name, in all compartments; only what is given changes. Throws if there
  /// are none of this name.
  NeuronModel& configure_dspikes(const std::string& name, const DSpikeSettings& settings);

  /// As those of PointNeuronModel. They win over what compartments say.
  NeuronModel& add_params(std::initializer_list<Namespace::value_type> values);
  NeuronModel& add_params(const Namespace& values);
  NeuronModel& add_equations(const std::string& text);
  /// Makes a constant of the model a variable that each neuron has, and that begins with the constant's
  /// value.
  NeuronModel& per_neuron(const std::string& constant);

  /// Takes a mechanism out of the model.
  NeuronModel& remove_synapse(const std::string& compartment, const std::string& channel,
                              const std::string& tag);
  NeuronModel& remove_noise(const std::string& compartment);
  NeuronModel& remove_dspikes(const std::string& compartment, const std::string& name);

  /// Leaves a mechanism in the model with conductances (of noise: deviation and mean) of zero, or back at
  /// their values. The equations stay as they are: `apply` brings it to a group without compiling.
  NeuronModel& switch_off_synapse(const std::string& compartment, const std::string& channel,
                                  const std::string& tag);
  NeuronModel& switch_off_noise(const std::string& compartment);
  NeuronModel& switch_off_dspikes(const std::string& compartment, const std::string& name);
  NeuronModel& switch_on_synapse(const std::string& compartment, const std::string& channel,
                                 const std::string& tag);
  NeuronModel& switch_on_noise(const std::string& compartment);
  NeuronModel& switch_on_dspikes(const std::string& compartment, const std::string& name);

  /// Throws with everything that is wrong with the model: couplings (twice the same, cycles, unconnected
  /// parts, shapes that do not say how), names, constants without a value, units, equations. `known`: what
  /// else has a value.
  void build(const Namespace& known = {}) const;
  /// What a neuron group needs besides equations and constants: events, and what follows them.
  void complete(NeuronGroupOptions& options) const;
  /// Gives the model's constants to a group that was made of it. Nothing is compiled.
  void apply(NeuronGroup& group) const;

  /// One a line; compartments in order of their first appearance, with a blank line between, the model's own
  /// last.
  std::string equations() const { return source()->text(); }
  /// The same, with the calls that wrote each part, which messages name.
  SourcePtr source() const;
  Namespace parameters() const;
  /// Conditions of custom events by name: {"spike_Na_dend", "V_dend >= ..."}.
  std::map<std::string, std::string> events() const;
  /// What happens then: {"spike_Na_dend", "spiketime_Na_dend = t; ..."}.
  std::map<std::string, std::string> event_actions() const;
  /// What variables begin with: V_<c> at v_rest.
  std::map<std::string, AnyQuantity> initial_values() const;
  /// Constants that the equations read and nobody has given.
  std::vector<Parameter> missing_parameters() const;

  std::vector<std::string> compartment_names() const;
  std::vector<CompartmentProperties> electrophysiology() const;
  /// The conductances between compartments, in the order of the edges. Absent: not computable.
  struct Coupled {
    std::string a;
    std::string b;
    std::optional<Conductance> g;
  };
  std::vector<Coupled> couplings() const;
  /// The variable that action potentials belong to: V of the only soma, or of the only compartment.
  std::string action_potential_variable() const;

  /// Of the passive neuron (leaks and couplings): steady voltage per current into a compartment.
  Resistance input_resistance(const std::string& compartment) const;
  /// Of the passive neuron: the time after which the response to a current step into a compartment, there,
  /// has come to 1 - 1/e of its end.
  Time time_constant(const std::string& compartment) const;

  /// Equations, constants, events, a table of electrophysiology; for a person to read.
  std::string to_string() const;
  /// The compartments and couplings in the language of Graphviz.
  std::string graph_dot() const;

 private:
  void take_compartments(const std::vector<Edge>& edges);
  void take(const Compartment& compartment);
  void apply_options();
  void couple(const std::vector<Edge>& edges);
  void couple(const Edge& edge);

  Compartment* find(const std::string& compartment);
  Compartment& compartment(const std::string& name, Problems& problems);
  /// The mechanism of this label in a compartment; throws if there is none.
  const Mechanism& mechanism(const std::string& call, const std::string& compartment,
                             const std::string& label);
  void remove(const std::string& call, const std::string& compartment, const std::string& label);
  void switch_mechanism(const std::string& call, const std::string& compartment, const std::string& label,
                        bool on);
  ModelNames names() const;
  std::map<std::string, std::string> variables() const;
  std::set<std::string> variable_names() const;
  std::vector<Parameter> declared() const;
  std::vector<MechanismEvent> all_events() const;
  Namespace values(bool switched) const;
  void check_names(std::vector<std::string>& problems) const;
  void check_values(const Namespace& known, std::vector<std::string>& problems) const;
  void check_texts(const Namespace& known, std::vector<std::string>& problems) const;

  NeuronModelOptions options_;
  std::vector<Compartment> compartments_;  // in order of their first appearance
  std::vector<Coupled> couplings_;
  std::vector<std::string> problems_;  // of compartments, options and couplings; build() reports them
  UserLayer user_;
  std::set<std::string> off_;  // constants that are zero for now
};

}  // namespace ranvier
