#include <ranvier/compiler/passes/check_calls.hpp>

#include <algorithm>

#include <ranvier/compiler/builtins.hpp>
#include <ranvier/compiler/passes/check_definitions.hpp>
#include <ranvier/compiler/passes/check_dimensions.hpp>
#include <ranvier/compiler/passes/check_types.hpp>
#include <ranvier/compiler/passes/wording.hpp>
#include <ranvier/compiler/text.hpp>
#include <ranvier/compiler/tree.hpp>

namespace ranvier::pass {
namespace {

using enum DiagnosticCode;
using MaybeDimension = std::optional<Dimension>;
using MaybeType = std::optional<Type>;

std::string declaration_of(const std::string& name, const Symbol& symbol) {
  if (const auto* function = std::get_if<Function>(&symbol.meaning)) return function->declaration(name);
  const auto& array = std::get<TimedArray>(symbol.meaning);
  return text(name, "(t: second", array.columns() > 0 ? ", column: integer" : "", ") -> ",
              to_string(array.dimension()));
}

/// What an argument of a timed array is.
Argument argument_of(const TimedArray&, std::size_t k) {
  return k == 0 ? Argument{"t", dimensions::second} : Argument{"column", {}, ArgumentType::integer};
}

std::optional<Argument> argument_of(const Symbol& symbol, std::size_t k) {
  if (k >= arity_of(symbol)) return std::nullopt;
  const auto* function = std::get_if<Function>(&symbol.meaning);
  return function ? function->arguments()[k] : argument_of(std::get<TimedArray>(symbol.meaning), k);
}

/// One call of a function of the namespace.
class CallChecker {
 public:
  CallChecker(const Expr& expr, const Symbol& symbol, const Scope& scope, Diagnostics& diagnostics)
      : expr_(expr),
        call_(*as<ast::Call>(expr)),
        symbol_(symbol),
        function_(std::get_if<Function>(&symbol.meaning)),
        scope_(scope),
        diagnostics_(diagnostics) {}

  MaybeDimension dimension(const std::vector<MaybeDimension>& actual) {
    std::vector<MaybeDimension> taken;
    for (std::size_t k = 0; k < actual.size(); ++k) {
      const MaybeDimension wanted = wanted_dimension(k, actual);
      if (wanted && actual[k] && !(*wanted == *actual[k])) report(k, *wanted, *actual[k]);
      taken.push_back(wanted ? wanted : actual[k]);
    }
    if (!function_) return std::get<TimedArray>(symbol_.meaning).dimension();
    if (function_->body()) return of_body(dimension_of_body, taken, {});
    if (const Dimension* unit = function_->unit().dimension()) return *unit;
    const std::size_t like = position(*function_->unit().argument());
    return like < taken.size() ? taken[like] : std::nullopt;
  }

  MaybeType type(const std::vector<MaybeType>& actual) {
    for (std::size_t k = 0; k < actual.size(); ++k) {
      const auto argument = argument_of(symbol_, k);
      if (argument && actual[k]) check_type(k, argument->type, *actual[k]);
    }
    if (!function_) return Type::real;
    if (function_->body()) return of_body(type_of_body, {}, actual);
    if (function_->type() == ResultType::highest) return highest(actual);
    constexpr Type types[] = {Type::real, Type::integer, Type::boolean};
    return types[static_cast<std::size_t>(function_->type())];
  }

 private:
  std::size_t position(const std::string& argument) const {
    const auto& all = function_->arguments();
    return static_cast<std::size_t>(std::ranges::find(all, argument, &Argument::name) - all.begin());
  }

  MaybeDimension wanted_dimension(std::size_t k, const std::vector<MaybeDimension>& actual) const {
    const auto argument = argument_of(symbol_, k);
    if (!argument) return std::nullopt;
    if (const Dimension* exact = argument->unit.dimension()) return *exact;
    if (!argument->unit.argument()) return std::nullopt;
    const std::size_t other = position(*argument->unit.argument());
    const Dimension* exact = function_->arguments()[other].unit.dimension();
    if (exact) return *exact;
    return other < actual.size() ? actual[other] : std::nullopt;
  }

