#include <ranvier/compiler/scope_structure.hpp>

#include <ranvier/compiler/passes/system.hpp>
#include <ranvier/compiler/text.hpp>

namespace ranvier {
namespace {

/// What the structure of synapses says, as arrays of the runtime's own.
struct StructuralColumn {
  const char* name;
  Index index;
  const char* read_only;
};
constexpr StructuralColumn structural_columns[] = {
    {"N_incoming", Index::post, "it counts the synapses onto the target neuron"},
    {"N_outgoing", Index::pre, "it counts the synapses of the source neuron"},
};

void add_number(Scope& scope, const std::string& name, const char* column, const StructuralColumn& row) {
  Symbol symbol{name, Type::integer};
  symbol.meaning = Column{name, Owner::hidden, column, Storage::i32, row.index};
  symbol.read_only = row.read_only;
  symbol.help = "to keep a value, assign it to a variable of your own";
  scope.add(name, std::move(symbol));
}

/// `delay`, and behind one for each synapse the steps that it is kept in.
void set_delay(Scope& scope, const PathwayModel& pathway) {
  Symbol delay{"delay", Type::real, dimensions::second}, steps{"_delay_steps", Type::integer};
  delay.meaning = Column{"delay", Owner::hidden, pathway.name + ".delay", Storage::f64,
                         pathway.own_delays ? Index::element : Index::shared};
  if (pathway.one_delay) {
    delay.read_only = "the delay was given once for all synapses";
    delay.help = "leave out `.delay` where the synapses are made; then each has a delay of its own";
  } else if (!pathway.own_delays) {
    delay.read_only = "no synapse has a delay of its own yet";
    delay.help = "assign `synapses[\"delay\"]` before, or write it in the code of the pathway";
  }
  steps.meaning =
      Column{steps.name, Owner::hidden, pathway.name + ".delay_steps", Storage::u16, Index::element};
  Symbol dt{"_delay_dt", Type::real, dimensions::second};
  dt.meaning = Column{dt.name, Owner::hidden, pathway.name + ".delay_dt", Storage::f64, Index::shared};
  for (Symbol symbol : {delay, steps, dt}) scope.replace(std::move(symbol));
}

/// The clock of synapses with event-driven equations, wherever their code runs.
void add_own_clock(Scope& scope) {
  Symbol step{pass::current_step, Type::integer}, dt{pass::own_dt, Type::real, dimensions::second};
  step.meaning = Column{step.name, Owner::hidden, step.name, Storage::i64, Index::shared};
  dt.meaning = Column{dt.name, Owner::hidden, dt.name, Storage::f64, Index::shared};
  for (Symbol symbol : {step, dt}) scope.add(symbol.name, symbol);
}

}  // namespace

void add_structure(Scope& scope, const SynapsesModel& synapses) {
  if (synapses.find(pass::last_step)) add_own_clock(scope);
  for (const StructuralColumn& row : structural_columns) add_number(scope, row.name, row.name, row);
  if (!synapses.multisynaptic_index.empty())
    add_number(scope, synapses.multisynaptic_index, "_multisynaptic",
               {"", Index::element, "it numbers the synapses of a pair of neurons"});
  if (const PathwayModel* pathway = synapses.find_pathway(synapses.delay_of))
    return set_delay(scope, *pathway);
  Symbol delay{"delay", Type::real, dimensions::second};
  delay.refused = "it is that of the pathway `pre`, which these synapses do not have";
  delay.refused_as = DiagnosticCode::unavailable_name;
  delay.help = "in the code of a pathway it is the delay of that one";
  scope.add("delay", std::move(delay));
}

Scope inside_pathway(Scope scope, const PathwayModel& pathway) {
  set_delay(scope, pathway);
  return scope;
}

}  // namespace ranvier
