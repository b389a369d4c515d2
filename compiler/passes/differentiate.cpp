#include <ranvier/compiler/passes/differentiate.hpp>

#include <map>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <vector>

#include <ranvier/compiler/builtins.hpp>
#include <ranvier/compiler/passes/simplify.hpp>
#include <ranvier/compiler/passes/substitute.hpp>
#include <ranvier/compiler/text.hpp>
#include <ranvier/compiler/tree.hpp>
#include <ranvier/grammar/parse.hpp>

namespace ranvier::pass {
namespace {

/// The derivatives of a built-in by its arguments x, y, z; empty: the table has none.
const std::vector<Expr>& derivatives_of(const Builtin& builtin) {
  static std::mutex mutex;
  static std::map<std::string_view, std::vector<Expr>> known;
  const std::scoped_lock lock(mutex);
  const auto [found, is_new] = known.try_emplace(builtin.name);
  if (!is_new) return found->second;
  Diagnostics diagnostics;
  for (std::string_view rest = builtin.derivative; !rest.empty();) {
    const std::size_t end = std::min(rest.find(';'), rest.size());
    const auto source = make_source(text("derivative of ", builtin.name), std::string(rest.substr(0, end)));
    found->second.push_back(parse_expression(source, diagnostics));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  if (diagnostics.has_errors()) throw std::logic_error(render(diagnostics.all()));
  return found->second;
}

bool is_number(const Expr& e, double value) {
  const auto literal = literal_of(e);
  return literal && literal->type != Type::boolean && literal->value == value;
}

// An empty handle is zero in all of these.
Expr sum(BinaryOp op, const Expr& a, const Expr& b) {
  if (a && b) return tree::binary(op, a, b);
  return a || op == BinaryOp::add ? (a ? a : b) : (b ? tree::unary(UnaryOp::minus, b) : b);
}
Expr times(const Expr& a, const Expr& b) {
  if (!a || !b) return {};
  if (is_number(a, 1)) return b;
  return is_number(b, 1) ? a : tree::multiply(a, b);
}

class Differentiator {
 public:
  Differentiator(const std::string& name, const Scope& scope) : name_(name), scope_(scope) {}

  Expr operator()(const Expr& e) {
    const auto known = done_.find(&*e);
    if (known != done_.end()) return known->second;
    const Expr result = match(
        e, [&](const ast::Name& n) { return n.id == name_ ? tree::real(1) : Expr(); },
        [&](const ast::Unary& u) { return unary(u); }, [&](const ast::Binary& b) { return binary(e, b); },
        [&](const ast::Call& c) { return call(e, c); }, [](const auto&) { return Expr(); });
    return done_[&*e] = result;
  }

 private:
  Expr unary(const ast::Unary& u) {
    if (u.op == UnaryOp::logical_not) return {};
    const Expr inner = (*this)(u.operand);
    return inner && u.op == UnaryOp::minus ? tree::unary(u.op, inner) : inner;
  }

  Expr binary(const Expr& e, const ast::Binary& b) {
    if (b.op >= BinaryOp::less || b.op == BinaryOp::floor_divide) return {};
    const Expr left = (*this)(b.lhs), right = (*this)(b.rhs);
    switch (b.op) {
      case BinaryOp::add:
      case BinaryOp::subtract:
        return sum(b.op, left, right);
      case BinaryOp::multiply:
        return sum(BinaryOp::add, times(left, b.rhs), times(b.lhs, right));
      case BinaryOp::divide: {  // (a' - (a/b) b')/b
        const Expr top = sum(BinaryOp::subtract, left, times(e, right));
        return top ? tree::binary(BinaryOp::divide, top, b.rhs) : top;
      }
      case BinaryOp::modulo:  // x % y = x - y (x//y), with steps of no slope
        return sum(BinaryOp::subtract, left,
                   times(tree::binary(BinaryOp::floor_divide, b.lhs, b.rhs), right));
      default:
        return power(e, b, left, right);
    }
  }

  static Expr power(const Expr& e, const ast::Binary& b, const Expr& left, const Expr& right) {
    Expr total;
    if (left) {  // n x**(n - 1) x'
      const auto exponent = literal_of(b.rhs);
      const Expr less = exponent ? expression_of({exponent->value - 1, exponent->type})
                                 : tree::binary(BinaryOp::subtract, b.rhs, tree::integer(1));
      total = times(times(b.rhs, tree::binary(BinaryOp::power, b.lhs, less)), left);
    }
    if (!right) return total;
    return sum(BinaryOp::add, total, times(times(e, tree::call("log", {b.lhs})), right));
  }

  Expr call(const Expr& e, const ast::Call& c) {
    std::vector<Expr> inner;
    bool constant = true;
    for (const Expr& arg : c.args) inner.push_back((*this)(arg)), constant &= !inner.back();
    if (constant || jumps(c)) return {};
    const Builtin* builtin = find_builtin(c.callee);
    if (!builtin) throw NotDifferentiable{text("`", c.callee, "` is code, without a derivative"), e->place};
    const std::vector<Expr>& outer = derivatives_of(*builtin);
    if (outer.empty()) throw NotDifferentiable{text("`", c.callee, "` has no derivative"), e->place};
    Replacements arguments;
    constexpr const char* names[] = {"x", "y", "z"};
    for (std::size_t k = 0; k < c.args.size(); ++k) arguments.emplace(names[k], c.args[k]);
    Expr total;
    for (std::size_t k = 0; k < inner.size(); ++k) {
      if (!inner[k] || is_number(outer[k], 0)) continue;
      total = sum(BinaryOp::add, total, times(substitute(outer[k], arguments), inner[k]));
    }
    return total;
  }

  /// Values over time hold between their jumps.
  bool jumps(const ast::Call& c) const {
    const Symbol* own = find_builtin(c.callee) ? nullptr : scope_.find_function(c.callee);
    return own && std::holds_alternative<TimedArray>(own->meaning);
  }

  const std::string& name_;
  const Scope& scope_;
  std::unordered_map<const Node*, Expr> done_;
};

}  // namespace

Expr derivative(const Expr& expr, const std::string& name, const Scope& scope) {
  return Differentiator(name, scope)(expr);
}

}  // namespace ranvier::pass
