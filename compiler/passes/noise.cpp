#include <ranvier/compiler/passes/noise.hpp>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include <ranvier/compiler/passes/check_calls.hpp>
#include <ranvier/compiler/passes/inline_subexpressions.hpp>
#include <ranvier/compiler/passes/variability.hpp>
#include <ranvier/compiler/passes/wording.hpp>
#include <ranvier/compiler/text.hpp>
#include <ranvier/compiler/tree.hpp>
#include <ranvier/grammar/print.hpp>

namespace ranvier::pass {
namespace {

using enum DiagnosticCode;
using Terms = std::vector<NoiseTerm>;

/// A part of a right-hand side: what is free of noise (empty: nothing), and the factors of the noises.
struct Part {
  Expr drift;
  Terms noise;
};

Expr negative(const Expr& e, const Place& place) {
  return e ? tree::unary(UnaryOp::minus, e, place) : e;
}

/// a + b or a - b, where an empty handle is zero.
Expr sum(BinaryOp op, const Expr& a, const Expr& b, const Place& place) {
  if (a && b) return tree::binary(op, a, b, place);
  return a || op == BinaryOp::add ? (a ? a : b) : negative(b, place);
}

bool is_one(const Expr& e) {
  const auto* number = as<ast::Number>(e);
  return number && number->value == 1 && !e->place.source;
}

class Splitter {
 public:
  explicit Splitter(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  Part split(const Expr& e) {
    if (!noisy(e)) return {e, {}};
    if (const auto* name = as<ast::Name>(e)) return {{}, {{name->id, tree::real(1), e->place}}};
    if (const auto* unary = as<ast::Unary>(e); unary && unary->op != UnaryOp::logical_not)
      return signed_part(*unary, e->place);
    const auto* binary = as<ast::Binary>(e);
    if (binary && binary->op == BinaryOp::multiply) return product(*binary, e->place);
    if (binary && binary->op == BinaryOp::divide) return quotient(*binary, e->place);
    if (binary && (binary->op == BinaryOp::add || binary->op == BinaryOp::subtract))
      return sum_of(*binary, e->place);
    report(e, call_name(e));
    return {};
  }

 private:
  bool noisy(const Expr& e) {
    const auto known = noisy_.find(&*e);
    if (known != noisy_.end()) return known->second;
    const auto* name = as<ast::Name>(e);
    bool found = name && is_noise(name->id);
    for (const Expr& child : tree::children(e)) found |= noisy(child);
    return noisy_[&*e] = found;
  }

  Part signed_part(const ast::Unary& unary, const Place& place) {
    Part part = split(unary.operand);
    if (unary.op == UnaryOp::plus) return part;
    part.drift = negative(part.drift, place);
    for (NoiseTerm& term : part.noise) term.factor = negative(term.factor, place);
    return part;
  }

  Part sum_of(const ast::Binary& binary, const Place& place) {
    Part part = split(binary.lhs);
    const Part rhs = split(binary.rhs);
    part.drift = sum(binary.op, part.drift, rhs.drift, place);
    for (const NoiseTerm& term : rhs.noise) {
      const auto own = std::ranges::find(part.noise, term.name, &NoiseTerm::name);
      if (own != part.noise.end())
        own->factor = sum(binary.op, own->factor, term.factor, place);
      else
        part.noise.push_back({term.name, sum(binary.op, {}, term.factor, place), term.place});
    }
    return part;
  }

  Part product(const ast::Binary& binary, const Place& place) {
    if (noisy(binary.lhs) && noisy(binary.rhs)) {
      report(binary.rhs, "a product of noises");
      return {};
    }
    const bool left = noisy(binary.lhs);
    Part part = split(left ? binary.lhs : binary.rhs);
    const Expr& factor = left ? binary.rhs : binary.lhs;
    const auto times = [&](const Expr& e) {
      if (!e || is_one(e)) return e ? factor : e;
      return left ? tree::binary(BinaryOp::multiply, e, factor, place)
                  : tree::binary(BinaryOp::multiply, factor, e, place);
    };
    part.drift = times(part.drift);
    for (NoiseTerm& term : part.noise) term.factor = times(term.factor);
    return part;
  }

  Part quotient(const ast::Binary& binary, const Place& place) {
    if (noisy(binary.rhs)) {
      report(binary.rhs, "the denominator of a fraction");
      return {};
    }
    Part part = split(binary.lhs);
    const auto over = [&](const Expr& e) {
      return e ? tree::binary(BinaryOp::divide, e, binary.rhs, place) : e;
    };
    part.drift = over(part.drift);
    for (NoiseTerm& term : part.noise) term.factor = over(term.factor);
    return part;
  }

  static std::string call_name(const Expr& e) {
    if (const auto* call = as<ast::Call>(e)) return text("the function `", call->callee, "`");
    const auto* binary = as<ast::Binary>(e);
    if (!binary) return "a condition";
    return binary->op == BinaryOp::power ? "a power" : text("an operand of `", spelling(binary->op), "`");
  }

  void report(const Expr& e, const std::string& where) {
    Place place;
    std::string name;
    tree::any(e, [&](const Expr& part) {
      const auto* leaf = as<ast::Name>(part);
      if (leaf && is_noise(leaf->id) && name.empty()) place = part->place, name = leaf->id;
      return false;
    });
    diagnostics_
        .error(noise_placement, place,
               text("the noise `", name, "` is in ", where, "; it can only be multiplied by something"))
        .note(
            "white noise is infinitely strong for an infinitely short time: only its sum over a step exists")
        .helped_by("let it be a factor of a term: `sigma*sqrt(2/tau)*xi`");
  }

  Diagnostics& diagnostics_;
  std::unordered_map<const Node*, bool> noisy_;
};

/// Finds a name whose value changes during a step.
class Changes {
 public:
  Changes(const System& system, const Scope& scope) : system_(system), scope_(scope) {}

