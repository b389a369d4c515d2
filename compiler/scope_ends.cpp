#include <ranvier/compiler/scope_ends.hpp>

#include <algorithm>
#include <set>

#include <ranvier/compiler/linked.hpp>
#include <ranvier/compiler/text.hpp>
#include <ranvier/compiler/tree.hpp>

namespace ranvier {
namespace {

constexpr SpecialScalar times[] = {
    {"t", ScalarKind::time, Type::real, dimensions::second, "it is the time"},
    {"dt", ScalarKind::step_length, Type::real, dimensions::second, "it is the length of a time step"},
    {"t_in_timesteps", ScalarKind::timestep, Type::integer, {}, "it is the number of the time step"},
};

std::string why_read_only(const Variable& variable) {
  if (variable.automatic && variable.name == "not_refractory") return "refractoriness sets it";
  if (variable.constant_over_dt) return "it is a subexpression, computed at the start of every step";
  if (variable.constant) return "it is declared (constant)";
  return {};
}

/// What an adaptive method keeps is for its own code and for the host.
bool is_hidden(const Variable& variable) {
  return variable.name.starts_with('_');
}

constexpr const char* keep_yourself = "to keep a value, assign it to a variable of your own";

/// Synapses at an end of others. What their own texts call x is x_post (or x_pre) to the texts of the others:
/// their variables and numbers as arrays at the position of each, the variables of their neurons, v_pre, as
/// v_pre_post, at the position that their own `_sources` or `_targets` names there.
class SynapticEnd {
 public:
  SynapticEnd(Scope& scope, const SynapsesModel& synapses, const Side& side)
      : scope_(scope), synapses_(synapses), side_(side), inner_(scope_of(synapses, {})) {
    for (const auto& [spelled, symbol] : inner_.variables())
      if (!is_time(spelled)) own_.insert(symbol.name);
  }

  void add() {
    for (const auto& [spelled, symbol] : inner_.variables())
      if (own_.contains(symbol.name) && !is_bare(spelled)) scope_.add(seen_as(spelled), seen(symbol));
  }

 private:
  std::string seen_as(const std::string& name) const { return name + side_.suffix; }

  /// A variable of their target has two names.
  bool is_bare(const std::string& spelled) const {
    return !synapses_.find(spelled) && synapses_.target.find(spelled) && inner_.find(spelled + "_post");
  }

  Symbol seen(const Symbol& inner) {
    Symbol symbol = inner;
    symbol.name = seen_as(inner.name);
    symbol.guard.clear();
    if (std::holds_alternative<LoopIndex>(inner.meaning)) {
      symbol.meaning = position(inner.name);
    } else if (std::holds_alternative<Scalar>(inner.meaning)) {
      symbol.meaning = Column{symbol.name, side_.owner, inner.name, Storage::i64, Index::shared};
    } else if (const auto* column = std::get_if<Column>(&inner.meaning)) {
      see(symbol, *column);
    } else {
      const auto own = [&](const std::string& name) { return own_.contains(name) ? seen_as(name) : ""; };
      carry_over(symbol, synapses_.name, own, scope_);
    }
    return symbol;
  }

  Symbol::Meaning position(const std::string& name) const {
    if (name == "_element") return Definition{tree::name(side_.number)};
    const char* array = name == "_pre" ? "_sources" : "_targets";
    return Column{seen_as(name), side_.owner, array, Storage::i32, side_.index};
  }

  void see(Symbol& symbol, const Column& inner) {
    Column column{symbol.name, side_.owner, path_of(inner), inner.storage, inner.index};
    const bool of_pre = inner.index == Index::pre, of_neurons = of_pre || inner.index == Index::post;
    if (inner.name == "delay" && inner.index == Index::element) return see_delay(symbol);
    if (inner.index == Index::element) column.index = side_.index;
    if (of_neurons) {
      column.name = "_of_" + symbol.name;
      column.index = Index::computed;
      Symbol array{column.name, symbol.type, symbol.dimension};
      array.meaning = column;
      scope_.add(array.name, array);
      const Expr at = tree::name(seen_as(of_pre ? "_pre" : "_post"));
      symbol.meaning = Definition{tree::call("_load", {tree::name(column.name), at})};
      symbol.read_only = text("it belongs to what the synapses '", synapses_.name, "' connect");
      symbol.help = text("write it in code of '", synapses_.name, "'");
      return;
    }
    symbol.meaning = std::move(column);
  }

  /// Delays of single synapses are kept as steps.
  void see_delay(Symbol& symbol) const {
    symbol.meaning =
        Definition{tree::multiply(tree::name(seen_as("_delay_steps")), tree::name(seen_as("_delay_dt")))};
    symbol.read_only = text("it is the delay of the synapses '", synapses_.name, "'");
    symbol.help = text("write it in code of '", synapses_.name, "'");
  }

  /// What the synapses call an array: by the name of its object if it is not their own.
  std::string path_of(const Column& column) const {
    if (column.owner == Owner::source) return text(synapses_.source.name(), ".", column.variable);
    if (column.owner == Owner::target) return text(synapses_.target.name(), ".", column.variable);
    return column.variable;
  }

