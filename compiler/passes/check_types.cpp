#include <ranvier/compiler/passes/check_types.hpp>
#include <ranvier/compiler/passes/remove_flag.hpp>

#include <algorithm>
#include <optional>
#include <set>

#include <ranvier/compiler/builtins.hpp>
#include <ranvier/compiler/passes/check_calls.hpp>
#include <ranvier/compiler/passes/check_dimensions.hpp>
#include <ranvier/compiler/passes/variability.hpp>
#include <ranvier/compiler/passes/wording.hpp>
#include <ranvier/compiler/text.hpp>
#include <ranvier/grammar/print.hpp>

namespace ranvier::pass {
namespace {

using enum DiagnosticCode;
using MaybeType = std::optional<Type>;

MaybeType promoted(MaybeType type) {
  return type == Type::boolean ? Type::integer : type;
}

/// The higher of two types; unknown if one of them is.
MaybeType higher(MaybeType a, MaybeType b) {
  if (!a || !b) return std::nullopt;
  return std::max(*a, *b);
}

bool is_natural(const Expr& expr) {
  const auto* number = as<ast::Number>(expr);
  return number && number->integer && number->value >= 0;
}

/// `x != 0` in place of a number that a boolean is to take.
void propose_nonzero(Diagnostic& error, const Expr& number) {
  const std::string own(number->place.text());
  const bool loose = as<ast::Binary>(number) && !own.starts_with('(');
  if (!own.empty()) error.fixed_by(number->place, loose ? text("(", own, ") != 0") : text(own, " != 0"));
}

class TypeChecker {
 public:
  TypeChecker(const Scope& scope, Diagnostics& diagnostics, const LocalTypes& locals)
      : scope_(scope), diagnostics_(diagnostics), locals_(locals) {}

  MaybeType of(const Expr& expr) {
    return match(
        expr, [](const ast::Number& n) -> MaybeType { return n.integer ? Type::integer : Type::real; },
        [](const ast::Boolean&) -> MaybeType { return Type::boolean; },
        [&](const ast::Name& n) { return of_name(n.id); }, [&](const ast::Unary& u) { return of_unary(u); },
        [&](const ast::Binary& b) { return of_binary(b); },
        [&](const ast::Call& c) { return of_call(expr, c); });
  }

  /// An operand of and, or, not.
  void check_operand(const Expr& operand, const char* op) {
    const MaybeType type = of(operand);
    if (!type || *type == Type::boolean) return;
    Diagnostic& error = diagnostics_.error(
        boolean_operand, operand->place,
        text("`", op, "` needs a condition, but ", quoted(operand), " is ", to_string(*type)));
    propose_comparison(error.helped_by("write a comparison: `x != 0`"), operand);
  }

 private:
  MaybeType of_name(const std::string& name) const {
    if (const auto local = locals_.find(name); local != locals_.end()) return local->second;
    const Symbol* symbol = scope_.find_canonical(name);
    return symbol && symbol->dimension_known ? MaybeType(symbol->type) : std::nullopt;
  }

  /// `x` as a condition means `x != 0`, with the unit of x. Only an operand that binds closer than a
  /// comparison can be followed by one.
  void propose_comparison(Diagnostic& error, const Expr& operand) const {
    const std::string own(operand->place.text());
    Diagnostics ignored;
    const auto dimension = dimension_of(operand, scope_, ignored);
    if (own.empty() || !dimension) return;
    const std::string zero = dimension->dimensionless() ? "0" : text("0*", to_string(*dimension));
    error.fixed_by(operand->place, text("(", own, " != ", zero, ")"));
  }

  MaybeType of_sign(const ast::Unary& unary) {
    const MaybeType type = of(unary.operand);
    if (type != Type::boolean) return type;
    const std::string own(unary.operand->place.text());
    Diagnostic& error = diagnostics_.error(
        wrong_type, unary.operand->place,
        text("a sign needs a number, but ", quoted(unary.operand), " is ", to_string(Type::boolean)));
    error.helped_by("`int(...)` makes 1 or 0 of a condition");
    if (!own.empty()) error.fixed_by(unary.operand->place, own[0] == '(' ? "int" + own : "int(" + own + ")");
    return Type::integer;
  }

  MaybeType of_unary(const ast::Unary& unary) {
    if (unary.op != UnaryOp::logical_not) return of_sign(unary);
    check_operand(unary.operand, spelling(unary.op));
    return Type::boolean;
  }

