#include <ranvier/compiler/passes/inline_subexpressions.hpp>

#include <map>

#include <ranvier/compiler/passes/check_calls.hpp>
#include <ranvier/compiler/passes/prepare_functions.hpp>
#include <ranvier/compiler/passes/substitute.hpp>
#include <ranvier/compiler/text.hpp>
#include <ranvier/compiler/tree.hpp>
#include <ranvier/grammar/diagnostics.hpp>
#include <ranvier/grammar/limits.hpp>

namespace ranvier::pass {
namespace {

/// Subexpressions that use each other twice double in size at every step, so the result is bounded, too.
constexpr std::uint64_t most_nodes = 200'000;

void check_size(const Expr& expr, const Place& place) {
  const bool deep = expr->height > Limits{}.height;
  if (!deep && expr->size <= most_nodes) return;
  Diagnostics diagnostics;
  diagnostics
      .error(deep ? DiagnosticCode::too_deep : DiagnosticCode::too_many_nodes, place,
             deep ? text("with its subexpressions put in, this is nested more than ", Limits{}.height,
                         " levels deep")
                  : text("with its subexpressions put in, this has more than ", most_nodes, " parts"))
      .helped_by("let the subexpressions use each other less");
  diagnostics.raise_if_errors();
}

class Inliner {
 public:
  explicit Inliner(const Scope& scope) : scope_(scope) {}

  Expr operator()(const Expr& expr) {
    if (const auto* name = as<ast::Name>(expr)) return meaning_of(expr, name->id);
    Expr inlined = tree::map_children(expr, [this](const Expr& child) { return (*this)(child); });
    if (const auto* call = as<ast::Call>(inlined)) inlined = with_body(inlined, *call);
    if (!inlined.is(expr)) check_size(inlined, expr->place);
    return inlined;
  }

 private:
  Expr meaning_of(const Expr& expr, const std::string& name) {
    const Symbol* symbol = scope_.find_canonical(name);
    if (!symbol) return expr;
    if (const auto* literal = std::get_if<Literal>(&symbol->meaning))
      return Expr(ast::Number{literal->value, false}, expr->place);
    const auto* definition = std::get_if<Definition>(&symbol->meaning);
    if (!definition) return expr;
    const auto known = inlined_.find(name);
    if (known != inlined_.end()) return known->second;
    Diagnostics problems;
    prepare_functions(definition->rhs, scope_, problems);
    problems.raise_if_errors();
    Expr value = (*this)(definition->rhs);
    inlined_.emplace(name, value);
    return value;
  }

  /// The text of a called function with the arguments of the call. An argument that the text uses twice is
  /// one node in two places, so that what it draws is drawn once.
  Expr with_body(const Expr& expr, const ast::Call& call) {
    const Expr body = body_of_call(call, scope_);
    if (!body) return expr;
    const auto& function = std::get<Function>(scope_.find_function(call.callee)->meaning);
    Replacements arguments;
    for (std::size_t k = 0; k < call.args.size(); ++k) arguments[function.arguments()[k].name] = call.args[k];
    return substitute(inline_subexpressions(body, scope_.inside(function)), arguments);
  }

  const Scope& scope_;
  std::map<std::string, Expr> inlined_;
};

}  // namespace

Expr inline_subexpressions(const Expr& expr, const Scope& scope) {
  return expr ? Inliner(scope)(expr) : expr;
}

}  // namespace ranvier::pass
