#pragma once
#include <optional>
#include <string>
#include <variant>

#include <ranvier/models/mechanism.hpp>

namespace ranvier {

/// The reversal potential of a current: a voltage, or the name of a constant that is one: "E_Na".
class Reversal {
 public:
  Reversal(Voltage value) : value_(value) {}
  Reversal(const char* constant) : value_(std::string(constant)) {}
  Reversal(std::string constant) : value_(std::move(constant)) {}

  const Voltage* voltage() const { return std::get_if<Voltage>(&value_); }
  const std::string* constant() const { return std::get_if<std::string>(&value_); }

 private:
  std::variant<Voltage, std::string> value_;
};

/// Dendritic spikes of one kind. When V reaches `threshold` at step k, a current rises in the steps
/// k+1 ... k+duration_rise and another one falls in the steps k+offset_fall ... k+offset_fall+duration_fall.
/// Times stay times; at a run they are counted in its steps. Everything may be given later, by
/// NeuronModel::configure_dspikes.
struct DSpikeOptions {
  std::string name{};                                   // required: "Na"; any name will do
  std::optional<Voltage> threshold{};                   // V at which one begins
  std::optional<Conductance> g_rise{};                  // of the rising current
  std::optional<Conductance> g_fall{};                  // of the falling current
  std::optional<Time> duration_rise{};                  // how long the rising current flows
  std::optional<Time> duration_fall{};                  // how long the falling current flows
  std::optional<Reversal> reversal_rise{};              // "E_Na", "E_Ca", 70*mV
  std::optional<Reversal> reversal_fall{};              // "E_K", -89*mV
  std::optional<Time> offset_fall{};                    // from the event to the begin of the falling current
  std::optional<Time> refractory{};                     // from one event to the earliest next
  std::optional<SpecificConductance> g_rise_density{};  // instead of g_rise: per area of the membrane
  std::optional<SpecificConductance> g_fall_density{};
  bool exact_windows = false;  // the falling current flows for duration_fall, not for one step more: it
                               // begins one step later
};

/// What to change in dendritic spikes: only what is given changes.
struct DSpikeSettings {
  std::optional<Voltage> threshold{};
  std::optional<Time> duration_rise{};
  std::optional<Time> duration_fall{};
  std::optional<Reversal> reversal_rise{};
  std::optional<Reversal> reversal_fall{};
  std::optional<Time> offset_fall{};
  std::optional<Time> refractory{};
  std::optional<bool> exact_windows{};
};

}  // namespace ranvier