  void report(std::size_t k, const Dimension& wanted, const Dimension& actual) {
    const Expr& arg = call_.args[k];
    const bool alike = function_ && function_->arguments()[k].unit.argument();
    const std::string why =
        alike ? text(", like `", *function_->arguments()[k].unit.argument(), "`") : std::string();
    Diagnostic& error = diagnostics_.error(
        argument_dimension, arg->place,
        text("`", call_.callee, "` needs ", in_words(wanted), " for `", argument_of(symbol_, k)->name, "`",
             why, ", but ", quoted(arg), " is ", predicate(actual)));
    if (is_plain_number(arg))
      propose_unit(error, arg, wanted);
    else
      error.helped_by(missing_factor(quoted(arg, "the argument"), wanted, actual));
    const auto* array = std::get_if<TimedArray>(&symbol_.meaning);
    if (array && k == 0 && array->num_arguments() == 1 && actual.dimensionless() && !is_plain_number(arg))
      error.helped_by("its values are those of a time").fixed_by(arg->place, "t");
    note_declaration(error, arg, scope_);
    error.note(text("it is declared `", declaration_of(call_.callee, symbol_), "`"));
  }

  void check_type(std::size_t k, ArgumentType wanted, Type actual) {
    const bool fits =
        wanted == ArgumentType::any || (wanted == ArgumentType::boolean   ? actual == Type::boolean
                                        : wanted == ArgumentType::integer ? actual == Type::integer
                                                                          : actual != Type::boolean);
    if (fits) return;
    constexpr const char* words[] = {"", "a condition", "an integer", "a number"};
    constexpr const char* helps[] = {"", "write a comparison: `x != 0`", "`int(...)` cuts off the fraction",
                                     "`int(...)` makes a number of a condition: 0 or 1"};
    const Expr& arg = call_.args[k];
    Diagnostic& error = diagnostics_.error(
        wrong_type, arg->place,
        text("`", call_.callee, "` needs ", words[static_cast<std::size_t>(wanted)], " for `",
             argument_of(symbol_, k)->name, "`, but ", quoted(arg), " is ", to_string(actual)));
    error.helped_by(helps[static_cast<std::size_t>(wanted)]);
    const std::string own(arg->place.text());
    if (wanted != ArgumentType::boolean && !own.empty()) error.fixed_by(arg->place, text("int(", own, ")"));
    error.note(text("it is declared `", declaration_of(call_.callee, symbol_), "`"));
  }

  static MaybeType highest(const std::vector<MaybeType>& types) {
    Type result = Type::integer;
    for (const MaybeType& type : types) {
      if (!type) return std::nullopt;
      result = std::max(result, *type);
    }
    return result;
  }

  static MaybeDimension dimension_of_body(const Expr& body, const Scope& inside, Diagnostics& problems) {
    return dimension_of(body, inside, problems);
  }
  static MaybeType type_of_body(const Expr& body, const Scope& inside, Diagnostics& problems) {
    return type_of(body, inside, problems);
  }

  /// What a check finds out about the text, for arguments like these. Problems of the text point into it; a
  /// note says which call brought them up.
  template <class Result>
  Result of_body(Result (*check)(const Expr&, const Scope&, Diagnostics&),
                 const std::vector<MaybeDimension>& dimensions, const std::vector<MaybeType>& types) {
    const Expr body = scope_.bodies()[call_.callee].text;
    if (!body) return {};
    if (std::ranges::any_of(types, [](const MaybeType& type) { return !type; })) return {};
    Scope inside = scope_.inside(*function_);
    for (std::size_t k = 0; k < function_->arguments().size(); ++k) {
      Symbol argument = *inside.find(function_->arguments()[k].name);
      if (k < dimensions.size()) argument.dimension_known = dimensions[k].has_value();
      if (k < dimensions.size()) argument.dimension = dimensions[k].value_or(dimensions::one);
      if (k < types.size()) argument.type = *types[k];
      inside.replace(std::move(argument));
    }
    Diagnostics problems;
    const Result result = check(body, inside, problems);
    for (Diagnostic problem : problems.all())
      diagnostics_.add(problem.note(text("in this call of `", call_.callee, "`"), expr_->place));
    return result;
  }

