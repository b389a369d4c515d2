#include <ranvier/compiler/compile_synapses.hpp>
#include <ranvier/compiler/scope.hpp>
#include <ranvier/compiler/tree.hpp>

namespace ranvier {
namespace {

/// What texts of synapses look up in the structure, also through what they name.
class StructureReader {
 public:
  explicit StructureReader(const Scope& scope) : scope_(scope) {}

  void read(const Expr& expr) {
    if (expr) tree::for_each_name(expr, [&](const std::string& name) { read(name); });
  }
  void read(const std::string& name) {
    if (!seen_.insert(name).second) return;
    source_ = source_ || name == "_pre";
    const Symbol* symbol = scope_.find(name);
    if (!symbol) symbol = scope_.find_canonical(name);
    if (!symbol) return;
    if (const auto* definition = std::get_if<Definition>(&symbol->meaning)) return read(definition->rhs);
    const auto* column = std::get_if<Column>(&symbol->meaning);
    if (!column) return;
    source_ = source_ || column->index == Index::pre;
    if (column->owner == Owner::hidden && column->variable == "_multisynaptic") copies_ = true;
  }

  bool source() const { return source_; }
  bool copies() const { return copies_; }

 private:
  const Scope& scope_;
  std::set<std::string> seen_;
  bool source_ = false, copies_ = false;
};

bool in_every_step(const Variable& variable) {
  const bool integrated = variable.kind == EquationKind::differential && !variable.event_driven;
  return integrated || variable.summed || variable.constant_over_dt;
}

void read_step(const SynapsesModel& synapses, StructureReader& reader) {
  for (const Variable& variable : synapses.variables) {
    if (!in_every_step(variable)) continue;
    reader.read(variable.rhs);
    if (variable.summed) reader.read(variable.name);
  }
}

void read_pathway(const SynapsesModel& synapses, const PathwayModel& pathway, StructureReader& reader) {
  for (const Variable& variable : synapses.variables)
    if (variable.event_driven) reader.read(variable.rhs);
  for (const Statement& statement : pathway.code) {
    reader.read(statement.target);
    reader.read(statement.value);
  }
}

}  // namespace

std::set<std::string> arrays_of_structure(const SynapsesModel& synapses, std::span<const PathwayUse> uses) {
  std::set<std::string> arrays;
  const Scope scope = scope_of(synapses, {});
  StructureReader step(scope);
  read_step(synapses, step);
  if (step.source()) arrays.insert("_sources");
  if (step.copies()) arrays.insert("_multisynaptic");
  for (std::size_t k = 0; k < uses.size(); ++k) {
    StructureReader pathway(scope);
    read_pathway(synapses, synapses.pathways[k], pathway);
    if (uses[k].list && pathway.source()) arrays.insert("_sources");
    if (pathway.copies()) arrays.insert("_multisynaptic");
  }
  return arrays;
}

}  // namespace ranvier
