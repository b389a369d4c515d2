#include <ranvier/compiler/passes/propose_units.hpp>

#include <map>
#include <optional>

#include <ranvier/compiler/builtins.hpp>
#include <ranvier/compiler/passes/check_dimensions.hpp>
#include <ranvier/compiler/passes/check_types.hpp>
#include <ranvier/compiler/passes/resolve.hpp>
#include <ranvier/compiler/passes/wording.hpp>
#include <ranvier/compiler/text.hpp>
#include <ranvier/compiler/tree.hpp>

namespace ranvier::pass {
namespace {

using MaybeDimension = std::optional<Dimension>;
using Guesses = std::map<std::string, Dimension>;

bool alike(BinaryOp op) {
  const bool compares = op >= BinaryOp::less && op <= BinaryOp::not_equal;
  return compares || op == BinaryOp::add || op == BinaryOp::subtract || op == BinaryOp::modulo;
}

/// What the dimension of an expression must be if it makes sense, from the names whose dimension is known.
class Guesser {
 public:
  Guesser(const Scope& scope, const Guesses& known) : scope_(scope), known_(known) {}

  MaybeDimension of(const Expr& expr) const {
    return match(
        expr, [&](const ast::Name& name) { return of_name(name.id); },
        [&](const ast::Unary& u) { return of(u.operand); },
        [&](const ast::Binary& b) { return of_binary(b); },
        [&](const ast::Call& call) { return of_call(call); },
        [](const auto&) { return MaybeDimension(dimensions::one); });
  }

  /// What the dimension of `name` must be where an expression adds it to something, or compares it.
  MaybeDimension use_of(const std::string& name, const Expr& expr) const {
    if (const auto* b = as<ast::Binary>(expr); b && alike(b->op)) {
      for (const auto& [one, other] : {std::pair(b->lhs, b->rhs), std::pair(b->rhs, b->lhs)}) {
        const auto* own = as<ast::Name>(one);
        if (own && own->id == name && !is_plain_number(other))
          if (const MaybeDimension found = of(other)) return found;
      }
    }
    for (const Expr& child : tree::children(expr))
      if (const MaybeDimension found = use_of(name, child)) return found;
    return std::nullopt;
  }

 private:
  MaybeDimension of_name(const std::string& name) const {
    if (const auto guess = known_.find(name); guess != known_.end()) return guess->second;
    const Symbol* symbol = scope_.find(name);
    return symbol && symbol->dimension_known ? MaybeDimension(symbol->dimension) : std::nullopt;
  }

  MaybeDimension of_binary(const ast::Binary& b) const {
    if (b.op == BinaryOp::multiply || b.op == BinaryOp::divide) {
      const MaybeDimension lhs = of(b.lhs), rhs = of(b.rhs);
      if (!lhs || !rhs) return std::nullopt;
      return b.op == BinaryOp::multiply ? *lhs * *rhs : *lhs / *rhs;
    }
    if (b.op == BinaryOp::power) {
      const MaybeDimension base = of(b.lhs);
      const auto* exponent = as<ast::Number>(b.rhs);
      if (!base || base->dimensionless()) return base;
      return exponent ? MaybeDimension(base->pow(exponent->value)) : std::nullopt;
    }
    const bool sum = b.op == BinaryOp::add || b.op == BinaryOp::subtract || b.op == BinaryOp::modulo;
    if (!sum) return dimensions::one;
    const Expr& first = is_plain_number(b.lhs) ? b.rhs : b.lhs;
    const MaybeDimension found = of(first);
    return found ? found : of(first.is(b.lhs) ? b.rhs : b.lhs);
  }

  MaybeDimension of_call(const ast::Call& call) const {
    const Builtin* builtin = find_builtin(call.callee);
    if (!builtin || call.args.empty()) return builtin ? MaybeDimension(dimensions::one) : std::nullopt;
    if (builtin->dimension == DimensionRule::same) return of(call.args[0]);
    if (builtin->dimension != DimensionRule::root) return dimensions::one;
    const MaybeDimension square = of(call.args[0]);
    return square ? MaybeDimension(square->pow(0.5)) : std::nullopt;
  }

  const Scope& scope_;
  const Guesses& known_;
};

class Proposer {
 public:
  Proposer(const GroupModel& group, const Scope& scope) : group_(group), scope_(scope) {}

  /// The unit as it is written behind the colon; "" if nothing tells it.
  std::string unit_of(const Variable& variable) {
    if (is_condition(variable)) return "boolean";
    MaybeDimension found = variable.rhs ? Guesser(scope_, known_).of(variable.rhs) : std::nullopt;
    if (found && variable.kind == EquationKind::differential) found = *found * dimensions::second;
    if (!found) found = used_as(variable.name);
    if (!found && fits_alone(variable)) found = dimensions::one;
    if (!found) return {};
    known_.emplace(variable.name, *found);
    return to_string(*found);
  }

 private:
  bool is_condition(const Variable& variable) const {
    if (!variable.rhs || variable.kind != EquationKind::subexpression) return false;
    Diagnostics ignored;
    return type_of(resolve(variable.rhs, scope_, ignored), scope_, ignored) == Type::boolean;
  }

  MaybeDimension used_as(const std::string& name) const {
    const Guesser guesser(scope_, known_);
    const auto in = [&](const Expr& e) { return e ? guesser.use_of(name, e) : std::nullopt; };
    for (const Expr& text : group_.conditions())
      if (const MaybeDimension found = in(text)) return found;
    for (const Statement& statement : group_.statements()) {
      if (const MaybeDimension found = in(statement.value)) return found;
      const bool value = statement.value && !is_plain_number(statement.value);
      const bool same = statement.op != AssignOp::multiply && statement.op != AssignOp::divide;
      if (value && same && statement.target == name) return guesser.of(statement.value);
    }
    for (const Variable& variable : group_.variables)
      if (const MaybeDimension found = in(variable.rhs)) return found;
    return std::nullopt;
  }

  /// Nothing tells the unit of a variable that only its own rate depends on, as in dv/dt = -v/tau; then a
  /// number without unit is as good as any other if the rest goes with it.
  bool fits_alone(const Variable& variable) const {
    if (variable.kind != EquationKind::differential || !variable.rhs) return false;
    Guesses with = known_;
    with.emplace(variable.name, dimensions::one);
    const MaybeDimension rate = Guesser(scope_, with).of(variable.rhs);
    return rate && *rate == dimensions::hertz;
  }

  const GroupModel& group_;
  const Scope& scope_;
  Guesses known_;
};

}  // namespace

void propose_units(const GroupModel& group, const Scope& scope, Diagnostics& diagnostics) {
  Proposer proposer(group, scope);
  for (const Variable& variable : group.variables) {
    Diagnostic* problem = diagnostics.find(DiagnosticCode::missing_unit, variable.unit_place);
    if (!problem || !problem->fixes.empty()) continue;
    const std::string unit = proposer.unit_of(variable);
    if (unit.empty()) continue;
    problem->helped_by(unit == "1" ? "with `1`, a number without unit, the equation goes with the rest"
                                   : text("the unit that goes with the rest of the model is `", unit, "`"));
    problem->fixed_by(variable.unit_place, (variable.unit_place.text() == ":" ? ": " : " : ") + unit);
  }
}

}  // namespace ranvier::pass
