#include <ranvier/compiler/passes/linear.hpp>

#include <algorithm>
#include <unordered_map>

#include <ranvier/compiler/passes/check_calls.hpp>
#include <ranvier/compiler/passes/polynomial.hpp>
#include <ranvier/compiler/text.hpp>
#include <ranvier/compiler/tree.hpp>
#include <ranvier/grammar/print.hpp>

namespace ranvier::pass {
namespace {

// Multiplying out can make far more terms and larger coefficients than a text has characters.
constexpr std::size_t most_terms = 100'000;
constexpr std::uint64_t most_nodes = 200'000;

/// The text of an expression, or the begin of a long one.
std::string shown(const Expr& e) {
  constexpr std::size_t longest = 60;
  const std::string own = e->size > 10 * longest ? std::string(e->place.text()) : print(e);
  if (own.empty()) return "a long expression";
  return own.size() <= longest ? own : own.substr(0, longest) + "...";
}

class Reader {
 public:
  /// `alone`: each equation is read for its own variable only, the others are as good as constants.
  Reader(const System& system, const Scope& scope, bool alone)
      : system_(system), scope_(scope), alone_(alone) {
    for (std::size_t k = 0; !alone && k < system.size(); ++k) index_[system[k].variable] = k;
  }

  /// The right-hand side of one equation; throws NotLinear.
  Polynomial read(std::size_t equation) {
    current_ = &system_[equation];
    if (alone_) index_ = {{current_->variable, equation}}, has_variable_.clear();
    Polynomial p = read(current_->rhs);
    for (const auto& [term, coefficient] : p.terms) {
      nodes_ += std::min(coefficient->size, most_nodes);
      const bool high = coefficient->height > scope_.limits.height;
      if (high || nodes_ > most_nodes) refuse("its coefficients are too large", current_->rhs);
      if (term.second != Polynomial::none) {
        refuse("it multiplies " + name(term.first) + " by " + name(term.second), current_->rhs);
      }
      if (!alone_) check_constant(coefficient);
    }
    return p;
  }

 private:
  Polynomial read(const Expr& e) {
    if (auto* n = as<ast::Name>(e)) {
      const auto found = index_.find(n->id);
      return found == index_.end() ? Polynomial::constant(e) : Polynomial::variable(found->second);
    }
    if (!has_variable(e)) return Polynomial::constant(e);
    if (auto* u = as<ast::Unary>(e)) return signed_term(e, *u);
    if (auto* b = as<ast::Binary>(e)) return counted(binary(e, *b));
    opaque(e);
  }

  Polynomial signed_term(const Expr& e, const ast::Unary& u) {
    if (u.op == UnaryOp::logical_not) opaque(e);
    return u.op == UnaryOp::minus ? counted(negate(read(u.operand))) : read(u.operand);
  }

  Polynomial binary(const Expr& e, const ast::Binary& b) {
    const bool arithmetic = b.op <= BinaryOp::divide || b.op == BinaryOp::power;
    if (!arithmetic) opaque(e);
    switch (b.op) {
      case BinaryOp::add:
        return add(read(b.lhs), read(b.rhs), false);
      case BinaryOp::subtract:
        return add(read(b.lhs), read(b.rhs), true);
      case BinaryOp::multiply:
        return product(e, read(b.lhs), read(b.rhs));
      case BinaryOp::divide:
        if (has_variable(b.rhs)) refuse("it divides by " + shown(b.rhs), e);
        return divide(read(b.lhs), b.rhs);
      default:
        return power(e, read(b.lhs), b.rhs);
    }
  }

  Polynomial product(const Expr& e, const Polynomial& lhs, const Polynomial& rhs) {
    if (lhs.degree() + rhs.degree() > 2) refuse("it multiplies more than two variables", e);
    if (lhs.terms.size() * rhs.terms.size() > most_terms) refuse("it has too many terms", e);
    return multiply(lhs, rhs);
  }

  Polynomial power(const Expr& e, const Polynomial& base, const Expr& exponent) {
    auto* number = as<ast::Number>(exponent);
    if (number && number->value == 1) return base;
    if (number && number->value == 2) return product(e, base, base);
    refuse(shown(e) + " is a power of a variable", e);
  }

  /// Calls, comparisons and logic are linear only without a variable.
  [[noreturn]] void opaque(const Expr& e) {
    std::string variable;
    tree::for_each_name(e, [&](const std::string& id) {
      if (variable.empty() && index_.count(id)) variable = id;
    });
    refuse(shown(e) + " depends on " + variable, e);
  }

  bool has_variable(const Expr& e) {
    const auto known = has_variable_.find(&*e);
    if (known != has_variable_.end()) return known->second;
    auto* name = as<ast::Name>(e);
    bool found = name && index_.count(name->id);
    for (const Expr& child : tree::children(e)) found |= has_variable(child);
    return has_variable_[&*e] = found;
  }

  void check_constant(const Expr& coefficient) const {
    if (tree::draws(coefficient)) refuse_step("draws random numbers");
    if (is_stateful(coefficient, scope_)) refuse_step("calls a function that is not stateless");
    check_time(coefficient);
  }

  void check_time(const Expr& e) const {
    const auto* name = as<ast::Name>(e);
    if (name && (name->id == "t" || name->id == "t_in_timesteps")) refuse_step("depends on " + name->id);
    const auto* call = as<ast::Call>(e);
    const bool held = call && holds_over_step(*call, scope_);
    for (const Expr& child : tree::children(e))
      if (!held || !child.is(call->args[0])) check_time(child);
  }

  Polynomial counted(Polynomial p) {
    terms_ += p.terms.size();
    if (terms_ > most_terms) refuse("it has too many terms", current_->rhs);
    return p;
  }

  const std::string& name(std::size_t k) const { return system_[k].variable; }
  std::string subject() const { return "d" + current_->variable + "/dt "; }
  [[noreturn]] void refuse(const std::string& why, const Expr& where) const {
    const std::string in = alone_ ? " in " + current_->variable : "";
    throw NotLinear{text(subject(), "is not linear", in, ": ", why), where->place};
  }
  [[noreturn]] void refuse_step(const std::string& why) const {
    throw NotLinear{subject() + "changes during a step: it " + why, current_->rhs->place};
  }

  const System& system_;
  const Scope& scope_;
  const bool alone_;
  std::map<std::string, std::size_t, std::less<>> index_;
  const Rate* current_ = nullptr;
  std::unordered_map<const Node*, bool> has_variable_;
  std::size_t terms_ = 0;
  std::uint64_t nodes_ = 0;
};

std::variant<LinearSystem, NotLinear> read(const System& system, const Scope& scope, bool alone) try {
  LinearSystem result;
  Reader reader(system, scope, alone);
  for (std::size_t k = 0; k < system.size(); ++k) {
    auto& row = result.matrix.emplace_back();
    auto& drift = result.drift.emplace_back();
    for (const auto& [term, coefficient] : reader.read(k).terms) {
      if (term.first == Polynomial::none)
        drift = coefficient;
      else
        row[term.first] = coefficient;
    }
  }
  return result;
} catch (const NotLinear& refusal) {
  return refusal;
}

}  // namespace

std::variant<LinearSystem, NotLinear> linear(const System& system, const Scope& scope) {
  return read(system, scope, false);
}

std::variant<LinearSystem, NotLinear> conditionally_linear(const System& system, const Scope& scope) {
  return read(system, scope, true);
}

}  // namespace ranvier::pass