  MaybeType of_binary(const ast::Binary& binary) {
    if (binary.op == BinaryOp::logical_and || binary.op == BinaryOp::logical_or) {
      check_operand(binary.lhs, spelling(binary.op));
      check_operand(binary.rhs, spelling(binary.op));
      return Type::boolean;
    }
    const MaybeType lhs = of(binary.lhs), rhs = of(binary.rhs);
    if (binary.op >= BinaryOp::less && binary.op <= BinaryOp::not_equal) return Type::boolean;
    if (binary.op == BinaryOp::divide) return Type::real;
    if (binary.op == BinaryOp::power && !is_natural(binary.rhs)) return Type::real;
    return promoted(higher(lhs, rhs));
  }

  MaybeType of_call(const Expr& expr, const ast::Call& call) {
    MaybeType highest = Type::integer;
    std::vector<MaybeType> types;
    for (const Expr& arg : call.args) highest = higher(highest, types.emplace_back(of(arg)));
    const Builtin* builtin = find_builtin(call.callee);
    if (!builtin) return type_of_call(expr, types, scope_, diagnostics_);
    if (builtin->type == TypeRule::highest) return highest;
    return builtin->type == TypeRule::real ? Type::real : Type::integer;
  }

  const Scope& scope_;
  Diagnostics& diagnostics_;
  const LocalTypes& locals_;
};

/// Writes of one piece of code, statement by statement.
class WriteChecker {
 public:
  WriteChecker(const Scope& scope, bool shared_writes, Diagnostics& diagnostics)
      : scope_(scope), shared_writes_(shared_writes), diagnostics_(diagnostics) {}

  void check(const Statement& statement) {
    const MaybeType value = value_type(statement);
    const Symbol* symbol = scope_.find_canonical(statement.target);
    if (symbol && !may_write(statement, *symbol)) return;
    if (shared_writes_) check_order(statement, symbol);
    if (symbol && !symbol->dimension_known) return;
    // What is stored into a boolean variable is whether the value is not zero.
    if (symbol && symbol->type == Type::boolean) return;
    if (symbol) return check_fit(statement, symbol->type, value);
    const auto [local, added] = locals.try_emplace(statement.target, value.value_or(Type::real));
    if (!added) check_fit(statement, local->second, value);
  }

  LocalTypes locals;

 private:
  /// The type of what is stored: for `n /= 2` that of n/2.
  MaybeType value_type(const Statement& statement) {
    TypeChecker types(scope_, diagnostics_, locals);
    const MaybeType value = types.of(statement.value);
    if (statement.op == AssignOp::set) return value;
    if (statement.op == AssignOp::divide) return Type::real;
    return promoted(value);
  }

  /// Statements about shared variables are executed once, before those for each element: they come first, and
  /// use only what has one value for all.
  void check_order(const Statement& statement, const Symbol* symbol) {
    const auto* column = symbol ? std::get_if<Column>(&symbol->meaning) : nullptr;
    const std::string varying = per_element_name(statement.value, scope_, of_element_);
    if (!column) {
      if (!varying.empty()) of_element_.insert(statement.target);
      return;
    }
    if (column->index != Index::shared) {
      if (!element_write_.source) element_write_ = statement.target_place;
      return;
    }
    const std::string name = target_name(statement);
    if (!varying.empty())
      diagnostics_
          .error(shared_uses_vector, statement.value->place,
                 text("`", name, "` has one value for all elements, but `", varying, "` has one for each"))
          .helped_by("use only constants and shared variables");
    if (element_write_.source)
      diagnostics_
          .error(write_shared, statement.target_place,
                 text("`", name,
                      "` is shared by all and must be written before what has a value for each element"))
          .note("this is written for each element", element_write_)
          .helped_by("move the statement to the front");
  }

  bool may_write(const Statement& statement, const Symbol& symbol) {
    if (!symbol.read_only.empty()) {
      Diagnostic& error = report(read_only, statement, symbol, text("cannot be written: ", symbol.read_only));
      if (const Place& flag = symbol.constant_flag; flag.source)
        error.fixed_by(extent_of_flag({std::string(flag.text()), flag}), "");
      return false;
    }
    if (std::holds_alternative<Definition>(symbol.meaning)) {
      report(write_subexpression, statement, symbol,
             "cannot be written: it is a subexpression, computed whenever it is used")
          .helped_by("write the variables that it depends on");
      return false;
    }
    const auto* column = std::get_if<Column>(&symbol.meaning);
    if (!column || column->index != Index::shared || shared_writes_) return true;
    report(write_shared, statement, symbol,
           "cannot be written here: it is shared by all, and this code runs for single elements");
    return false;
  }

