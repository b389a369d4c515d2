#include <ranvier/compiler/passes/split_terms.hpp>

#include <ranvier/compiler/tree.hpp>

namespace ranvier::pass {
namespace {

bool is_name(const Expr& e, const char* id) {
  const auto* name = as<ast::Name>(e);
  return name && name->id == id;
}

Expr made(BinaryOp op, const Expr& a, const Expr& b, const Place& place) {
  return a && b ? tree::binary(op, a, b, place) : Expr();
}

}  // namespace

Terms TermSplitter::split(const Expr& expr) {
  tree::any(expr, [&](const Expr& part) {
    if (const auto* call = as<ast::Call>(part)) look_at_call(*call);
    return false;
  });
  return leaf(expr);
}

void TermSplitter::look_at_call(const ast::Call& call) {
  if (call.args.size() != 2 || (call.callee != "f" && call.callee != "g")) return;
  const auto is_rate = [](const Expr& e) {
    const auto* inner = as<ast::Call>(e);
    return inner && (inner->callee == "f" || inner->callee == "g");
  };
  for (const Expr& argument : call.args)
    if (tree::any(argument, is_rate))
      diagnostics_
          .error(DiagnosticCode::bad_method, argument->place,
                 "the rate at a state that depends on a rate needs a line of its own")
          .helped_by("name the inner one first: `k = dt*f(x, t)`, then `f(x + k/2, t)`");
  if (call.callee == "f") rate_with_noise_ |= mentions_noise(call.args[0]);
  if (call.callee == "g") moved_factor_ |= !is_name(call.args[0], "x") || !is_name(call.args[1], "t");
}

bool TermSplitter::mentions_noise(const Expr& expr) {
  return tree::any(expr, [&](const Expr& part) {
    const auto* call = as<ast::Call>(part);
    const auto* name = as<ast::Name>(part);
    if (!name) return call && call->callee == "g";
    const auto known = known_.find(name->id);
    return name->id == "dW" || (known != known_.end() && known->second.per_noise);
  });
}

/// Whether it vanishes without noise. A rate does not, wherever it is evaluated.
bool TermSplitter::is_noise(const Expr& expr) {
  const auto known = noise_.find(&*expr);
  if (known != noise_.end()) return known->second;
  bool found = false;
  if (const auto* name = as<ast::Name>(expr)) {
    const auto line = known_.find(name->id);
    found = name->id == "dW" || (line != known_.end() && line->second.terms.noise);
  } else if (const auto* call = as<ast::Call>(expr); call && (call->callee == "f" || call->callee == "g")) {
    found = call->callee == "g";
  } else {
    for (const Expr& child : tree::children(expr)) found |= is_noise(child);
  }
  return noise_[&*expr] = found;
}

Terms TermSplitter::leaf(const Expr& expr) {
  if (!is_noise(expr)) return {expr, {}};
  if (const auto* name = as<ast::Name>(expr)) {
    const auto line = known_.find(name->id);
    if (line == known_.end()) return {{}, expr};
    // A line that has both stands for what it says; one that is nothing but noise keeps its name.
    return line->second.terms.drift ? line->second.terms : Terms{{}, expr};
  }
  if (const auto* call = as<ast::Call>(expr); call && call->callee == "g") return {{}, expr};
  if (const auto* unary = as<ast::Unary>(expr); unary && unary->op != UnaryOp::logical_not) {
    const Terms inner = leaf(unary->operand);
    const auto sign = [&](const Expr& e) { return e ? tree::unary(unary->op, e, expr->place) : e; };
    return {sign(inner.drift), sign(inner.noise)};
  }
  if (const auto* binary = as<ast::Binary>(expr)) {
    if (binary->op == BinaryOp::add || binary->op == BinaryOp::subtract) return sum(expr, *binary);
    if (binary->op == BinaryOp::multiply || binary->op == BinaryOp::divide) return product(expr, *binary);
  }
  return inseparable(expr);
}

Terms TermSplitter::sum(const Expr& expr, const ast::Binary& binary) {
  const Terms a = leaf(binary.lhs), b = leaf(binary.rhs);
  const auto together = [&](const Expr& x, const Expr& y) {
    if (x && y) return tree::binary(binary.op, x, y, expr->place);
    if (x || binary.op == BinaryOp::add) return x ? x : y;
    return y ? tree::unary(UnaryOp::minus, y, expr->place) : y;
  };
  return {together(a.drift, b.drift), together(a.noise, b.noise)};
}

Terms TermSplitter::product(const Expr& expr, const ast::Binary& binary) {
  const bool divides = binary.op == BinaryOp::divide;
  if (divides && is_noise(binary.rhs)) return inseparable(expr);
  const Terms a = leaf(binary.lhs), b = leaf(binary.rhs);
  const auto times = [&](const Expr& x, const Expr& y) { return made(binary.op, x, y, expr->place); };
  if (!b.noise) return {times(a.drift, b.drift), times(a.noise, b.drift)};
  if (!a.noise) return {times(a.drift, b.drift), times(a.drift, b.noise)};
  // Both have noise, which is then the same noise in both.
  if (a.drift || b.drift) report(expr->place);
  return {{}, expr};
}

Terms TermSplitter::inseparable(const Expr& expr) {
  for (const Expr& child : tree::children(expr)) {
    if (is_noise(child) && leaf(child).drift) report(child->place);
  }
  return {{}, expr};
}

void TermSplitter::report(const Place& place) {
  diagnostics_
      .error(DiagnosticCode::bad_method, place,
             "here what stands once and what stands for each noise cannot be told apart")
      .helped_by("write it as a sum of terms, each with `g` or `dW` or without");
}

}  // namespace ranvier::pass