  Scope& scope_;
  const SynapsesModel& synapses_;
  const Side& side_;
  const Scope inner_;
  std::set<std::string> own_;  // canonical names
};

void add_side(Scope& scope, const GroupModel& group, const Side& side) {
  for (const Variable& variable : group.variables) {
    if (variable.linked || is_hidden(variable)) continue;
    Symbol symbol = symbol_of(variable, group, side);
    carry_over(symbol, group, side, scope);
    scope.add(symbol.name, symbol);
  }
  add_links(scope, group.variables, group.name, side);
}

void add_side(Scope& scope, const ModelEnd& end, const Side& side) {
  add_count(scope, side.size_name().c_str(), side.size, whole_group);
  if (end.group())
    add_side(scope, *end.group(), side);
  else
    SynapticEnd(scope, *end.synapses(), side).add();
  for (const SpecialScalar& special : times) scope.add(special.name + side.suffix, *scope.find(special.name));
}

/// The names of a target variable without its suffix, unless something else has the name.
void add_bare_names(Scope& scope, const ModelEnd& target) {
  for (const Variable& variable : target.variables())
    if (!is_hidden(variable) && !variable.summed)
      scope.add(variable.name, *scope.find(variable.name + "_post"));
}

struct EndNumber {
  const char* name;
  const char* position;
  const char* first;
  ScalarKind kind;
  const char* of_neuron;
  const char* of_synapse;
};
constexpr EndNumber end_numbers[] = {
    {"i", "_pre", "_first_pre", ScalarKind::first_pre, "it is the number of the source neuron",
     "it is the number of the source synapse"},
    {"j", "_post", "_first_post", ScalarKind::first_post, "it is the number of the target neuron",
     "it is the number of the target synapse"},
};

}  // namespace

std::span<const SpecialScalar> time_scalars() {
  return times;
}

bool is_time(const std::string& name) {
  return std::ranges::any_of(times, [&](const auto& special) { return name == special.name; });
}

void add_scalar(Scope& scope, const SpecialScalar& special) {
  Symbol symbol{special.name, special.type, special.dimension};
  symbol.meaning = Scalar{special.name, special.kind, special.type};
  symbol.read_only = special.read_only;
  symbol.help = keep_yourself;
  scope.add(special.name, std::move(symbol));
}

void add_count(Scope& scope, const char* name, ScalarKind kind, const char* read_only) {
  add_scalar(scope, {name, kind, Type::integer, {}, read_only});
}

void add_index(Scope& scope, const char* name, const char* position, const char* first, ScalarKind kind,
               const char* read_only) {
  add_count(scope, first, kind, "it is where a slice begins");
  Symbol symbol{name, Type::integer};
  symbol.meaning = Definition{tree::binary(BinaryOp::subtract, tree::name(position), tree::name(first))};
  symbol.read_only = read_only;
  symbol.help = keep_yourself;
  scope.add(name, std::move(symbol));
}

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

Expr rename(const Expr& expr, const Renaming& renamed) {
  if (!expr) return expr;  // of a broken equation
  if (auto* name = as<ast::Name>(expr)) {
    const std::string other = renamed(name->id);
    return other == name->id ? expr : tree::name(other, expr->place);
  }
  return tree::map_children(expr, [&](const Expr& child) { return rename(child, renamed); });
}

void carry_over(Symbol& symbol, const std::string& object, const Renaming& own, const Scope& scope) {
  auto* definition = std::get_if<Definition>(&symbol.meaning);
  if (!definition) return;
  std::string hidden;
  definition->rhs = rename(definition->rhs, [&](const std::string& name) -> std::string {
    if (std::string renamed = own(name); !renamed.empty()) return renamed;
    const Symbol* other = scope.find(name);
    const bool own_meaning = other && !std::holds_alternative<Literal>(other->meaning) &&
                             !std::holds_alternative<Noise>(other->meaning);
    if (!is_time(name) && own_meaning) hidden = name;
    return name;
  });
  if (hidden.empty()) return;
  symbol.refused = text("it is a subexpression of '", object, "' that uses the constant '", hidden,
                        "', and the synapses call something else '", hidden, "'");
  symbol.help = text("give one of the two another name");
}

void carry_over(Symbol& symbol, const GroupModel& group, const Side& side, const Scope& scope) {
  const auto own = [&](const std::string& name) -> std::string {
    if (group.find(name)) return name + side.suffix;
    if (name == "i") return side.number;
    return name == "N" ? side.size_name() : "";
  };
  carry_over(symbol, group.name, own, scope);
}

void add_links(Scope& scope, const std::vector<Variable>& variables, const std::string& group,
               const Side& side) {
  add_linked_variables(scope, {&variables, group, side.suffix, side.index, tree::name(side.number)});
}

void add_ends(Scope& scope, const SynapsesModel& synapses) {
  add_count(scope, "N_pre", ScalarKind::count_pre, "it is the number of source neurons");
  add_count(scope, "N_post", ScalarKind::count_post, "it is the number of target neurons");
  add_side(scope, synapses.source, {Owner::source, Index::pre, "_pre", "_pre", ScalarKind::size_pre});
  add_side(scope, synapses.target, {Owner::target, Index::post, "_post", "_post", ScalarKind::size_post});
  add_bare_names(scope, synapses.target);
  scope.add("i_pre", *scope.find("i"));
  scope.add("i_post", *scope.find("j"));
}

void add_numbers(Scope& scope, const SynapsesModel& synapses) {
  for (const EndNumber& end : end_numbers) {
    const bool pre = end.kind == ScalarKind::first_pre;
    if ((pre ? synapses.source : synapses.target).group()) {
      add_index(scope, end.name, end.position, end.first, end.kind, end.of_neuron);
      continue;
    }
    Symbol symbol{end.name, Type::integer};
    symbol.meaning = Column{end.name, pre ? Owner::source : Owner::target, "_number", Storage::i32,
                            pre ? Index::pre : Index::post};
    symbol.read_only = end.of_synapse;
    symbol.help = keep_yourself;
    scope.add(end.name, std::move(symbol));
  }
}

void add_candidate_numbers(Scope& scope) {
  for (const EndNumber& end : end_numbers)
    add_index(scope, end.name, end.position, end.first, end.kind, end.of_neuron);
}

}  // namespace ranvier
