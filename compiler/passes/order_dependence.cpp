#include <ranvier/compiler/passes/order_dependence.hpp>

#include <map>
#include <set>

#include <ranvier/compiler/builtins.hpp>
#include <ranvier/compiler/passes/inline_subexpressions.hpp>
#include <ranvier/compiler/text.hpp>
#include <ranvier/compiler/tree.hpp>

namespace ranvier::pass {
namespace {

/// What a value differs between: synapses of one source neuron, of one target neuron; a set.
constexpr unsigned by_source = 1, by_target = 2, by_synapse = 4;

/// What commutes with others of its kind; a set.
constexpr unsigned adds = 1, multiplies = 2, same_for_all = 4, anything = 7;

unsigned spread_of(Index index) {
  return index == Index::pre       ? by_source
         : index == Index::post    ? by_target
         : index == Index::element ? by_synapse
                                   : 0u;
}

/// What is known of a value.
struct Facts {
  unsigned spread = 0;
  std::string changing;  // a variable of a neuron that it reads, which other synapses change
  bool reads_target = false;
};

class Analysis {
 public:
  Analysis(const Code& code, const Scope& scope) : scope_(scope) {
    for (const Statement& statement : code)
      if (side_of(statement.target)) written_.insert(statement.target);
  }

  std::optional<OrderDependence> visit(const Rate& rate) const {
    const Facts facts = facts_of(rate.rhs, {});
    if (facts.changing.empty()) return std::nullopt;
    return because_read(facts.changing, rate.rhs->place);
  }

  std::optional<OrderDependence> visit(const Statement& statement) {
    const std::string& target = statement.target;
    const Expr value = inline_subexpressions(statement.value, scope_);
    if (const std::string function = stateful_function(value); !function.empty())
      return OrderDependence{text("`", function, "` is not stateless: it sees in which order it is called"),
                             statement.place};
    const unsigned side = side_of(target);
    const Facts facts = facts_of(value, side ? target : std::string());
    if (is_local(target)) {
      locals_[target] = facts;
      return std::nullopt;
    }
    if (!facts.changing.empty()) return because_read(facts.changing, statement.place);
    return side ? change(statement, value, side, facts) : std::nullopt;
  }

 private:
  std::optional<OrderDependence> change(const Statement& statement, const Expr& value, unsigned side,
                                        const Facts& facts) {
    const std::string& target = statement.target;
    const bool common = (facts.spread & ~side) == 0;
    const auto [ways, added] = ways_.try_emplace(target, anything);
    const unsigned before = ways->second;
    ways->second &= (common ? same_for_all : 0u) | accumulates(statement, value, facts.reads_target);
    const bool sets = statement.op == AssignOp::set && common && !facts.reads_target;
    if (sets) settled_.insert(target);
    if (ways->second) return std::nullopt;
    const bool last_wins = before == anything && !facts.reads_target && statement.op == AssignOp::set;
    return OrderDependence{
        text("`", target, "` ",
             last_wins
                 ? "is given another value by each synapse of a neuron, of which the last one stays"
                 : "is changed by each synapse of a neuron, in ways that give another result in another "
                   "order"),
        statement.place};
  }

  /// Whether a statement adds to a variable, or multiplies it, whatever it holds.
  static unsigned accumulates(const Statement& statement, const Expr& value, bool reads_target) {
    switch (statement.op) {
      case AssignOp::add:
      case AssignOp::subtract:
        return reads_target ? 0 : adds;
      case AssignOp::multiply:
      case AssignOp::divide:
        return reads_target ? 0 : multiplies;
      case AssignOp::set:
        return written_out(value, statement.target);
      default:
        return 0;
    }
  }

