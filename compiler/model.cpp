#include <ranvier/compiler/model.hpp>

#include <algorithm>

#include <ranvier/compiler/tree.hpp>

namespace ranvier {
namespace {

const Variable* find_in(const std::vector<Variable>& variables, std::string_view name) {
  const auto found = std::ranges::find(variables, name, &Variable::name);
  return found == variables.end() ? nullptr : &*found;
}

class Names {
 public:
  void add(const Expr& expr) {
    if (!expr) return;
    if (auto* name = as<ast::Name>(expr)) found.insert(name->id);
    if (auto* call = as<ast::Call>(expr)) found.insert(call->callee);
    for (const Expr& child : tree::children(expr)) add(child);
  }
  void add(const std::vector<Variable>& variables) {
    for (const Variable& variable : variables) add(variable.rhs);
  }
  void add(const Code& code) {
    for (const Statement& statement : code) add(statement.value);
  }

  std::set<std::string> found;
};

}  // namespace

std::set<std::string> names_in(const GroupModel& group) {
  Names names;
  names.add(group.variables);
  names.add(group.threshold);
  names.add(group.refractory);
  names.add(group.reset);
  return names.found;
}

std::set<std::string> names_in(const SynapsesModel& synapses) {
  Names names;
  names.add(synapses.variables);
  names.add(synapses.on_pre);
  return names.found;
}

std::set<std::string> names_in(const Code& code) {
  Names names;
  names.add(code);
  return names.found;
}

const Variable* GroupModel::find(std::string_view variable) const {
  return find_in(variables, variable);
}
bool GroupModel::has_event(std::string_view event) const {
  return event == "spike" && (threshold || spikes_given);
}

const Variable* SynapsesModel::find(std::string_view variable) const {
  return find_in(variables, variable);
}

}  // namespace ranvier
