#include <ranvier/compiler/scope.hpp>

#include <stdexcept>

#include <ranvier/compiler/builtins.hpp>
#include <ranvier/compiler/scope_ends.hpp>
#include <ranvier/compiler/scope_structure.hpp>
#include <ranvier/compiler/text.hpp>
#include <ranvier/compiler/tree.hpp>
#include <ranvier/compiler/units.hpp>

namespace ranvier {
namespace {

const Symbol* find_in(const std::map<std::string, Symbol>& symbols, const std::string& name) {
  const auto found = symbols.find(name);
  return found == symbols.end() ? nullptr : &found->second;
}

Symbol symbol_of_constant(const std::string& name, const AnyQuantity& value) {
  using Kind = AnyQuantity::Kind;
  Symbol symbol{name};
  symbol.type = value.kind == Kind::real      ? Type::real
                : value.kind == Kind::integer ? Type::integer
                                              : Type::boolean;
  symbol.dimension = value.dimension;
  symbol.value = value.value;
  symbol.meaning = Scalar{name, ScalarKind::constant, symbol.type};
  symbol.read_only = "it is a constant of the namespace";
  symbol.help = "a value that changes is a variable of the model, with an equation `name : unit`";
  return symbol;
}

Symbol symbol_of(const std::string& name, const NamespaceValue& value) {
  if (const AnyQuantity* quantity = value.quantity()) return symbol_of_constant(name, *quantity);
  Symbol symbol{name};
  if (const Function* function = value.function()) symbol.meaning = *function;
  if (const TimedArray* array = value.timed_array()) symbol.meaning = *array;
  symbol.read_only = text("it is ", to_string(value), " of the namespace");
  symbol.help = "choose another name";
  return symbol;
}

constexpr const char* loop_indices[] = {"_element", "_pre", "_post"};

void add_time_and_loop(Scope& scope) {
  for (const SpecialScalar& special : time_scalars()) add_scalar(scope, special);
  for (const char* index : loop_indices) {
    Symbol symbol{index, Type::integer};
    symbol.meaning = LoopIndex{};
    symbol.read_only = "it is a position of the loop";
    scope.add(index, std::move(symbol));
  }
}

constexpr const char* count_yourself = "a variable of the neurons can hold such a number";

}  // namespace

void Scope::add_variable(const Variable& variable, Symbol symbol) {
  if (variable.broken) variables_.erase(variable.name);  // it may have the name of something else
  add(variable.name, std::move(symbol));
}

void Scope::add(const std::string& spelled, Symbol symbol) {
  if (symbol.name != spelled) spelled_.emplace(symbol.name, spelled);
  variables_.emplace(spelled, std::move(symbol));
}

void Scope::add_namespace(const Namespace& names) {
  // A leading underscore marks the names that kernels use for themselves.
  for (const auto& [name, value] : names)
    if (!name.starts_with('_')) constants_.emplace(name, symbol_of(name, value));
}

void Scope::define(const std::string& spelled, Expr rhs) {
  variables_.at(spelled).meaning = Definition{std::move(rhs)};
}

const Symbol* Scope::find_literal(const std::string& spelled) const {
  if (const Symbol* known = find_in(literals_, spelled)) return known;
  Symbol symbol{spelled};
  const auto constants = named_constants();
  const auto constant = std::ranges::find(constants, spelled, &NamedConstant::name);
  if (constant != constants.end()) {
    symbol.meaning = Literal{constant->value};
  } else if (const auto unit = find_unit(spelled)) {
    symbol.meaning = Literal{unit->scale};
    symbol.dimension = unit->dimension;
  } else if (spelled == "xi" || spelled.starts_with("xi_")) {
    symbol.meaning = Noise{};
    symbol.dimension = dimensions::second.pow(-0.5);
  } else {
    return nullptr;
  }
  symbol.read_only = "it is a name of the language";
  return &literals_.emplace(spelled, std::move(symbol)).first->second;
}

const Symbol* Scope::find(const std::string& spelled) const {
  if (spelled.starts_with('_')) return nullptr;
  if (const Symbol* variable = find_in(variables_, spelled)) return variable;
  if (const Symbol* literal = find_literal(spelled)) return literal;
  return find_in(constants_, spelled);
}

const Symbol* Scope::find_canonical(const std::string& canonical) const {
  const Symbol* variable = find_in(variables_, canonical);
  if (variable && variable->name == canonical) return variable;
  const auto other = spelled_.find(canonical);
  if (other != spelled_.end()) return find_in(variables_, other->second);
  if (const Symbol* literal = find_literal(canonical)) return literal;
  return find_in(constants_, canonical);
}

const Symbol& Scope::at(const std::string& canonical) const {
  if (const Symbol* symbol = find_canonical(canonical)) return *symbol;
  throw std::logic_error("no name '" + canonical + "' in this scope");
}

Scope scope_of(const GroupModel& group, const Namespace& names) {
  Scope scope;
  scope.limits = group.limits;
  add_time_and_loop(scope);
  add_index(scope, "i", "_element", "_first", ScalarKind::first, "it is the number of the neuron");
  add_count(scope, "N", ScalarKind::count, "it is the number of neurons");
  const Side own;
  add_count(scope, own.size_name().c_str(), own.size, whole_group);
  for (const Variable& variable : group.variables) {
    if (variable.linked) continue;
    Symbol symbol = symbol_of(variable, group, own);
    carry_over(symbol, group, own, Scope{});
    scope.add_variable(variable, std::move(symbol));
  }
  scope.incomplete = group.incomplete;
  add_links(scope, group.variables, group.name, own);
  scope.add_namespace(names);
  return scope;
}

Scope scope_of(const SynapsesModel& synapses, const Namespace& names) {
  Scope scope;
  scope.limits = synapses.limits;
  add_time_and_loop(scope);
  add_numbers(scope, synapses);
  add_count(scope, "N", ScalarKind::count, "it is the number of synapses");
  add_structure(scope, synapses);
  for (const Variable& variable : synapses.variables)
    if (!variable.linked && !variable.summed) scope.add_variable(variable, symbol_of(variable, Side{}));
  add_links(scope, synapses.variables, synapses.name, Side{});
  scope.incomplete = synapses.incomplete;
  scope.target = synapses.target.name();
  add_ends(scope, synapses);
  const Renaming canonical = [&](const std::string& name) {
    const Symbol* symbol = scope.find(name);
    return symbol ? symbol->name : name;
  };
  for (const Variable& variable : synapses.variables)
    if (!variable.linked && !variable.summed && !is_stored(variable))
      scope.define(variable.name, rename(variable.rhs, canonical));
  scope.add_namespace(names);
  return scope;
}

Scope connection_scope_of(const SynapsesModel& synapses, const Namespace& names,
                          const std::string& loop_variable) {
  Scope scope;
  scope.limits = synapses.limits;
  add_time_and_loop(scope);
  add_candidate_numbers(scope);
  if (!loop_variable.empty()) {
    Symbol symbol{loop_variable_name, Type::integer};
    symbol.meaning = Column{loop_variable_name, Owner::hidden, loop_variable_name, Storage::i64};
    scope.add(loop_variable, std::move(symbol));
  }
  const auto refuse = [&](const std::string& name, const char* reason, const char* help) {
    Symbol symbol{name};
    symbol.refused = reason;
    symbol.refused_as = DiagnosticCode::unavailable_name;
    symbol.help = help;
    scope.add(name, std::move(symbol));
  };
  refuse("N", "while synapses are being made, their number is not known",
         "N_pre and N_post are the numbers of source and target neurons");
  for (const char* name : {"N_incoming", "N_outgoing"})
    refuse(name, "while synapses are being made, a neuron's number of synapses is not known", count_yourself);
  for (const Variable& variable : synapses.variables)
    refuse(variable.name, "it belongs to the synapses, which are about to be made",
           "use variables of the neurons, as in x_pre and x_post");
  add_ends(scope, synapses);
  scope.add_namespace(names);
  return scope;
}

}  // namespace ranvier
