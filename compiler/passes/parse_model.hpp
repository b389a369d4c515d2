#pragma once
#include <ranvier/compiler/compile.hpp>

namespace ranvier::pass {

/// All texts of a group as syntax: its equations apart, everything else in the model. A threshold or
/// refractory text that cannot be read stands as True, so that nothing more is reported about it.
struct ParsedGroup {
  Block equations;
  GroupModel model;
};
ParsedGroup parse_group(const GroupText& text, Diagnostics& diagnostics);

struct ParsedSynapses {
  Block equations;
  SynapsesModel model;
  bool single_precision = false;
};
ParsedSynapses parse_synapses(const SynapsesText& text, ModelEnd source, ModelEnd target,
                              Diagnostics& diagnostics);

/// Declares the variables of the equations, and with a refractory text lastspike and not_refractory.
GroupModel declare_model(const ParsedGroup& parsed, Diagnostics& diagnostics);
SynapsesModel declare_model(const ParsedSynapses& parsed, Diagnostics& diagnostics);

}  // namespace ranvier::pass
