#include <ranvier/compiler/passes/check_dimensions.hpp>

#include <algorithm>
#include <cmath>

#include <ranvier/compiler/builtins.hpp>
#include <ranvier/compiler/passes/check_calls.hpp>
#include <ranvier/compiler/passes/literal_value.hpp>
#include <ranvier/compiler/passes/propose.hpp>
#include <ranvier/compiler/passes/wording.hpp>
#include <ranvier/compiler/text.hpp>
#include <ranvier/compiler/tree.hpp>
#include <ranvier/grammar/print.hpp>

namespace ranvier::pass {
namespace {

using enum DiagnosticCode;
using MaybeDimension = std::optional<Dimension>;

/// "cannot add second to volt"
std::string clash(BinaryOp op, const Dimension& lhs, const Dimension& rhs) {
  const std::string left = in_words(lhs), right = in_words(rhs);
  if (op == BinaryOp::add) return text("cannot add ", right, " to ", left);
  if (op == BinaryOp::subtract) return text("cannot subtract ", right, " from ", left);
  if (op == BinaryOp::modulo) return text("cannot take ", left, " modulo ", right);
  return text("cannot compare ", left, " with ", right);
}

class DimensionChecker {
 public:
  DimensionChecker(const Scope& scope, Diagnostics& diagnostics, const LocalDimensions& locals)
      : scope_(scope), diagnostics_(diagnostics), locals_(locals) {}

  MaybeDimension of(const Expr& expr) {
    return match(
        expr, [&](const ast::Name& name) { return of_name(name.id); },
        [&](const ast::Unary& unary) -> MaybeDimension {
          const MaybeDimension operand = of(unary.operand);
          return unary.op == UnaryOp::logical_not ? dimensions::one : operand;
        },
        [&](const ast::Binary& binary) { return of_binary(binary, expr->place); },
        [&](const ast::Call& call) { return of_call(expr, call); },
        [](const auto&) -> MaybeDimension { return dimensions::one; });
  }

 private:
  MaybeDimension of_name(const std::string& name) const {
    if (const auto local = locals_.find(name); local != locals_.end()) return local->second;
    const Symbol* symbol = scope_.find_canonical(name);
    const bool function = symbol && (std::holds_alternative<Function>(symbol->meaning) ||
                                     std::holds_alternative<TimedArray>(symbol->meaning));
    return symbol && symbol->dimension_known && !function ? MaybeDimension(symbol->dimension) : std::nullopt;
  }

  MaybeDimension of_binary(const ast::Binary& binary, const Place& place) {
    const MaybeDimension lhs = of(binary.lhs), rhs = of(binary.rhs);
    switch (binary.op) {
      case BinaryOp::logical_and:
      case BinaryOp::logical_or:
        return dimensions::one;
      case BinaryOp::multiply:
      case BinaryOp::divide:
        if (!lhs || !rhs) return std::nullopt;
        return binary.op == BinaryOp::multiply ? *lhs * *rhs : *lhs / *rhs;
      case BinaryOp::power:
        return of_power(binary, lhs, rhs);
      case BinaryOp::floor_divide:
        return of_floor(binary, lhs, rhs, place);
      case BinaryOp::add:
      case BinaryOp::subtract:
      case BinaryOp::modulo:
        return of_sum(binary, lhs, rhs, place);
      default:
        of_sum(binary, lhs, rhs, place);
        return dimensions::one;
    }
  }

  /// Both sides need one dimension. A number without unit is taken to be meant in that of the other side.
  MaybeDimension of_sum(const ast::Binary& binary, MaybeDimension lhs, MaybeDimension rhs,
                        const Place& place) {
    if (!lhs || !rhs) return std::nullopt;
    if (*lhs == *rhs) return lhs;
    Diagnostic& error = diagnostics_.error(dimension_mismatch, place, clash(binary.op, *lhs, *rhs));
    const bool tightly = binary.op == BinaryOp::modulo;
    const bool plain_left = is_plain_number(binary.lhs), plain_right = is_plain_number(binary.rhs);
    if (plain_right) propose_unit(error, binary.rhs, *lhs, tightly);
    if (plain_left) propose_unit(error, binary.lhs, *rhs, tightly);
    if (!plain_left && !plain_right) {
      error.helped_by(missing_factor(quoted(binary.rhs, "the right side"), *lhs, *rhs));
      propose_side(error, binary, *lhs, *rhs);
    }
    for (const auto& [side, dimension] : {std::pair(binary.lhs, *lhs), std::pair(binary.rhs, *rhs)}) {
      if (is_plain_number(side)) continue;
      if (!as<ast::Name>(side)) error.note(text(quoted(side), " is ", predicate(dimension)));
      note_declaration(error, side, scope_);
    }
    if (plain_right) return lhs;
    return plain_left ? rhs : std::nullopt;
  }

