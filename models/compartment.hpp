#pragma once
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

#include <ranvier/models/dspike.hpp>
#include <ranvier/models/electrophysiology.hpp>
#include <ranvier/models/g_norm_factor.hpp>
#include <ranvier/models/geometry.hpp>
#include <ranvier/models/membrane.hpp>
#include <ranvier/models/templates.hpp>

namespace ranvier {

/// A part of a neuron. What is not given here may come from the neuron model, which gives it to all.
struct CompartmentOptions {
  std::string name{};                       // required; ends the names of its variables: V_<name>
  MembraneChoice model{};                   // default: leakyIF of a Soma, else passive
  std::optional<Geometry> geometry{};       // Cylinder{100*um, 2.5*um} or Absolute{50*pF, 2.5*nS}
  std::optional<SpecificCapacitance> cm{};  // per area: 1 * uF / cm2
  std::optional<SpecificConductance> gl{};  // per area: 40 * uS / cm2
  std::optional<Resistivity> r_axial{};     // for couplings by shape: 150 * ohm * cm
  std::optional<Voltage> v_rest{};          // reversal of the leak, and first value of V
  std::optional<double> scale_factor{};     // the area is multiplied by both; 1
  std::optional<double> spine_factor{};
  bool unless_refractory = false;  // V stands still in refractory periods
};

/// What follows from the options of a compartment, as far as they say it.
Electrophysiology electrophysiology(const CompartmentOptions& options);

/// A part of a neuron: a membrane with currents. A call that throws (ModelBuilderError, with everything that
/// is wrong with it) has changed nothing. Names as in dendritic models everywhere: V_<c>, I_ext_<c>,
/// s_AMPA_<tag>_<c>.
class Compartment {
 public:
  explicit Compartment(const CompartmentOptions& options);

  /// As PointNeuronModel has them, with names that end in the compartment's.
  Compartment& synapse(const ChannelChoice& channel, const ChannelOptions& options);
  Compartment& noise(const NoiseOptions& options = {});
  Compartment& add_params(std::initializer_list<Namespace::value_type> values);
  Compartment& add_params(const Namespace& values);
  Compartment& add_equations(const std::string& text);

  const std::string& name() const { return options_.name; }
  /// Without couplings, which a neuron model adds.
  std::string equations() const { return membrane_.equations(); }
  Namespace parameters() const;
  /// What follows from its own options; absent where these do not say it.
  Electrophysiology electrophysiology() const { return ranvier::electrophysiology(options_); }
  /// Equations, constants, constants without a value, events; for a person to read.
  std::string to_string() const;

  static double g_norm_factor(Time t_rise, Time t_decay) { return ranvier::g_norm_factor(t_rise, t_decay); }

 protected:
  enum class Kind : std::uint8_t { compartment, soma, dendrite };
  Compartment(const CompartmentOptions& options, Kind kind);
  void add_dspikes(const DSpikeOptions& options);

 private:
  friend class NeuronModel;
  /// Whether both would write the same.
  bool is_like(const Compartment& other) const;
  /// Values that depend on the options go to the mechanisms.
  void settle();

  CompartmentOptions options_;
  Kind kind_;
  Membrane membrane_;
  std::vector<DSpikeOptions> dspikes_;
};

/// The compartment that action potentials belong to; spine factors of a neuron model leave it out.
class Soma : public Compartment {
 public:
  explicit Soma(const CompartmentOptions& options) : Compartment(options, Kind::soma) {}
};

/// A compartment that may have dendritic spikes.
class Dendrite : public Compartment {
 public:
  explicit Dendrite(const CompartmentOptions& options) : Compartment(options, Kind::dendrite) {}

  /// Adds dendritic spikes: the event spike_<name>_<c> and the currents that follow it.
  Dendrite& dspikes(const DSpikeOptions& options) {
    add_dspikes(options);
    return *this;
  }
};

}  // namespace ranvier