  const Expr& expr_;
  const ast::Call& call_;
  const Symbol& symbol_;
  const Function* function_;
  const Scope& scope_;
  Diagnostics& diagnostics_;
};

}  // namespace

std::size_t arity_of(const Symbol& function) {
  if (const auto* own = std::get_if<Function>(&function.meaning)) return own->arguments().size();
  return std::get<TimedArray>(function.meaning).num_arguments();
}

std::string signature_of_own(const std::string& name, const Symbol& function) {
  std::string arguments;
  for (std::size_t k = 0; k < arity_of(function); ++k)
    arguments += (k == 0 ? "" : ", ") + (std::holds_alternative<TimedArray>(function.meaning) && k == 1
                                             ? std::string("i")
                                             : argument_of(function, k)->name);
  return text(name, "(", arguments, ")");
}

MaybeDimension dimension_of_call(const Expr& call, const std::vector<MaybeDimension>& arguments,
                                 const Scope& scope, Diagnostics& diagnostics) {
  const Symbol* symbol = scope.find_function(as<ast::Call>(call)->callee);
  if (!symbol) return std::nullopt;
  return CallChecker(call, *symbol, scope, diagnostics).dimension(arguments);
}

MaybeType type_of_call(const Expr& call, const std::vector<MaybeType>& arguments, const Scope& scope,
                       Diagnostics& diagnostics) {
  const Symbol* symbol = scope.find_function(as<ast::Call>(call)->callee);
  if (!symbol) return std::nullopt;
  return CallChecker(call, *symbol, scope, diagnostics).type(arguments);
}

Expr body_of_call(const ast::Call& call, const Scope& scope) {
  const Symbol* symbol = find_builtin(call.callee) ? nullptr : scope.find_function(call.callee);
  const auto* function = symbol ? std::get_if<Function>(&symbol->meaning) : nullptr;
  if (!function || !function->body()) return {};
  const auto prepared = scope.bodies().find(call.callee);
  return prepared == scope.bodies().end() ? Expr() : prepared->second.text;
}

bool holds_over_step(const ast::Call& call, const Scope& scope) {
  const Symbol* symbol = scope.find_function(call.callee);
  const auto* array = symbol ? std::get_if<TimedArray>(&symbol->meaning) : nullptr;
  const auto* time = array && !call.args.empty() ? as<ast::Name>(call.args[0]) : nullptr;
  return time && time->id == "t" && scope.step && array->is_multiple_of(*scope.step);
}

void check_stateless(const Variable& subexpression, const Scope& scope, Diagnostics& diagnostics) {
  if (subexpression.constant_over_dt) return;
  if (tree::draws(subexpression.rhs) || !is_stateful(subexpression.rhs, scope)) return;
  Diagnostic& error = diagnostics.error(
      draw_in_subexpression, subexpression.rhs->place,
      text("the subexpression `", subexpression.name,
           "` calls a function that is not stateless, so it would have another value at every use"));
  error.helped_by("the flag `constant over dt` has it called once a step");
  add_constant_over_dt(error, subexpression);
}

bool is_stateful(const Expr& expr, const Scope& scope) {
  return tree::any(expr, [&](const Expr& e) {
    const auto* call = as<ast::Call>(e);
    if (!call) return false;
    if (const Builtin* builtin = find_builtin(call->callee)) return !builtin->stateless;
    if (const Expr body = body_of_call(*call, scope)) return is_stateful(body, scope);
    const Symbol* symbol = scope.find_function(call->callee);
    const auto* function = symbol ? std::get_if<Function>(&symbol->meaning) : nullptr;
    return function && !function->stateless();
  });
}

}  // namespace ranvier::pass