  void propose_side(Diagnostic& error, const ast::Binary& binary, const Dimension& lhs,
                    const Dimension& rhs) {
    const auto* draw = as<ast::Call>(binary.lhs);
    const bool rate = draw && draw->callee == "rand" && rhs == dimensions::hertz;
    const std::string own(binary.rhs->place.text());
    if (rate && as<ast::Name>(binary.rhs) && !own.empty())  // the probability of an event in a step
      error.fixed_by(binary.rhs->place, text(own, "*dt"));
    else if (as<ast::Name>(binary.rhs))
      propose_factor(error, binary.rhs, lhs, rhs, Expr(binary, Place{}), scope_);
  }

  MaybeDimension of_floor(const ast::Binary& binary, const MaybeDimension& lhs, const MaybeDimension& rhs,
                          const Place& place) {
    if (!lhs || !rhs || lhs->dimensionless() || !(*lhs == *rhs)) {
      check_countable(binary.lhs, lhs);
      check_countable(binary.rhs, rhs);
      return dimensions::one;
    }
    const std::string divided(text(binary.lhs->place.text(), "/", binary.rhs->place.text()));
    diagnostics_
        .error(floor_dimension, place,
               text("`//` needs numbers without unit, but both sides are in ", to_string(*lhs)))
        .helped_by("divide first, then cut off")
        .fixed_by(place, text("(", divided, ")//1"));
    return dimensions::one;
  }

  void check_countable(const Expr& side, const MaybeDimension& dimension) {
    if (!dimension || dimension->dimensionless()) return;
    diagnostics_
        .error(floor_dimension, side->place,
               text("`//` needs numbers without unit, but ", quoted(side), " is in ", to_string(*dimension)))
        .helped_by("divide by a unit first: `(x/ms) // 1`");
  }

  MaybeDimension of_power(const ast::Binary& binary, const MaybeDimension& base,
                          const MaybeDimension& exponent) {
    if (exponent && !exponent->dimensionless()) {
      diagnostics_
          .error(exponent_dimension, binary.rhs->place,
                 text("an exponent is a number without unit, but ", quoted(binary.rhs), " is in ",
                      to_string(*exponent)))
          .helped_by("divide it by a quantity of the same dimension");
      return std::nullopt;
    }
    if (!base || base->dimensionless()) return base;
    const auto value = fixed_value(binary.rhs, scope_);
    if (value && std::isfinite(*value)) return bounded(base->pow(*value), *value, binary.rhs);
    if (has_unknown_name(binary.rhs)) return std::nullopt;
    Diagnostic& error =
        diagnostics_.error(exponent_not_constant, binary.rhs->place,
                           text(quoted(binary.lhs), " is in ", to_string(*base),
                                ", so its exponent must be a number that is known while compiling"));
    error.helped_by(text("divide it by a scale in ", to_string(*base), " first: `(x/scale)**n`"));
    note_declaration(error, binary.lhs, scope_);
    return std::nullopt;
  }

  /// It may be a constant that is given later.
  bool has_unknown_name(const Expr& expr) const {
    return scope_.lenient && tree::any(expr, [&](const Expr& e) {
             const auto* name = as<ast::Name>(e);
             return name && !locals_.contains(name->id) && !scope_.find_canonical(name->id);
           });
  }

  /// Exponents beyond every use would overflow when powers are taken of powers.
  MaybeDimension bounded(const Dimension& dimension, double exponent, const Expr& where) {
    const double most = scope_.limits.exponent;
    if (std::ranges::all_of(dimension.exponents, [&](double e) { return std::abs(e) <= most; }))
      return dimension;
    diagnostics_
        .error(too_large_exponent, where->place,
               text("with the exponent ", exponent, ", a base unit would have an exponent beyond ", most,
                    " (Limits::exponent)"))
        .helped_by("divide by a scale first: powers of numbers without unit are not bounded");
    return std::nullopt;
  }