  /// "" if there is none.
  std::string in(const Expr& e) {
    if (!seen_.insert(&*e).second) return {};
    const auto* name = as<ast::Name>(e);
    if (name && changes(name->id)) return name->id;
    const auto* call = as<ast::Call>(e);
    const bool held = call && holds_over_step(*call, scope_);
    for (const Expr& child : tree::children(e)) {
      if (held && child.is(call->args[0])) continue;
      std::string found = in(child);
      if (!found.empty()) return found;
    }
    return {};
  }

 private:
  bool changes(const std::string& name) const {
    return name == "t" || name == "t_in_timesteps" || std::ranges::count(system_, name, &Rate::variable);
  }

  const System& system_;
  const Scope& scope_;
  std::unordered_set<const Node*> seen_;
};

/// Where the plain name xi stands in a text, if it does.
Place plain_noise(const Expr& rhs) {
  Place place;
  tree::any(rhs, [&](const Expr& part) {
    const auto* name = as<ast::Name>(part);
    if (name && name->id == "xi") place = part->place;
    return name && name->id == "xi";
  });
  return place;
}

}  // namespace

bool is_noise(std::string_view name) {
  return name == "xi" || name.starts_with("xi_");
}

Rate split_noise(const std::string& variable, const Expr& rhs, Diagnostics& diagnostics) {
  Part part = Splitter(diagnostics).split(rhs);
  if (!part.drift) part.drift = with_place(tree::real(0), rhs->place);
  return {variable, part.drift, false, std::move(part.noise)};
}

void check_noise(const std::vector<Variable>& variables, const Scope& scope, Diagnostics& diagnostics) {
  const Variable* first = nullptr;
  Place first_place;
  for (const Variable& variable : variables) {
    if (variable.kind != EquationKind::differential || noisy_name(variable.rhs, scope).empty()) continue;
    split_noise(variable.name, inline_subexpressions(variable.rhs, scope), diagnostics);
    const Place place = plain_noise(variable.rhs);
    if (!place.source) continue;
    if (first)
      diagnostics
          .error(noise_placement, place,
                 text("`xi` is in the equations of `", first->name, "` and of `", variable.name,
                      "`: is it one noise or two?"))
          .note("it is here, too", first_place)
          .helped_by(text("name them: `xi_", first->name, "` and `xi_", variable.name,
                          "` are independent; `xi_1` in both is one and the same"));
    else
      first = &variable, first_place = place;
  }
}

std::optional<Multiplicative> multiplicative_noise(const System& system, const Scope& scope) {
  for (const Rate& rate : system)
    for (const NoiseTerm& term : rate.noise) {
      std::string reads = Changes(system, scope).in(term.factor);
      if (!reads.empty()) return Multiplicative{rate.variable, term.name, std::move(reads), term.place};
    }
  return std::nullopt;
}

const NoiseTerm* first_noise(const System& system) {
  for (const Rate& rate : system)
    if (!rate.noise.empty()) return &rate.noise.front();
  return nullptr;
}

}  // namespace ranvier::pass
