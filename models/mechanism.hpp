#pragma once
#include <optional>
#include <string>
#include <vector>

#include <ranvier/models/problems.hpp>
#include <ranvier/models/range.hpp>
#include <ranvier/models/templates.hpp>

namespace ranvier {

/// A synapse of a model. `tag` tells two synapses of one channel apart and is part of the names of their
/// variables.
struct ChannelOptions {
  std::string tag{};               // required
  std::optional<Conductance> g{};  // maximal conductance; absent: add_params gives g_<channel>_<tag>
  std::optional<Time> t_rise{};    // with t_decay: a second gate that rises
  std::optional<Time> t_decay{};   // absent: add_params gives t_<channel>_decay_<tag>
  bool scale_g = false;            // divide g by the peak of the double exponential; needs g, t_rise, t_decay
};

/// A noisy current: an Ornstein-Uhlenbeck process.
struct NoiseOptions {
  std::optional<Time> tau{};       // correlation time; 20 ms
  std::optional<Current> sigma{};  // stationary standard deviation; 1 pA
  std::optional<Current> mean{};   // 0 pA
};

/// A constant that equations read, with the value that the library or the builder call gave it, if any did.
struct Parameter {
  std::string name;
  Dimension dimension{};
  Range range = Range::any;
  std::optional<AnyQuantity> value{};
  std::string same_as{};  // instead of a value: the constant that has it
  std::string option{};   // the option of the call that gave the value; "": the library, or nobody
  std::string asked{};    // the option that could give one; "": add_params
  std::string call{};     // that declares it, as the user wrote it
};

/// Something that happens in a compartment, and what follows.
struct MechanismEvent {
  std::string name;
  std::string condition;
  std::string action;
};

/// What one builder call adds to a model: a template with its holes filled.
struct Mechanism {
  std::string label;      // as messages call it; a compartment has it once
  std::string call;       // as the user wrote it
  std::string equations;  // lines
  std::string current;    // the variable that is added to I; "": none
  std::vector<Parameter> parameters;
  std::vector<MechanismEvent> events = {};
};

/// Where a mechanism belongs: how the names of the compartment end ("_soma"; "" for a point neuron), and what
/// its object is called in calls ("soma", "model").
struct Site {
  std::string suffix;
  std::string object;
};

/// What the leak of a membrane needs. Absent: to be given later.
struct LeakValues {
  std::optional<Voltage> v_rest{};
  std::optional<Capacitance> capacitance{};
  std::optional<Conductance> g_leakage{};
};

/// How messages call a mechanism.
std::string synapse_label(const std::string& channel, const std::string& tag);
std::string noise_label();

/// Mechanisms of the library, or of a user's template. `call`: how the user wrote it. What is wrong with the
/// options goes to `problems`.
std::optional<Mechanism> membrane_mechanism(const MembraneChoice& model, const LeakValues& values,
                                            bool unless_refractory, const Site& site, const std::string& call,
                                            Problems& problems);
std::optional<Mechanism> synapse_mechanism(const ChannelChoice& channel, const ChannelOptions& options,
                                           const Site& site, Problems& problems);
Mechanism noise_mechanism(const NoiseOptions& options, const Site& site, Problems& problems);

/// True for [A-Za-z_][A-Za-z0-9_]*.
bool is_identifier(std::string_view text);

}  // namespace ranvier
