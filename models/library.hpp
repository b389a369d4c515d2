#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <ranvier/compiler/quantity.hpp>
#include <ranvier/models/range.hpp>

/// The membranes, channels and constants that the builders know, as data. A text has holes: {c} is the suffix
/// of the compartment ("_soma"; empty for a point neuron), {flags} the flags of V, {ch} the channel, {t} the
/// tag of a synapse, {gate} the letter of the gate that conducts, {n} the name of dendritic spikes, {from}
/// how the begin of their falling current compares, {o} the other compartment of a coupling. To add a
/// membrane or a channel, add a row.
namespace ranvier::library {

/// A constant that the equations of a template read.
struct ParameterRow {
  std::string_view name;  // with holes
  Dimension dimension;
  Range range = Range::any;
  std::string_view option{};      // the builder's option that gives its value; "": add_params does
  std::optional<double> value{};  // its value if nobody gives one [SI]
};

/// Equations with holes, one a line, and the constants they read.
struct Template {
  std::string_view equations;
  std::string_view current;  // the variable that is added to I; "": none
  std::span<const ParameterRow> parameters;
};

/// A membrane model: how V follows from the sum of currents I. The lines of I and I_ext are not part of it:
/// the builder prints them once, with the currents that were added.
struct MembraneRow {
  std::string_view name;
  Template text;
};

/// A synaptic current as a function of V and of the conducting gate.
struct ChannelRow {
  std::string_view name;
  Template text;
};

/// How the gates of a channel follow a presynaptic spike, which increments `s`.
struct Kinetics {
  std::string_view gate;  // the letter of the gate that conducts
  Template text;
};

const MembraneRow* find_membrane(std::string_view name);
const ChannelRow* find_channel(std::string_view name);
std::vector<std::string> membrane_names();
std::vector<std::string> channel_names();

/// What every membrane reads, and every synapse.
std::span<const ParameterRow> leak_parameters();
std::span<const ParameterRow> conductance_parameters();

/// Dendritic spikes: currents, and an event with what follows it.
struct DSpikeRow {
  Template text;
  std::string_view event;
  std::string_view condition;
  std::string_view action;
};

const Kinetics& decay_only();
const Kinetics& rise_and_decay();
const Template& noise();
const DSpikeRow& dspikes();
/// The current into a compartment from the one that it is coupled to.
const Template& coupling();

/// Constants that every model has unless it says otherwise: reversal potentials and the magnesium block.
std::span<const ParameterRow> default_constants();

}  // namespace ranvier::library
