#pragma once
#include <concepts>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <ranvier/runtime/group.hpp>

namespace ranvier {

/// How long a neuron stays refractory: a time, or a text in the language (a time or a condition). Default:
/// not at all.
class Refractory {
 public:
  Refractory() = default;
  Refractory(const char* text) : text_(text) {}
  Refractory(std::string text) : text_(std::move(text)) {}
  Refractory(Time duration);
  template <std::integral Number>  // a duration has a unit
  Refractory(Number) = delete;
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

/// Code that follows an event; see Group::run_on_event.
struct EventCode {
  std::string event;  // "spike", or one of the group's own
  std::string code;   // "g += 1*nS"
  RunOnEventOptions options = {};
};

/// The shape of an action potential: at a spike the variable jumps to `peak`, and `width` later, in slot
/// "synapses", to `after`. Between the two the equations hold.
struct ActionPotential {
  Voltage peak;
  Voltage after;
  Time width;
  std::string variable = {};  // default: V of a builder's model, that of its soma
};

/// A model of neurons as texts. Empty: not given.
struct NeuronGroupOptions {
  EquationsText equations = {};  // "dv/dt = (I - v)/tau : volt (unless refractory)", or Equations
  std::string threshold = {};    // boolean: "v > Vt"
  std::string reset = {};        // statements: "v = Vr"
  /// What else happens to neurons, and under which condition: {{"boost", "v > 0.5"}}. Unlike spikes it begins
  /// no refractory period and happens during one, too. See run_on_event, Synapses and monitors.
  std::vector<std::pair<std::string, std::string>> events = {};
  Refractory refractory = {};    // "5*ms", 5*ms, "v > 0*mV"
  std::string method = {};       // "rk4"; names to try in turn, "exact, euler"; lines of your own;
                                 // default: chosen for the equations
  Namespace namespace_ = {};     // constants of the texts
  std::optional<Time> dt = {};   // length of its steps; default: the network's
  const Clock* clock = nullptr;  // instead of dt: a clock that the network has
  int order = 0;                 // its place among the groups of a slot: lower ones come first
  std::string name = {};         // default: neurongroup, neurongroup_1, ...
  /// Of an adaptive method: tolerances and the like.
  MethodOptions method_options = {};
  std::vector<EventCode> on_events = {};                 // what happens then
  std::optional<ActionPotential> action_potential = {};  // its peak comes before the reset, if there is one
};

/// What neuron builders provide: equations as text, constants, and initial values of variables.
template <class Model>
concept NeuronBuilder = requires(const Model& model) {
  { model.equations() } -> std::convertible_to<std::string>;
  { model.parameters() } -> std::convertible_to<Namespace>;
  { model.initial_values() } -> std::convertible_to<std::map<std::string, AnyQuantity>>;
};

/// Builders that find out what is wrong with a model, given the names that have a value.
template <class Model>
concept CheckingBuilder = requires(const Model& model, const Namespace& known) { model.build(known); };

/// Builders that know more of a group, and say it in its options.
template <class Model>
concept CompletingBuilder =
    requires(const Model& model, NeuronGroupOptions& options) { model.complete(options); };

/// Neurons defined by equations, a threshold and a reset.
class NeuronGroup : public Group {
 protected:
  friend class Network;
  using Group::Group;
};

}  // namespace ranvier
