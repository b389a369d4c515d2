#include <ranvier/compiler/scope.hpp>

#include <algorithm>
#include <functional>
#include <stdexcept>

#include <ranvier/compiler/builtins.hpp>
#include <ranvier/compiler/linked.hpp>
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

struct SpecialScalar {
  const char* name;
  ScalarKind kind;
  Type type;
  Dimension dimension;
  const char* read_only;
};
constexpr SpecialScalar time_scalars[] = {
    {"t", ScalarKind::time, Type::real, dimensions::second, "it is the time"},
    {"dt", ScalarKind::step_length, Type::real, dimensions::second, "it is the length of a time step"},
    {"t_in_timesteps", ScalarKind::timestep, Type::integer, {}, "it is the number of the time step"},
};
constexpr const char* loop_indices[] = {"_element", "_pre", "_post"};

void add_scalar(Scope& scope, const SpecialScalar& special) {
  Symbol symbol{special.name, special.type, special.dimension};
  symbol.meaning = Scalar{special.name, special.kind, special.type};
  symbol.read_only = special.read_only;
  symbol.help = "to keep a value, assign it to a variable of your own";
  scope.add(special.name, std::move(symbol));
}

void add_time_and_loop(Scope& scope) {
  for (const SpecialScalar& special : time_scalars) add_scalar(scope, special);
  for (const char* index : loop_indices) {
    Symbol symbol{index, Type::integer};
    symbol.meaning = LoopIndex{};
    symbol.read_only = "it is a position of the loop";
    scope.add(index, std::move(symbol));
  }
}

void add_count(Scope& scope, const char* name, ScalarKind kind, const char* read_only) {
  add_scalar(scope, {name, kind, Type::integer, {}, read_only});
}

/// `name` = position - first: a number that a user sees counts from the begin of the slice.
void add_index(Scope& scope, const char* name, const char* position, const char* first, ScalarKind kind,
               const char* read_only) {
  add_count(scope, first, kind, "it is where a slice begins");
  Symbol symbol{name, Type::integer};
  symbol.meaning = Definition{tree::binary(BinaryOp::subtract, tree::name(position), tree::name(first))};
  symbol.read_only = read_only;
  symbol.help = "to keep a value, assign it to a variable of your own";
  scope.add(name, std::move(symbol));
}

std::string why_read_only(const Variable& variable) {
  if (variable.automatic && variable.name == "not_refractory") return "refractoriness sets it";
  if (variable.constant_over_dt) return "it is a subexpression, computed at the start of every step";
  if (variable.constant) return "it is declared (constant)";
  return {};
}

/// Where a scope finds the variables of one group, and what it calls them. A subexpression belongs to its
/// group: what it calls i and N are the number of the element in the whole group and the size of that.
struct Side {
  Owner owner = Owner::self;
  Index index = Index::element;
  std::string suffix;
  const char* number = "_element";
  ScalarKind size = ScalarKind::size;

  std::string size_name() const { return "_size" + suffix; }
};

Symbol symbol_of(const Variable& variable, const Side& side) {
  Symbol symbol{variable.name + side.suffix, variable.type, variable.dimension};
  symbol.dimension_known = variable.unit_known;
  symbol.declared = variable.name_place;
  if (!is_stored(variable)) {
    symbol.meaning = Definition{variable.rhs};
    if (variable.automatic) symbol.read_only = "it is the time of the last event, and kept up to date";
    if (variable.automatic) symbol.help = "leave the statement out";
    return symbol;
  }
  symbol.meaning = Column{symbol.name, side.owner, variable.name, storage_of(variable),
                          variable.shared ? Index::shared : side.index};
  symbol.read_only = why_read_only(variable);
  if (variable.constant) symbol.help = "leave out the flag (constant) if code changes the value";
  symbol.constant_flag = variable.constant_flag;
  if (variable.automatic) symbol.help = "to end or prolong it, give a condition as the refractory period";
  return symbol;
}

Symbol symbol_of(const Variable& variable, const GroupModel& group, const Side& side) {
  Symbol symbol = symbol_of(variable, side);
  if (variable.unless_refractory && group.find("not_refractory"))
    symbol.guard = "not_refractory" + side.suffix;
  return symbol;
}

using Renaming = std::function<std::string(const std::string&)>;

Expr rename(const Expr& expr, const Renaming& renamed) {
  if (!expr) return expr;  // of a broken equation
  if (auto* name = as<ast::Name>(expr)) {
    const std::string other = renamed(name->id);
    return other == name->id ? expr : tree::name(other, expr->place);
  }
  return tree::map_children(expr, [&](const Expr& child) { return rename(child, renamed); });
}

