#pragma once
#include <span>
#include <string>
#include <string_view>

#include <ranvier/compiler/equations.hpp>
#include <ranvier/compiler/namespace.hpp>
#include <ranvier/models/library.hpp>
#include <ranvier/runtime/synapses.hpp>

/// Rules by which synapses change, written in the language. Each has a weight `w` without unit; what a spike
/// of the source does with it is the user's text.
namespace ranvier {

struct PlasticityOptions {
  std::string transmission =
      {};  // what an arriving spike does: "v_post += w*mV"; tsodyks_markram: "v_post += w*r*mV"
  std::string voltage = "v";  // voltage_stdp: the variable of the target
  Namespace parameters = {};  // of the rule, instead of what the library says
};

/// Options for `Network::synapses`, with the rule's equations, code and constants; everything else can still
/// be set. Throws ModelBuilderError with everything that is wrong: a rule or a parameter that there is not, a
/// value of another dimension or out of range.
///
/// | rule            | what it is                                                             | first
/// described by | | stdp            | pairs of spikes, all to all | Song, Miller, Abbott 2000 | |
/// nearest_stdp    | pairs of spikes, only the nearest of each side                         | Morrison,
/// Diesmann, Gerstner 2008 | | triplet_stdp    | triplets of spikes | Pfister, Gerstner 2006 | | voltage_stdp
/// | voltage of the target at spikes; needs `neuron_equations`              | Clopath et al. 2010 | |
/// tsodyks_markram | depression and facilitation of single spikes: `r` is what they release | Tsodyks,
/// Pawelzik, Markram 1998 | | inhibitory_stdp | keeps the target at a rate | Vogels et al. 2011 | |
/// rewarded_stdp   | pairs leave a trace that reward turns into weight; needs `neuron_equations` | Izhikevich
/// 2007 |
SynapsesOptions plastic_synapses(std::string_view rule, const PlasticityOptions& options = {});

/// What a rule needs in the target neurons, with its constants filled in; most need nothing:
/// `{.equations = Equations("v : volt") + neuron_equations("voltage_stdp")}`. Throws as plastic_synapses
/// does.
Equations neuron_equations(std::string_view rule, const PlasticityOptions& options = {});

namespace library {

struct PlasticityRow {
  std::string_view name;
  std::string_view equations;
  std::string_view on_pre;   // {transmission} is where the user's text stands
  std::string_view on_post;  // "": no such pathway
  std::string_view neuron_equations;
  std::string_view method;                          // of clock-driven equations; "": there are none
  std::span<const ParameterRow> parameters;         // of the synapses
  std::span<const ParameterRow> neuron_parameters;  // of the neuron equations
};
std::span<const PlasticityRow> plasticity_rules();

}  // namespace library
}  // namespace ranvier