  MaybeDimension of_call(const Expr& expr, const ast::Call& call) {
    std::vector<MaybeDimension> args;
    for (const Expr& arg : call.args) args.push_back(of(arg));
    const Builtin* builtin = find_builtin(call.callee);
    if (!builtin) return dimension_of_call(expr, args, scope_, diagnostics_);
    switch (builtin->dimension) {
      case DimensionRule::one_to_one:
        return check_all(call, args, dimensions::one);
      case DimensionRule::times_to_one:
        return check_all(call, args, dimensions::second);
      case DimensionRule::any_to_one:
        return dimensions::one;
      case DimensionRule::root:
        return args.empty() || !args[0] ? std::nullopt : MaybeDimension(args[0]->pow(0.5));
      case DimensionRule::same:
        return of_alike(call, args);
      case DimensionRule::like_to_one:
        of_alike(call, args);
        return dimensions::one;
    }
    return std::nullopt;
  }

  MaybeDimension check_all(const ast::Call& call, const std::vector<MaybeDimension>& args,
                           const Dimension& needed) {
    for (std::size_t k = 0; k < args.size(); ++k)
      if (args[k] && !(*args[k] == needed)) report_argument(call, k, *args[k], needed);
    return dimensions::one;
  }

  void report_argument(const ast::Call& call, std::size_t k, const Dimension& actual,
                       const Dimension& needed) {
    const Expr& arg = call.args[k];
    Diagnostic& error =
        diagnostics_.error(argument_dimension, arg->place,
                           text("`", call.callee, "` needs ", needed.dimensionless() ? "" : "a time in ",
                                in_words(needed), ", but ", quoted(arg), " is ", predicate(actual)));
    const auto* quotient_of = as<ast::Binary>(arg);
    if (is_plain_number(arg))
      propose_unit(error, arg, needed);
    else if (needed.dimensionless() && quotient_of && quotient_of->op == BinaryOp::divide &&
             is_plain_number(quotient_of->rhs))
      propose_unit(error, quotient_of->rhs, actual, true);
    else if (needed.dimensionless()) {
      error.helped_by(text("divide by a scale in ", to_string(actual), ": `", call.callee, "(",
                           quotient(arg, "scale"), ")`"));
      propose_factor(error, arg, needed, actual, arg, scope_);
    }
    note_declaration(error, arg, scope_);
  }

  /// All arguments like the first one that has a unit; so is the result.
  MaybeDimension of_alike(const ast::Call& call, const std::vector<MaybeDimension>& args) {
    std::size_t model = 0;
    while (model + 1 < args.size() && (!args[model] || is_plain_number(call.args[model]))) ++model;
    if (args.empty() || !args[model]) return std::nullopt;
    for (std::size_t k = 0; k < args.size(); ++k) {
      if (!args[k] || *args[k] == *args[model]) continue;
      Diagnostic& error = diagnostics_.error(
          argument_dimension, call.args[k]->place,
          text("the arguments of `", call.callee, "` must be alike: ", quoted(call.args[k]), " is ",
               predicate(*args[k]), ", ", quoted(call.args[model]), " is ", predicate(*args[model])));
      if (is_plain_number(call.args[k]))
        propose_unit(error, call.args[k], *args[model]);
      else
        error.helped_by(missing_factor(quoted(call.args[k]), *args[model], *args[k]));
    }
    return args[model];
  }

  const Scope& scope_;
  Diagnostics& diagnostics_;
  const LocalDimensions& locals_;
};

/// "cannot add siemens to `v`, which is in volt"
std::string clash(AssignOp op, const std::string& name, const Dimension& target, const Dimension& value) {
  const std::string given = in_words(value);
  const std::string kept = text("`", name, "`, which is ", predicate(target));
  if (op == AssignOp::add) return text("cannot add ", given, " to ", kept);
  if (op == AssignOp::subtract) return text("cannot subtract ", given, " from ", kept);
  if (op == AssignOp::modulo) return text("cannot take ", kept, ", modulo ", given);
  return text("cannot assign ", given, " to ", kept);
}

class StatementChecker {
 public:
  StatementChecker(const Scope& scope, Diagnostics& diagnostics) : scope_(scope), diagnostics_(diagnostics) {}

  void check(const Statement& statement) {
    const MaybeDimension value = DimensionChecker(scope_, diagnostics_, locals_).of(statement.value);
    const Symbol* symbol = scope_.find_canonical(statement.target);
    const bool known = symbol && symbol->dimension_known;
    MaybeDimension target = known ? MaybeDimension(symbol->dimension) : std::nullopt;
    if (!symbol) target = locals_.try_emplace(statement.target, value).first->second;
    if (!target || !value) return;
    const bool factor = statement.op == AssignOp::multiply || statement.op == AssignOp::divide;
    if (factor && !value->dimensionless()) return report_factor(statement, *value);
    if (!factor && !(*target == *value)) report_value(statement, symbol, *target, *value);
  }

