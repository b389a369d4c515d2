#include <ranvier/compiler/passes/number_draws.hpp>

#include <ranvier/compiler/tree.hpp>

namespace ranvier::pass {
namespace {

bool is_random(const std::string& callee) {
  return callee == "rand" || callee == "randn" || callee == "poisson";
}

Expr number(const Expr& expr, int& next) {
  if (!expr) return expr;
  const Expr numbered = tree::map_children(expr, [&](const Expr& child) { return number(child, next); });
  auto* call = as<ast::Call>(numbered);
  if (!call || !is_random(call->callee)) return numbered;
  std::vector<Expr> args = call->args;
  args.push_back(tree::integer(next++));
  return tree::call("_" + call->callee, std::move(args), expr->place);
}

}  // namespace

void number_draws(Kernel& kernel) {
  int next = 0;
  for (Assign& assign : kernel.body) assign.value = number(assign.value, next);
  kernel.condition = number(kernel.condition, next);
  for (Assign& assign : kernel.on_event) assign.value = number(assign.value, next);
}

}  // namespace ranvier::pass
