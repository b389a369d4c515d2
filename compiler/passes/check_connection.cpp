#include <ranvier/compiler/passes/check_connection.hpp>
#include <ranvier/compiler/passes/check_values.hpp>

#include <cmath>
#include <functional>

#include <ranvier/compiler/passes/check_calls.hpp>
#include <ranvier/compiler/passes/check_dimensions.hpp>
#include <ranvier/compiler/passes/check_group.hpp>
#include <ranvier/compiler/passes/identifiers.hpp>
#include <ranvier/compiler/passes/inline_subexpressions.hpp>
#include <ranvier/compiler/passes/propose_names.hpp>
#include <ranvier/compiler/passes/resolve.hpp>
#include <ranvier/compiler/passes/wording.hpp>
#include <ranvier/compiler/text.hpp>
#include <ranvier/compiler/tree.hpp>
#include <ranvier/grammar/print.hpp>

namespace ranvier::pass {
namespace {

using enum DiagnosticCode;

/// Which things of a candidate are known when a part is computed.
struct Known {
  bool source = true;
  bool target = true;
  bool loop = true;
};

Dependence dependence_of(const Expr& inlined, const Scope& scope) {
  Dependence depends;
  depends.draws = is_stateful(inlined, scope);
  const auto loads = [](const Expr& e) {
    const auto* call = as<ast::Call>(e);
    return call && call->callee == "_load";
  };
  const bool maps = tree::any(inlined, loads);  // arrays at positions that may come from the numbers
  tree::for_each_name(inlined, [&](const std::string& name) {
    const Symbol* symbol = scope.find_canonical(name);
    const auto* column = symbol ? std::get_if<Column>(&symbol->meaning) : nullptr;
    depends.source_state |= column && column->index == Index::pre;
    depends.target_state |= column && column->index == Index::post;
    depends.source |= depends.source_state || name == "_pre";
    depends.target |= depends.target_state || name == "_post";
    depends.loop |= name == loop_variable_name;
  });
  depends.source_state |= maps && depends.source;
  depends.target_state |= maps && depends.target;
  return depends;
}

class PartChecker {
 public:
  PartChecker(const Scope& scope, Diagnostics& diagnostics) : scope_(scope), diagnostics_(diagnostics) {}

  /// Tells of the first use of a name that has no value yet.
  std::function<void(const std::string& name, const Place&, const Dependence&)> report_unknown =
      [](const std::string&, const Place&, const Dependence&) {};

  ConnectionPart integer(const Expr& expr, const std::string& what, Known known) {
    return check(expr, known, [&](const Expr& resolved) {
      if (number(resolved, what)) check_integer(resolved, what);
    });
  }
  ConnectionPart real(const Expr& expr, const std::string& what, Known known) {
    return check(expr, known, [&](const Expr& resolved) {
      if (number(resolved, what)) type_of(resolved, scope_, diagnostics_);
    });
  }
  ConnectionPart boolean(const Expr& expr, const std::string& what, Known known) {
    return check(expr, known, [&](const Expr& resolved) {
      dimension_of(resolved, scope_, diagnostics_);
      check_boolean(resolved, what, scope_, diagnostics_);
    });
  }

 private:
  template <class Check>
  ConnectionPart check(const Expr& expr, Known known, Check check_resolved) {
    if (!expr) return {};
    const std::size_t before = diagnostics_.all().size();
    const Expr resolved = resolve(expr, scope_, diagnostics_);
    if (diagnostics_.all().size() != before) return {};
    check_known(resolved, known);
    check_resolved(resolved);
    if (diagnostics_.all().size() != before) return {};
    check_values(resolved, scope_, diagnostics_);
    const Expr inlined = inline_subexpressions(resolved, scope_);
    return {inlined, dependence_of(inlined, scope_)};
  }

  /// True if the expression has no dimension.
  bool number(const Expr& expr, const std::string& what) {
    const std::size_t before = diagnostics_.all().size();
    check_dimension(expr, dimensions::one, what, scope_, diagnostics_);
    return diagnostics_.all().size() == before;
  }

  void check_integer(const Expr& expr, const std::string& what) {
    const std::size_t before = diagnostics_.all().size();
    const Type type = type_of(expr, scope_, diagnostics_);
    if (type == Type::integer || diagnostics_.all().size() != before) return;
    const std::string own(expr->place.text());
    const auto* literal = as<ast::Number>(expr);
    const bool whole = literal && literal->value == std::trunc(literal->value) && literal->value < 1e15;
    Diagnostic& error =
        diagnostics_.error(integer_type, expr->place,
                           text(what, " must be an integer, but ", quoted(expr), " is ", to_string(type)));
    error.helped_by(type == Type::boolean ? "`int(...)` makes 0 and 1 of a condition"
                    : whole               ? "an integer is written without a point"
                                          : "`int(...)` cuts off the fraction");
    if (whole)
      error.fixed_by(expr->place, print(tree::integer(static_cast<std::int64_t>(literal->value))));
    else if (!own.empty())
      error.fixed_by(expr->place, text("int(", own, ")"));
  }

