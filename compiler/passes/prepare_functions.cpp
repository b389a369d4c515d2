#include <ranvier/compiler/passes/prepare_functions.hpp>

#include <algorithm>
#include <set>

#include <ranvier/compiler/builtins.hpp>
#include <ranvier/compiler/passes/check_calls.hpp>
#include <ranvier/compiler/passes/resolve.hpp>
#include <ranvier/compiler/text.hpp>
#include <ranvier/compiler/tree.hpp>

namespace ranvier::pass {
namespace {

using enum DiagnosticCode;

/// Nodes of an expression with the texts of all functions put in.
std::uint64_t size_of(const Expr& expr, const Scope& scope) {
  std::uint64_t size = 1;
  const auto* call = as<ast::Call>(expr);
  if (call && body_of_call(*call, scope)) size = scope.bodies().at(call->callee).size;
  for (const Expr& child : tree::children(expr))
    size = std::min<std::uint64_t>(size + size_of(child, scope), scope.limits.expanded_nodes + 1);
  return size;
}

/// The constants that the text of a function uses, itself or through others.
void collect_constants(const std::string& name, const Scope& scope, std::set<std::string>& names,
                       std::set<std::string>& seen) {
  const auto body = scope.bodies().find(name);
  if (body == scope.bodies().end() || !body->second.text || !seen.insert(name).second) return;
  const auto& arguments = std::get<Function>(scope.find_function(name)->meaning).arguments();
  tree::any(body->second.text, [&](const Expr& e) {
    if (const auto* call = as<ast::Call>(e)) collect_constants(call->callee, scope, names, seen);
    const auto* used = as<ast::Name>(e);
    if (used && std::ranges::find(arguments, used->id, &Argument::name) == arguments.end() &&
        scope.find_in_namespace(used->id))
      names.insert(used->id);
    return false;
  });
}

/// A constant that a function's text uses must mean the same where the text is put.
void report_hidden(const std::string& name, const Place& place, const Scope& scope,
                   Diagnostics& diagnostics) {
  std::set<std::string> names, seen;
  collect_constants(name, scope, names, seen);
  for (const std::string& constant : names) {
    if (scope.find(constant) == scope.find_in_namespace(constant)) continue;
    diagnostics
        .error(unavailable_name, place,
               text("`", name, "` uses the constant `", constant, "`, but here `", constant,
                    "` is something else"))
        .helped_by("give one of the two another name");
  }
}

void resolve_body(Scope::Body& body, const std::string& name, const Place& place, const Scope& scope,
                  Diagnostics& diagnostics) {
  const auto& function = std::get<Function>(scope.find_function(name)->meaning);
  Diagnostics problems;
  const Scope inside = scope.inside(function);
  const Expr resolved = resolve(function.body(), inside, problems);
  body = {resolved, size_of(resolved, inside)};
  for (Diagnostic problem : problems.all())
    diagnostics.add(problem.note(text("in this call of `", name, "`"), place));
}

}  // namespace

bool prepare_function(const std::string& name, const Place& place, const Scope& scope,
                      Diagnostics& diagnostics) {
  const auto [found, is_new] = scope.bodies().try_emplace(name);
  Scope::Body& body = found->second;
  if (is_new) resolve_body(body, name, place, scope, diagnostics);
  if (!body.text) {
    diagnostics
        .error(recursive_function, place, text("`", name, "` calls itself, directly or through others"))
        .helped_by("the text of a function is put in the place of its call; write what it means without it");
    return false;
  }
  if (body.size > scope.limits.expanded_nodes) {
    diagnostics
        .error(too_many_nodes, place,
               text("with the functions that it calls put in, `", name, "` has more than ",
                    scope.limits.expanded_nodes, " parts (Limits::expanded_nodes)"))
        .helped_by("let the functions call each other less");
    return false;
  }
  report_hidden(name, place, scope, diagnostics);
  return true;
}

void prepare_functions(const Expr& expr, const Scope& scope, Diagnostics& diagnostics) {
  const auto* call = as<ast::Call>(expr);
  const Symbol* own = call && !find_builtin(call->callee) ? scope.find_function(call->callee) : nullptr;
  const auto* function = own ? std::get_if<Function>(&own->meaning) : nullptr;
  if (function && function->body()) prepare_function(call->callee, expr->place, scope, diagnostics);
  for (const Expr& child : tree::children(expr)) prepare_functions(child, scope, diagnostics);
}

}  // namespace ranvier::pass
