#pragma once
#include <string>
#include <vector>

#include <ranvier/models/neuron_model.hpp>
#include <ranvier/runtime/network.hpp>

namespace ranvier {

/// Something that a playground lets one change, and within which bounds.
struct Slider {
  std::string name;  // "g_rise"
  std::string sets;  // a constant of the model, "g_rise_max_Na_dend", or a variable, "I_ext_dend"
  AnyQuantity minimum, maximum;
  AnyQuantity value;  // to begin with
  AnyQuantity step;   // what one move changes
};

/// A current into a compartment and everything that makes its dendritic spikes: current, threshold, g_rise,
/// g_fall, duration_rise, duration_fall, offset_fall, refractory, reversal_rise.
std::vector<Slider> dspike_sliders(const std::string& compartment = "dend",
                                   const std::string& dspikes = "Na");

/// One dendrite (80 pF, 3 nS, at -70 mV) with dendritic spikes of the values that dspike_sliders begin with.
NeuronModel playground_dendrite(const std::string& name = "dend");

struct PlaygroundOptions {
  std::string compartment = "dend";  // whose voltage is shown, and into which the current flows
  std::vector<Slider> sliders = dspike_sliders();
  Time before = Time(5e-3);   // at rest
  Time stimulus = Time(0.1);  // with variables at the values of their sliders
  Time after = Time(0.05);    // with these variables at zero again
  Time dt = Time(1e-4);
};

/// What a playground shows for one setting.
struct PlaygroundTrace {
  std::vector<double> times;    // [s], one for each step
  std::vector<double> voltage;  // [V], of the compartment
  std::vector<double> dspikes;  // [s], times of its dendritic spikes
};

/// A neuron whose parameters are turned and whose answer to a current is seen at once: it is compiled in the
/// first run, later ones take a millisecond.
class Playground {
 public:
  explicit Playground(const PlaygroundOptions& options = {}) : Playground(playground_dendrite(), options) {}
  /// Throws ModelBuilderError or NetworkError for what is wrong with the model or the options.
  explicit Playground(const NeuronModel& model, const PlaygroundOptions& options = {});

  /// Any value of the slider's dimension, also beyond its bounds. Throws NetworkError, having changed
  /// nothing, for a slider that there is not (with the nearest name) and for another dimension.
  void set(const std::string& slider, const AnyQuantity& value);
  AnyQuantity value(const std::string& slider) const { return find(slider).value; }
  /// In the order of the options, with the values that are set.
  const std::vector<Slider>& sliders() const { return sliders_; }

  const PlaygroundOptions& options() const { return options_; }

  /// From rest, with the values that are set.
  PlaygroundTrace run();
  /// Where time went; what compiling took does not grow after the first run.
  const PhaseTimes& times() const { return net_.times(); }

 private:
  const Slider& find(const std::string& name) const;
  bool is_variable(const Slider& slider) const;
  void set_variables(bool on);

  PlaygroundOptions options_;
  std::vector<Slider> sliders_;
  Network net_;
  NeuronGroup* neuron_;
  StateMonitor* voltage_;
  std::vector<SpikeMonitor*> events_;
};

}  // namespace ranvier