  /// x + e, e + x, x - e, x*e, e*x, x/e
  static unsigned written_out(const Expr& value, const std::string& target) {
    const auto* binary = as<ast::Binary>(value);
    if (!binary) return 0;
    const auto is_target = [&](const Expr& e) {
      const auto* name = as<ast::Name>(e);
      return name && name->id == target;
    };
    const bool left = is_target(binary->lhs) && !tree::reads(binary->rhs, target);
    const bool right = is_target(binary->rhs) && !tree::reads(binary->lhs, target);
    switch (binary->op) {
      case BinaryOp::add:
        return left || right ? adds : 0;
      case BinaryOp::subtract:
        return left ? adds : 0;
      case BinaryOp::multiply:
        return left || right ? multiplies : 0;
      case BinaryOp::divide:
        return left ? multiplies : 0;
      default:
        return 0;
    }
  }

  Facts facts_of(const Expr& expr, const std::string& target) const {
    Facts facts;
    tree::for_each_name(expr, [&](const std::string& name) { add(facts, name, target); });
    if (tree::draws(expr)) facts.spread |= by_synapse;
    return facts;
  }

  void add(Facts& facts, const std::string& name, const std::string& target) const {
    if (const auto local = locals_.find(name); local != locals_.end()) {
      facts.spread |= local->second.spread;
      if (facts.changing.empty()) facts.changing = local->second.changing;
      return;
    }
    facts.spread |= spread_of(name);
    if (name == target)
      facts.reads_target = true;
    else if (written_.contains(name) && !settled_.contains(name))
      facts.changing = name;
  }

  unsigned spread_of(const std::string& name) const {
    if (name == "_element") return by_synapse;
    if (name == "_pre") return by_source;
    if (name == "_post") return by_target;
    const Symbol* symbol = scope_.find_canonical(name);
    const auto* column = symbol ? std::get_if<Column>(&symbol->meaning) : nullptr;
    return column ? pass::spread_of(column->index) : 0;
  }

  bool is_local(const std::string& name) const {
    const Symbol* symbol = scope_.find_canonical(name);
    return !symbol || !std::holds_alternative<Column>(symbol->meaning);
  }

  /// by_source or by_target for a variable of neurons, otherwise 0.
  unsigned side_of(const std::string& name) const {
    return is_local(name) ? 0 : spread_of(name) & (by_source | by_target);
  }

  /// A function of the user's own that is not stateless. What is drawn depends on the synapse alone.
  std::string stateful_function(const Expr& value) const {
    std::string found;
    tree::any(value, [&](const Expr& e) {
      const auto* call = as<ast::Call>(e);
      const Symbol* symbol =
          call && !find_builtin(call->callee) ? scope_.find_function(call->callee) : nullptr;
      const auto* function = symbol ? std::get_if<Function>(&symbol->meaning) : nullptr;
      if (function && !function->stateless()) found = call->callee;
      return !found.empty();
    });
    return found;
  }

  static OrderDependence because_read(const std::string& variable, const Place& place) {
    return {text("it reads `", variable, "`, which the other synapses of the neuron change"), place};
  }

  const Scope& scope_;
  std::set<std::string> written_;  // variables of neurons
  std::set<std::string> settled_;  // those that, up to here, hold the same whichever synapse came first
  std::map<std::string, unsigned> ways_;  // in which all changes of a variable commute
  std::map<std::string, Facts> locals_;
};

}  // namespace

std::optional<OrderDependence> order_dependence(const Code& code, const System& event_driven,
                                                const Scope& scope) {
  Analysis analysis(code, scope);
  for (const Rate& rate : event_driven)
    if (auto found = analysis.visit(rate)) return found;
  for (const Statement& statement : code)
    if (auto found = analysis.visit(statement)) return found;
  return std::nullopt;
}

void warn_order_dependence(const Code& code, const System& event_driven, const Scope& scope,
                           Diagnostics& diagnostics) {
  const auto found = order_dependence(code, event_driven, scope);
  if (!found) return;
  diagnostics
      .warning(DiagnosticCode::order_dependent, found->place,
               text("the result depends on the order in which synapses are taken: ", found->reason))
      .helped_by("they are taken one after the other: oldest spikes first, then by neuron, then by synapse");
}

}  // namespace ranvier::pass
