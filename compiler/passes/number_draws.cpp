#include <ranvier/compiler/passes/number_draws.hpp>

#include <unordered_map>

#include <ranvier/compiler/builtins.hpp>
#include <ranvier/compiler/tree.hpp>

namespace ranvier::pass {
namespace {

bool is_random(const std::string& callee) {
  const Builtin* builtin = find_builtin(callee);
  return builtin && !builtin->stateless;
}

/// The expressions of one kernel, one after another.
class Numbering {
 public:
  Expr operator()(const Expr& expr) {
    seen_.clear();
    return expr ? number(expr) : expr;
  }

 private:
  Expr number(const Expr& expr) {
    const auto known = seen_.find(&*expr);
    if (known != seen_.end()) return known->second;
    const Expr numbered = tree::map_children(expr, [&](const Expr& child) { return number(child); });
    return seen_[&*expr] = with_number(numbered);
  }

  Expr with_number(const Expr& expr) {
    const auto* call = as<ast::Call>(expr);
    if (!call) return expr;
    std::vector<Expr> args = call->args;
    if (is_random(call->callee)) {
      args.push_back(tree::integer(next_++));
      return tree::call("_" + call->callee, std::move(args), expr->place);
    }
    if (call->callee != "_call") return expr;
    args.insert(args.begin() + 1, tree::integer(next_++));
    return tree::call("_call", std::move(args), expr->place);
  }

  std::unordered_map<const Node*, Expr> seen_;
  int next_ = 0;
};

}  // namespace

void number_draws(Kernel& kernel) {
  Numbering number;
  for (Assign& assign : kernel.body) assign.value = number(assign.value);
  if (kernel.repeat)
    for (Assign& assign : kernel.repeat->body) assign.value = number(assign.value);
  kernel.condition = number(kernel.condition);
  for (Assign& assign : kernel.on_event) assign.value = number(assign.value);
}

}  // namespace ranvier::pass