void add_links(Scope& scope, const std::vector<Variable>& variables, const std::string& group,
               const Side& side) {
  add_linked_variables(scope, {&variables, group, side.suffix, side.index, tree::name(side.number)});
}

constexpr const char* whole_group = "it is the number of neurons of the whole group";

/// A subexpression of a group in the names of another scope.
void carry_over(Symbol& symbol, const GroupModel& group, const Side& side, const Scope& scope) {
  auto* definition = std::get_if<Definition>(&symbol.meaning);
  if (!definition) return;
  std::string hidden;
  definition->rhs = rename(definition->rhs, [&](const std::string& name) -> std::string {
    if (group.find(name)) return name + side.suffix;
    if (name == "i") return side.number;
    if (name == "N") return side.size_name();
    const bool time =
        std::ranges::any_of(time_scalars, [&](const auto& special) { return name == special.name; });
    const Symbol* other = scope.find(name);
    const bool own_meaning = other && !std::holds_alternative<Literal>(other->meaning) &&
                             !std::holds_alternative<Noise>(other->meaning);
    if (!time && own_meaning) hidden = name;
    return name;
  });
  if (hidden.empty()) return;
  symbol.refused = text("it is a subexpression of '", group.name, "' that uses the constant '", hidden,
                        "', and the synapses call something else '", hidden, "'");
  symbol.help = text("give one of the two another name");
}

/// What an adaptive method keeps is for its own code and for the host.
bool is_hidden(const Variable& variable) {
  return variable.name.starts_with('_');
}

void add_side(Scope& scope, const GroupModel& group, const Side& side) {
  add_count(scope, side.size_name().c_str(), side.size, whole_group);
  for (const Variable& variable : group.variables) {
    if (variable.linked || is_hidden(variable)) continue;
    Symbol symbol = symbol_of(variable, group, side);
    carry_over(symbol, group, side, scope);
    scope.add(symbol.name, symbol);
  }
  add_links(scope, group.variables, group.name, side);
  for (const SpecialScalar& special : time_scalars)
    scope.add(special.name + side.suffix, *scope.find(special.name));
}

/// The names of a target variable without its suffix, unless something else has the name.
void add_bare_names(Scope& scope, const GroupModel& target) {
  for (const Variable& variable : target.variables)
    if (!is_hidden(variable)) scope.add(variable.name, *scope.find(variable.name + "_post"));
}

void add_ends(Scope& scope, const SynapsesModel& synapses, const Side& source, const Side& target) {
  add_count(scope, "N_pre", ScalarKind::count_pre, "it is the number of source neurons");
  add_count(scope, "N_post", ScalarKind::count_post, "it is the number of target neurons");
  add_side(scope, *synapses.source, source);
  add_side(scope, *synapses.target, target);
  add_bare_names(scope, *synapses.target);
  scope.add("i_pre", *scope.find("i"));
  scope.add("i_post", *scope.find("j"));
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
  add_index(scope, "i", "_pre", "_first_pre", ScalarKind::first_pre, "it is the number of the source neuron");
  add_index(scope, "j", "_post", "_first_post", ScalarKind::first_post,
            "it is the number of the target neuron");
  add_count(scope, "N", ScalarKind::count, "it is the number of synapses");
  add_structure(scope, synapses);
  for (const Variable& variable : synapses.variables)
    if (!variable.linked && !variable.summed) scope.add_variable(variable, symbol_of(variable, Side{}));
  add_links(scope, synapses.variables, synapses.name, Side{});
  scope.incomplete = synapses.incomplete;
  scope.target = synapses.target->name;
  add_ends(scope, synapses, {Owner::source, Index::pre, "_pre", "_pre", ScalarKind::size_pre},
           {Owner::target, Index::post, "_post", "_post", ScalarKind::size_post});
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
  add_index(scope, "i", "_pre", "_first_pre", ScalarKind::first_pre, "it is the number of the source neuron");
  add_index(scope, "j", "_post", "_first_post", ScalarKind::first_post,
            "it is the number of the target neuron");
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
  add_ends(scope, synapses, {Owner::source, Index::pre, "_pre", "_pre", ScalarKind::size_pre},
           {Owner::target, Index::post, "_post", "_post", ScalarKind::size_post});
  scope.add_namespace(names);
  return scope;
}

}  // namespace ranvier
