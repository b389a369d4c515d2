#include <ranvier/compiler/tree.hpp>

#include <algorithm>

#include <ranvier/compiler/builtins.hpp>

namespace ranvier::tree {

Expr real(double value) {
  return Expr(ast::Number{value, false}, {});
}
Expr integer(std::int64_t value) {
  return Expr(ast::Number{static_cast<double>(value), true}, {});
}
Expr boolean(bool value) {
  return Expr(ast::Boolean{value}, {});
}
Expr name(std::string id, Place place) {
  return Expr(ast::Name{std::move(id)}, std::move(place));
}
Expr unary(UnaryOp op, Expr operand, Place place) {
  return Expr(ast::Unary{op, std::move(operand)}, std::move(place));
}
Expr binary(BinaryOp op, Expr lhs, Expr rhs, Place place) {
  return Expr(ast::Binary{op, std::move(lhs), std::move(rhs)}, std::move(place));
}
Expr call(std::string callee, std::vector<Expr> args, Place place) {
  return Expr(ast::Call{std::move(callee), std::move(args), {}}, std::move(place));
}
Expr add(Expr lhs, Expr rhs) {
  return binary(BinaryOp::add, std::move(lhs), std::move(rhs));
}
Expr multiply(Expr lhs, Expr rhs) {
  return binary(BinaryOp::multiply, std::move(lhs), std::move(rhs));
}

std::vector<Expr> children(const Expr& expr) {
  return match(
      expr, [](const ast::Unary& u) { return std::vector<Expr>{u.operand}; },
      [](const ast::Binary& b) { return std::vector<Expr>{b.lhs, b.rhs}; },
      [](const ast::Call& c) { return c.args; }, [](const auto&) { return std::vector<Expr>{}; });
}

Expr map_children(const Expr& expr, const std::function<Expr(const Expr&)>& f) {
  return match(
      expr,
      [&](const ast::Unary& u) {
        Expr operand = f(u.operand);
        return operand.is(u.operand) ? expr : unary(u.op, std::move(operand), expr->place);
      },
      [&](const ast::Binary& b) {
        Expr lhs = f(b.lhs), rhs = f(b.rhs);
        if (lhs.is(b.lhs) && rhs.is(b.rhs)) return expr;
        return binary(b.op, std::move(lhs), std::move(rhs), expr->place);
      },
      [&](const ast::Call& c) {
        ast::Call mapped{c.callee, {}, c.callee_span};
        bool changed = false;
        for (const Expr& arg : c.args) {
          mapped.args.push_back(f(arg));
          changed |= !mapped.args.back().is(arg);
        }
        return changed ? Expr(std::move(mapped), expr->place) : expr;
      },
      [&](const auto&) { return expr; });
}

void for_each_name(const Expr& expr, const std::function<void(const std::string&)>& f) {
  if (auto* name = as<ast::Name>(expr)) return f(name->id);
  for (const Expr& child : children(expr)) for_each_name(child, f);
}

bool any(const Expr& expr, const std::function<bool(const Expr&)>& test) {
  if (test(expr)) return true;
  const auto all = children(expr);
  return std::any_of(all.begin(), all.end(), [&](const Expr& child) { return any(child, test); });
}

bool reads(const Expr& expr, const std::string& name) {
  return any(expr, [&](const Expr& e) {
    auto* found = as<ast::Name>(e);
    return found && found->id == name;
  });
}

bool draws(const Expr& expr) {
  return any(expr, [](const Expr& e) {
    auto* call = as<ast::Call>(e);
    const Builtin* builtin = call ? find_builtin(call->callee) : nullptr;
    return builtin && !builtin->stateless;
  });
}

}  // namespace ranvier::tree
