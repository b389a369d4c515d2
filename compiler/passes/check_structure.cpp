#include <ranvier/compiler/passes/check_structure.hpp>

#include <algorithm>

#include <ranvier/compiler/text.hpp>
#include <ranvier/compiler/tree.hpp>

namespace ranvier::pass {
namespace {

using enum DiagnosticCode;

void check_threshold(const GroupModel& group, Diagnostics& diagnostics) {
  if (group.has_event("spike")) return;
  if (!group.reset.empty()) {
    diagnostics
        .error(reset_without_threshold, group.reset.front().place,
               "this reset would never run: the group has no threshold")
        .helped_by("give a threshold, such as `v > Vth`");
  }
  if (group.refractory) {
    diagnostics
        .error(refractory_without_threshold, group.refractory->place,
               "this refractory period would never begin: the group has no threshold")
        .helped_by("give a threshold, such as `v > Vth`");
  }
}

void check_always_spiking(const GroupModel& group, Diagnostics& diagnostics) {
  // A reset that could not be read is reported already.
  if (diagnostics.has_errors() || !group.threshold || !group.reset.empty() || group.refractory ||
      tree::draws(group.threshold))
    return;
  diagnostics
      .warning(
          always_spiking, group.threshold->place,
          "while this holds, the neuron spikes in every step: there is no reset and no refractory period")
      .helped_by("give a reset, such as `v = Vr`, or a refractory period");
}

void check_refractory(const GroupModel& group, Diagnostics& diagnostics) {
  if (!group.refractory || !tree::draws(group.refractory)) return;
  diagnostics
      .warning(
          random_refractory, group.refractory->place,
          "this is drawn anew in every step of the refractory period, which makes it shorter than it looks")
      .helped_by(
          "draw it once in the reset, into a parameter: `period = ...`, and let refractory be `period`");
}

void check_flags(const GroupModel& group, Diagnostics& diagnostics) {
  if (group.refractory) return;
  for (const Variable& variable : group.variables) {
    if (!variable.unless_refractory) continue;
    diagnostics
        .warning(flag_without_effect, variable.name_place,
                 text("`(unless refractory)` has no effect on `", variable.name,
                      "`: the group has no refractory period"))
        .helped_by("give a refractory period, such as `2*ms`, or leave the flag out");
  }
}

}  // namespace

void check_structure(const GroupModel& group, Diagnostics& diagnostics) {
  check_threshold(group, diagnostics);
  check_always_spiking(group, diagnostics);
  check_refractory(group, diagnostics);
  check_flags(group, diagnostics);
}

void check_structure(const SynapsesModel& synapses, Diagnostics& diagnostics) {
  for (const PathwayModel& pathway : synapses.pathways) {
    const ModelEnd& side = pathway.post ? synapses.target : synapses.source;
    const char* which = pathway.post ? "target" : "source";
    if (pathway.code.empty() || side.has_event(pathway.event)) continue;
    if (side.synapses()) {
      diagnostics
          .error(pathway_without_threshold, pathway.code.front().place,
                 text("this code would never run: the ", which, " '", side.name(),
                      "' are synapses, to which no events happen"))
          .helped_by("a `(summed)` variable or a `(clock-driven)` equation acts in every step");
      continue;
    }
    diagnostics
        .error(pathway_without_threshold, pathway.code.front().place,
               text("this code would never run: the ", which, " '", side.name(), "' has no threshold"))
        .helped_by(text("give the ", which, " a threshold, such as `v > Vth`"));
  }
}

}  // namespace ranvier::pass
