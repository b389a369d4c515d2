#include <ranvier/compiler/passes/check_synaptic.hpp>

#include <algorithm>
#include <set>

#include <ranvier/compiler/passes/wording.hpp>
#include <ranvier/compiler/text.hpp>
#include <ranvier/compiler/tree.hpp>

namespace ranvier::pass {
namespace {

using enum DiagnosticCode;

/// A side of the synapses, and what its variables end in.
struct End {
  ModelEnd model;
  std::string_view suffix;
};

class SumChecker {
 public:
  SumChecker(const SynapsesModel& synapses, Diagnostics& diagnostics)
      : ends_{{synapses.target, "_post"}, {synapses.source, "_pre"}}, diagnostics_(diagnostics) {}

  void check(const Variable& sum) {
    const auto end = std::ranges::find_if(ends_, [&](const End& e) { return sum.name.ends_with(e.suffix); });
    if (end == std::end(ends_)) return report_name(sum);
    const std::string name = sum.name.substr(0, sum.name.size() - end->suffix.size());
    const Variable* target = end->model.find(name);
    if (!target) return report_unknown(sum, name, end->model);
    if (target->kind != EquationKind::parameter || target->linked || target->automatic)
      return report(
          sum, text("`", name, "` of '", end->model.name(), "' is no parameter, so it cannot take the sum"),
          text("declare it there as `", name, " : unit`"), target);
    if (target->constant)
      return report(sum, text("`", name, "` of '", end->model.name(), "' is declared (constant)"),
                    "leave out the flag `constant` there", target);
    if (target->shared)
      return report(sum,
                    text("`", name, "` is shared, but each ", end->model.element(), " has a sum of its own"),
                    "leave out the flag `shared` there", target);
    if (sum.unit_known && target->unit_known && !(sum.dimension == target->dimension))
      report(sum,
             text("the sum is ", predicate(sum.dimension), ", but `", name, "` is ",
                  predicate(target->dimension)),
             "give both the same unit", target);
  }

 private:
  void report_name(const Variable& sum) {
    Diagnostic& error = diagnostics_.error(
        summed_target, sum.name_place,
        text("a sum goes to a variable of the neurons, so its name ends in `_post` or `_pre`"));
    error.helped_by(text("`", sum.name, "_post` is `", sum.name, "` of the target neuron"));
    if (ends_[0].model.find(sum.name) && !ends_[1].model.find(sum.name))
      error.fixed_by(sum.name_place, sum.name + "_post");
  }

  void report_unknown(const Variable& sum, const std::string& name, const ModelEnd& end) {
    std::vector<std::string> names;
    for (const Variable& variable : end.variables()) names.push_back(variable.name);
    const std::string near = nearest_name(name, names);
    Diagnostic& error =
        diagnostics_.error(summed_target, sum.name_place,
                           text("'", end.name(), "' has no variable `", name, "` to take the sum"));
    if (near.empty()) {
      error.helped_by(text("add `", name, " : ", to_string(sum.dimension), "` to its equations"));
      return;
    }
    const std::string mended = near + sum.name.substr(name.size());
    error.helped_by(text("did you mean `", mended, "`?")).fixed_by(sum.name_place, mended);
  }

  void report(const Variable& sum, const std::string& what, const std::string& help, const Variable* target) {
    Diagnostic& error = diagnostics_.error(summed_target, sum.name_place, what);
    if (target->name_place.source) error.note("it is declared here", target->name_place);
    error.helped_by(help);
  }

  End ends_[2];
  Diagnostics& diagnostics_;
};

/// Finds what an equation reads, through the subexpressions of the synapses.
class Driving {
 public:
  Driving(const SynapsesModel& synapses, Diagnostics& diagnostics)
      : synapses_(synapses), diagnostics_(diagnostics) {}

  void check(const Variable& variable) {
    const bool by_events = variable.event_driven;
    if (variable.kind != EquationKind::differential && !variable.summed) return;
    seen_.clear();
    const Variable* other = find(variable.rhs, !by_events);
    if (!other) return;
    const auto words = [](bool events) { return events ? "when a spike arrives" : "in every step"; };
    diagnostics_
        .error(mixed_driving, variable.rhs->place,
               text("`", variable.name, "` is computed ", words(by_events), ", but `", other->name,
                    "`, which it reads, ", words(!by_events)))
        .note(text("`", other->name, "` is declared here"), other->name_place)
        .helped_by("let both be `event-driven`, or both `clock-driven`");
  }

 private:
  /// The first differential variable of the other kind that an expression reads.
  const Variable* find(const Expr& expr, bool event_driven) {
    const Variable* found = nullptr;
    if (!expr) return found;
    tree::for_each_name(expr, [&](const std::string& name) {
      const Variable* variable = found ? nullptr : synapses_.find(name);
      if (!variable || variable->summed || !seen_.insert(variable).second) return;
      if (variable->kind == EquationKind::differential) {
        if (variable->event_driven == event_driven) found = variable;
      } else {
        found = find(variable->rhs, event_driven);
      }
    });
    return found;
  }

  const SynapsesModel& synapses_;
  Diagnostics& diagnostics_;
  std::set<const Variable*> seen_;
};

}  // namespace

void warn_unstated_driving(const SynapsesModel& synapses, Diagnostics& diagnostics) {
  for (const Variable& variable : synapses.variables) {
    const bool stated = variable.event_driven || variable.clock_driven;
    if (stated || variable.kind != EquationKind::differential) continue;
    Diagnostic& warning =
        diagnostics.warning(clock_driven_assumed, variable.name_place,
                            text("`", variable.name, "` is integrated in every step, for every synapse"));
    warning.helped_by("say `clock-driven`; what matters only when a spike arrives is better `event-driven`");
    const Place& unit = variable.unit_place;
    if (unit.source) warning.fixed_by(unit, text(unit.text(), " (clock-driven)"));
  }
}

void check_synaptic_equations(const SynapsesModel& synapses, Diagnostics& diagnostics) {
  SumChecker sums(synapses, diagnostics);
  Driving driving(synapses, diagnostics);
  for (const Variable& variable : synapses.variables) {
    if (variable.summed) sums.check(variable);
    if (variable.rhs) driving.check(variable);
  }
}

}  // namespace ranvier::pass
