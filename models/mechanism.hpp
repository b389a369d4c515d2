#pragma once
#include <optional>
#include <string>
#include <vector>

#include <ranvier/models/library.hpp>

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
  std::string option{};  // the option of the call that gave the value; "": the library, or nobody
};

/// What one builder call adds to a model: a template with its holes filled.
struct Mechanism {
  std::string label;      // as messages call it
  std::string call;       // as the user wrote it
  std::string equations;  // lines
  std::string current;    // the variable that is added to I; "": none
  std::vector<Parameter> parameters;
};

/// The mechanisms of the library for a compartment whose names end in `suffix`. What is wrong with the
/// options goes to `problems`.
std::optional<Mechanism> membrane_mechanism(const std::string& model, std::optional<Voltage> v_rest,
                                            std::optional<Capacitance> capacitance,
                                            std::optional<Conductance> g_leakage, const std::string& suffix,
                                            Problems& problems);
std::optional<Mechanism> synapse_mechanism(const std::string& channel, const ChannelOptions& options,
                                           const std::string& suffix, Problems& problems);
Mechanism noise_mechanism(const NoiseOptions& options, const std::string& suffix, Problems& problems);

/// True for [A-Za-z_][A-Za-z0-9_]*.
bool is_identifier(std::string_view text);

}  // namespace ranvier