  void check_known(const Expr& expr, Known known) {
    if (const auto* name = as<ast::Name>(expr)) {
      const Dependence depends = dependence_of(inline_subexpressions(expr, scope_), scope_);
      const bool unknown = (depends.source && !known.source) || (depends.target && !known.target) ||
                           (depends.loop && !known.loop);
      const std::string own(expr->place.text());
      if (unknown) report_unknown(own.empty() ? name->id : own, expr->place, depends);
    }
    for (const Expr& child : tree::children(expr)) check_known(child, known);
  }

  const Scope& scope_;
  Diagnostics& diagnostics_;
};

/// How messages call the two sides of a generator.
struct Sides {
  const char* outer;
  const char* result;
  const char* outer_index;
  const char* suffix;  // of variables of the outer side
};
constexpr Sides both[] = {{"source", "target", "i", "_pre"}, {"target", "source", "j", "_post"}};

std::string known_names(const Sides& sides) {
  return text("use `", sides.outer_index, "`, variables of the ", sides.outer, " neurons (`x", sides.suffix,
              "`), N_pre, N_post and constants");
}

void check_range(const IndexRange& range, const Sides& sides, Known known, PartChecker& parts,
                 Diagnostics& diagnostics, CheckedConnection& checked) {
  const std::string function = range.sampled ? "`sample`" : "`range`";
  parts.report_unknown = [&](const std::string& name, const Place& place, const Dependence& depends) {
    diagnostics
        .error(unavailable_name, place,
               depends.loop ? text("`", name, "` has no value in the arguments of ", function,
                                   ": it runs through what they describe")
                            : text("`", name, "` has no value in the arguments of ", function,
                                   ": they are computed before a ", sides.result, " neuron is chosen"))
        .helped_by(known_names(sides));
  };
  checked.low = parts.integer(range.low, text("a bound of ", function), known);
  checked.high = parts.integer(range.high, text("a bound of ", function), known);
  checked.step = parts.integer(range.step, text("the step of ", function), known);
  checked.p = parts.real(range.p, "a probability", known);
  checked.size = parts.integer(range.size, "the size of a sample", known);
}

/// `_` says that the number of the loop is not used.
bool check_underscore(const Generator& generator, Diagnostics& diagnostics) {
  if (generator.variable != "_") return true;
  for (const Expr& expr : {generator.element, generator.condition}) {
    if (!expr || !tree::reads(expr, "_")) continue;
    diagnostics
        .error(unavailable_name, generator.variable_place, "a loop variable `_` is one that nothing reads")
        .helped_by("give it a name: `k for k in ...`");
    return false;
  }
  return true;
}

}  // namespace

void check_loop_variable(const Generator& generator, const Scope& scope, Diagnostics& diagnostics) {
  const std::string& variable = generator.variable;
  if (!generator.range || variable == "_") return;
  const Symbol* other = scope.find(variable);
  const auto* scalar = other ? std::get_if<Scalar>(&other->meaning) : nullptr;
  const bool literal = other && std::holds_alternative<Literal>(other->meaning);
  if (!other || literal || (scalar && scalar->kind == ScalarKind::constant)) {
    check_identifier(variable, generator.variable_place, true, diagnostics);
    return;
  }
  Diagnostic& error =
      diagnostics.error(duplicate_name, generator.variable_place,
                        text("the loop variable `", variable, "` has the name of another variable"));
  if (other->declared.source) error.note("it is declared here", other->declared);
  error.helped_by("choose another name, such as `k`");
  propose_loop_variable(generator, scope, error);
}

CheckedConnection check_generator(const Generator& generator, bool over_targets, const Scope& scope,
                                  Diagnostics& diagnostics) {
  CheckedConnection checked;
  if (!check_underscore(generator, diagnostics)) return checked;
  const Sides& sides = both[over_targets];
  PartChecker parts(scope, diagnostics);
  Known known{!over_targets, over_targets, false};
  if (generator.range) check_range(*generator.range, sides, known, parts, diagnostics, checked);
  known.loop = true;
  parts.report_unknown = [&](const std::string& name, const Place& place, const Dependence&) {
    diagnostics
        .error(unavailable_name, place,
               text("`", name, "` has no value in the element, which says which ", sides.result,
                    " neuron it belongs to"))
        .helped_by(text(known_names(sides), ", or a condition behind `if`, which may use everything"));
  };
  checked.element = parts.integer(generator.element, "the element", known);
  if (generator.condition)
    checked.condition = check_pair_condition(generator.condition, "what follows `if`", scope, diagnostics);
  return checked;
}

ConnectionPart check_pair_condition(const Expr& condition, const std::string& what, const Scope& scope,
                                    Diagnostics& diagnostics) {
  const ConnectionPart part = PartChecker(scope, diagnostics).boolean(condition, what, {});
  const auto* number = as<ast::Number>(condition);
  Diagnostic* error = number ? diagnostics.find(not_boolean, condition->place) : nullptr;
  if (error && number->value > 0 && number->value < 1)
    error->helped_by("a probability is given as `.p`, or compared with a random number")
        .fixed_by(condition->place, text("rand() < ", condition->place.text()));
  return part;
}
ConnectionPart check_probability(const Expr& p, const Scope& scope, Diagnostics& diagnostics) {
  return PartChecker(scope, diagnostics).real(p, "a probability", {});
}
ConnectionPart check_copies(const Expr& copies, const Scope& scope, Diagnostics& diagnostics) {
  return PartChecker(scope, diagnostics).integer(copies, "the number of copies", {});
}

}  // namespace ranvier::pass