 private:
  void report_factor(const Statement& statement, const Dimension& value) {
    diagnostics_
        .error(assignment_dimension, statement.value->place,
               text("`", spelling(statement.op), "` needs a number without unit, but ",
                    quoted(statement.value), " is in ", to_string(value)))
        .helped_by(text("else `", target_name(statement), "` would change its dimension"));
  }

  void report_value(const Statement& statement, const Symbol* symbol, const Dimension& target,
                    const Dimension& value) {
    const std::string name = target_name(statement);
    Diagnostic& error = diagnostics_.error(assignment_dimension, statement.value->place,
                                           clash(statement.op, name, target, value));
    if (is_plain_number(statement.value))
      propose_unit(error, statement.value, target);
    else
      error.helped_by(missing_factor(quoted(statement.value, "the value"), target, value));
    if (!is_plain_number(statement.value))
      propose_factor(error, statement.value, target, value, statement.value, scope_);
    note_declaration(error, statement.value, scope_);
    if (symbol && symbol->declared.source)
      error.note(text("`", name, "` is declared here, ", declared_as(target)), symbol->declared);
    if (!symbol) error.note(text("the first assignment to `", name, "` fixes its dimension"));
  }

  const Scope& scope_;
  Diagnostics& diagnostics_;
  LocalDimensions locals_;
};

/// Reports a right-hand side of the wrong dimension.
Diagnostic* compare(const Expr& expr, const Dimension& expected, const std::string& what, const Scope& scope,
                    Diagnostics& diagnostics, const LocalDimensions& doubted = {}) {
  const MaybeDimension actual = dimension_of(expr, scope, diagnostics, doubted);
  if (!actual || *actual == expected) return nullptr;
  Diagnostic& error =
      diagnostics.error(wrong_dimension, expr->place,
                        text(what, " must be ", predicate(expected), ", but this is ", predicate(*actual)));
  if (is_plain_number(expr))
    propose_unit(error, expr, expected);
  else
    error.helped_by(missing_factor("the right-hand side", expected, *actual));
  return &error;
}

}  // namespace

std::optional<Dimension> dimension_of(const Expr& expr, const Scope& scope, Diagnostics& diagnostics,
                                      const LocalDimensions& locals) {
  return DimensionChecker(scope, diagnostics, locals).of(expr);
}

void check_dimension(const Expr& expr, const Dimension& expected, const std::string& what, const Scope& scope,
                     Diagnostics& diagnostics, Place declared) {
  Diagnostic* error = compare(expr, expected, what, scope, diagnostics);
  if (error && declared.source) error->note("because of this unit", std::move(declared));
}

void check_dimensions(const Code& code, const Scope& scope, Diagnostics& diagnostics) {
  StatementChecker checker(scope, diagnostics);
  for (const Statement& statement : code)
    if (statement.value) checker.check(statement);
}

namespace {

/// One equation. False if its right-hand side is not what was declared.
bool check_equation(const Variable& variable, const LocalDimensions& doubted, const Scope& scope,
                    Diagnostics& diagnostics) {
  const bool rate = variable.kind == EquationKind::differential;
  if (!variable.unit_known) {
    dimension_of(variable.rhs, scope, diagnostics, doubted);
    return true;
  }
  const Dimension expected = rate ? variable.dimension / dimensions::second : variable.dimension;
  const std::string what = rate ? text("`d", variable.name, "/dt`") : text("`", variable.name, "`");
  Diagnostic* error = compare(variable.rhs, expected, what, scope, diagnostics, doubted);
  if (!error) return true;
  // Of a subexpression, the unit may be what is wrong.
  Diagnostics again;
  if (const auto actual = dimension_of(variable.rhs, scope, again, doubted); rate && actual)
    propose_factor(*error, variable.rhs, expected, *actual, variable.rhs, scope);
  error->note(text("`", variable.name, "` is declared ", declared_as(variable.dimension)),
              variable.unit_place);
  note_unitless_constants(*error, variable.rhs, scope);
  return false;
}

}  // namespace

void check_dimensions(const std::vector<Variable>& variables, const Scope& scope, Diagnostics& diagnostics) {
  // Where a subexpression differs from its own unit, it is not said which is right: its users are not blamed.
  LocalDimensions doubted;
  for (const Variable& variable : variables) {
    Diagnostics tried;
    if (variable.kind != EquationKind::subexpression || !variable.rhs) continue;
    if (!check_equation(variable, doubted, scope, tried)) doubted[variable.name] = std::nullopt;
  }
  for (const Variable& variable : variables)
    if (variable.rhs) check_equation(variable, doubted, scope, diagnostics);
}

}  // namespace ranvier::pass