  Diagnostic& report(DiagnosticCode code, const Statement& statement, const Symbol& symbol,
                     const std::string& why) {
    Diagnostic& error =
        diagnostics_.error(code, statement.target_place, text("`", target_name(statement), "` ", why));
    if (symbol.declared.source) error.note("it is declared here", symbol.declared);
    constexpr const char* unshare =
        "leave out the flag (shared), so that every element has a value of its own";
    return error.helped_by(symbol.help.empty() && code == write_shared ? unshare : symbol.help);
  }

  void check_fit(const Statement& statement, Type target, MaybeType value) {
    if (!value || *value <= target) return;
    const std::string name = target_name(statement);
    const std::string own(statement.value->place.text());
    Diagnostic& error = diagnostics_.error(
        target == Type::boolean ? not_boolean : integer_type, statement.value->place,
        text("`", name, "` is ", to_string(target), " and cannot take ", to_string(*value), " values"));
    if (target == Type::boolean)
      propose_nonzero(error.helped_by("write a comparison: `x != 0`"), statement.value);
    else if (statement.op == AssignOp::set && !own.empty())
      error.helped_by("`int(...)` cuts off the fraction")
          .fixed_by(statement.value->place, text("int(", own, ")"));
    else
      write_out(statement, name,
                error.helped_by(text("write `", name, " = int(...)`, which cuts off the fraction")));
    if (!scope_.find_canonical(statement.target))
      error.note(text("the first assignment to `", name, "` makes it ", to_string(target),
                      "; `1.0` is a float, `1` is not"));
  }

  /// `n += x` as `n = int(n + x)`.
  static void write_out(const Statement& statement, const std::string& name, Diagnostic& error) {
    const std::string value(statement.value->place.text()), op = spelling(statement.op);
    const Place& whole = statement.place;
    if (value.empty() || statement.op == AssignOp::set || whole.span.begin == whole.span.end) return;
    const bool alone = !as<ast::Binary>(statement.value) || value.starts_with('(');
    const std::string operand = alone ? value : text("(", value, ")");
    error.fixed_by(whole, text(name, " = int(", name, " ", op.substr(0, op.size() - 1), " ", operand, ")"));
  }

  const Scope& scope_;
  bool shared_writes_;
  Diagnostics& diagnostics_;
  std::set<std::string> of_element_;  // locals with a value for each element
  Place element_write_;               // the first write to a variable that is not shared
};

}  // namespace

Type type_of(const Expr& expr, const Scope& scope, Diagnostics& diagnostics, const LocalTypes& locals) {
  return TypeChecker(scope, diagnostics, locals).of(expr).value_or(Type::real);
}

void check_boolean(const Expr& expr, const std::string& what, const Scope& scope, Diagnostics& diagnostics) {
  const LocalTypes none;
  const MaybeType type = TypeChecker(scope, diagnostics, none).of(expr);
  if (!type || *type == Type::boolean) return;
  Diagnostic& error =
      diagnostics
          .error(not_boolean, expr->place,
                 text(what, " must be a condition, but ", quoted(expr), " is ", to_string(*type)))
          .helped_by("write a comparison, as in `v > 20*mV`");
  if (*type == Type::integer && !as<ast::Number>(expr)) propose_nonzero(error, expr);
}

LocalTypes check_types(const Code& code, const Scope& scope, bool shared_writes, Diagnostics& diagnostics) {
  WriteChecker checker(scope, shared_writes, diagnostics);
  for (const Statement& statement : code)
    if (statement.value) checker.check(statement);
  return std::move(checker.locals);
}

void check_types(const std::vector<Variable>& variables, const Scope& scope, Diagnostics& diagnostics) {
  const LocalTypes none;
  for (const Variable& variable : variables) {
    if (!variable.rhs) continue;
    const MaybeType type = TypeChecker(scope, diagnostics, none).of(variable.rhs);
    const bool bound = variable.kind == EquationKind::subexpression && variable.unit_known;
    if (!bound || !type || *type <= variable.type) continue;
    const bool condition = variable.type == Type::boolean;
    Diagnostic& error = diagnostics.error(condition ? not_boolean : integer_type, variable.rhs->place,
                                          text("`", variable.name, "` is declared ", to_string(variable.type),
                                               ", but its right-hand side is ", to_string(*type)));
    error.note("declared here", variable.unit_place)
        .helped_by(condition ? "write a comparison: `x != 0`" : "`int(...)` cuts off the fraction");
    const Place& rhs = variable.rhs->place;
    if (condition) propose_nonzero(error, variable.rhs);
    if (!condition && !rhs.text().empty()) error.fixed_by(rhs, text("int(", rhs.text(), ")"));
  }
}

}  // namespace ranvier::pass
