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
  for (const Expr& condition : group.conditions()) names.add(condition);
  names.add(group.statements());
  return names.found;
}

std::set<std::string> names_in(const SynapsesModel& synapses) {
  Names names;
  names.add(synapses.variables);
  for (const PathwayModel& pathway : synapses.pathways) names.add(pathway.code);
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
  const auto names = event_names();
  return std::ranges::find(names, event) != names.end();
}

std::vector<std::string> GroupModel::event_names() const {
  std::vector<std::string> names;
  if (threshold || spikes_given) names.emplace_back("spike");
  for (const Event& event : events) names.push_back(event.name);
  return names;
}

std::vector<Expr> GroupModel::conditions() const {
  std::vector<Expr> all{threshold, refractory};
  for (const Event& event : events) all.push_back(event.condition);
  return all;
}

std::vector<Statement> GroupModel::statements() const {
  std::vector<Statement> all = reset;
  for (const Event& event : events) all.insert(all.end(), event.code.begin(), event.code.end());
  return all;
}

const std::string& ModelEnd::name() const {
  return group_ ? group_->name : synapses_->name;
}
const std::vector<Variable>& ModelEnd::variables() const {
  return group_ ? group_->variables : synapses_->variables;
}
const Variable* ModelEnd::find(std::string_view variable) const {
  return find_in(variables(), variable);
}
bool ModelEnd::has_event(std::string_view event) const {
  return group_ && group_->has_event(event);
}

const Variable* SynapsesModel::find(std::string_view variable) const {
  return find_in(variables, variable);
}

const PathwayModel* SynapsesModel::find_pathway(std::string_view pathway) const {
  const auto found = std::ranges::find(pathways, pathway, &PathwayModel::name);
  return found == pathways.end() ? nullptr : &*found;
}

}  // namespace ranvier
