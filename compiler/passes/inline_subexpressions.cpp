#include <ranvier/compiler/passes/inline_subexpressions.hpp>

#include <map>

#include <ranvier/compiler/passes/check_calls.hpp>
#include <ranvier/compiler/passes/check_size.hpp>
#include <ranvier/compiler/passes/prepare_functions.hpp>
#include <ranvier/compiler/passes/substitute.hpp>
#include <ranvier/compiler/text.hpp>
#include <ranvier/compiler/tree.hpp>

namespace ranvier::pass {
namespace {

class Inliner {
 public:
  explicit Inliner(const Scope& scope) : scope_(scope) {}

  Expr operator()(const Expr& expr) {
    if (const auto* name = as<ast::Name>(expr)) return meaning_of(expr, name->id);
    Expr inlined = tree::map_children(expr, [this](const Expr& child) { return (*this)(child); });
    if (const auto* call = as<ast::Call>(inlined)) inlined = with_body(inlined, *call);
    if (!inlined.is(expr)) check_size(inlined, expr->place, scope_.limits);
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
