#include <ranvier/compiler/passes/integrate_exact.hpp>

#include <algorithm>

#include <ranvier/compiler/builtins.hpp>
#include <ranvier/compiler/passes/dependency.hpp>
#include <ranvier/compiler/tree.hpp>

namespace ranvier::pass {
namespace {

/// x over one step of x' = a x + b. With exprel there is no division by a, which may be zero.
Expr advance_alone(const Expr& x, const Expr& a, const Expr& b) {
  const Expr dt = tree::name("dt");
  const Expr exponent = a ? tree::multiply(a, dt) : Expr();
  Expr value = a ? tree::multiply(x, tree::call("exp", {exponent})) : x;
  if (!b) return value;
  Expr change = tree::multiply(b, dt);
  if (a) change = tree::multiply(std::move(change), tree::call("exprel", {exponent}));
  return tree::add(std::move(value), std::move(change));
}

using NewValues = std::map<std::size_t, Expr>;

class Exact {
 public:
  Exact(const System& system, const LinearSystem& linear, const Scope& scope)
      : system_(system), linear_(linear), scope_(scope) {}

  /// New values of `moving`, with all other variables held fixed. Locals that they need begin with `prefix`.
  NewValues advance(const Variables& moving, const std::string& prefix) {
    NewValues values;
    for (const Variables& members : weak_components(linear_, moving)) {
      std::vector<Expr> drift;
      for (std::size_t row : members) drift.push_back(drift_of(row, moving));
      if (members.size() == 1) {
        values[members[0]] = alone(members[0], drift[0]);
      } else {
        coupled(members, std::move(drift), prefix, values);
      }
    }
    return values;
  }

  Step step;

 private:
  Expr state(std::size_t k) const { return tree::name(system_[k].variable); }

  /// b of one row: its own, and the influence of what does not move.
  Expr drift_of(std::size_t row, const Variables& moving) const {
    Expr total = linear_.drift[row];
    for (const auto& [column, coefficient] : linear_.matrix[row]) {
      if (std::binary_search(moving.begin(), moving.end(), column)) continue;
      add_to(total, tree::multiply(coefficient, state(column)));
    }
    return total;
  }

  Expr alone(std::size_t k, const Expr& drift) const {
    const auto coefficient = linear_.matrix[k].find(k);
    const bool decays = coefficient != linear_.matrix[k].end();
    return advance_alone(state(k), decays ? coefficient->second : Expr(), drift);
  }

  void coupled(const Variables& members, std::vector<Expr> drift, const std::string& prefix,
               NewValues& values) {
    for (std::size_t k = 0; k < members.size(); ++k) {
      if (drift[k] && !as<ast::Name>(drift[k]))
        drift[k] = define(prefix + system_[members[k]].variable, drift[k]);
    }
    const std::string name = add_propagator(members);
    const auto reaches = reachability(linear_, members);
    for (std::size_t i = 0; i < members.size(); ++i) {
      Expr total;
      for (std::size_t j = 0; j < members.size(); ++j) {
        if (reaches[i][j]) add_to(total, tree::multiply(entry(name, "_P_", i, j), state(members[j])));
      }
      for (std::size_t j = 0; j < members.size(); ++j) {
        if (reaches[i][j] && drift[j]) add_to(total, tree::multiply(entry(name, "_Q_", i, j), drift[j]));
      }
      values[members[i]] = total;
    }
  }

  Expr define(const std::string& local, const Expr& value) {
    step.body.push_back({local, Type::real, false, value, {}});
    return tree::name(local);
  }

  std::string add_propagator(const Variables& members) {
    Propagator p{"_M" + std::to_string(step.propagators.size()), static_cast<int>(members.size()), {}, true};
    for (std::size_t row : members) {
      for (std::size_t column : members) {
        const auto found = linear_.matrix[row].find(column);
        p.matrix.push_back(found == linear_.matrix[row].end() ? tree::integer(0) : found->second);
        p.per_run = p.per_run && !tree::any(p.matrix.back(), [&](const Expr& e) { return varies(e); });
      }
    }
    step.propagators.push_back(p);
    return p.name;
  }

  /// Names other than external constants and dt have a value per element or per step (locals among them), and
  /// only kernels call functions of the namespace.
  bool varies(const Expr& e) const {
    auto* call = as<ast::Call>(e);
    if (call && !find_builtin(call->callee)) return true;
    auto* name = as<ast::Name>(e);
    if (!name) return false;
    const Symbol* symbol = scope_.find_canonical(name->id);
    auto* scalar = symbol ? std::get_if<Scalar>(&symbol->meaning) : nullptr;
    return !scalar || (scalar->kind != ScalarKind::constant && scalar->kind != ScalarKind::step_length);
  }

  static Expr entry(const std::string& name, const char* block, std::size_t i, std::size_t j) {
    return tree::name(name + block + std::to_string(i) + "_" + std::to_string(j));
  }
  static void add_to(Expr& total, Expr term) {
    total = total ? tree::add(total, std::move(term)) : std::move(term);
  }

  const System& system_;
  const LinearSystem& linear_;
  const Scope& scope_;
};

/// Variables that move while the clamped ones are held, in two kinds: `split` ones depend on a clamped one,
/// so that their value differs from the one of the full system; `moving` are those and all that they depend
/// on.
struct Unclamped {
  std::vector<bool> split;
  Variables moving;
};

Unclamped unclamped_of(const System& system, const LinearSystem& linear) {
  Unclamped result{std::vector<bool>(system.size()), {}};
  Variables all(system.size());
  for (std::size_t k = 0; k < all.size(); ++k) all[k] = k;
  std::vector<bool> moves(system.size());
  for (const Variables& members : weak_components(linear, all)) {
    const auto reaches = reachability(linear, members);
    for (std::size_t i = 0; i < members.size(); ++i) {
      if (system[members[i]].clamped) continue;
      for (std::size_t j = 0; j < members.size(); ++j) {
        if (reaches[i][j] && system[members[j]].clamped) result.split[members[i]] = true;
      }
      for (std::size_t j = 0; result.split[members[i]] && j < members.size(); ++j) {
        if (reaches[i][j] && !system[members[j]].clamped) moves[members[j]] = true;
      }
    }
  }
  for (std::size_t k : all) {
    if (moves[k]) result.moving.push_back(k);
  }
  return result;
}

}  // namespace

Step integrate_exact(const System& system, const LinearSystem& linear, const Scope& scope) {
  Exact exact(system, linear, scope);
  Variables all(system.size());
  for (std::size_t k = 0; k < all.size(); ++k) all[k] = k;
  const Unclamped unclamped = unclamped_of(system, linear);
  const NewValues full = exact.advance(all, "_b_");
  const NewValues held = exact.advance(unclamped.moving, "_c_");
  const Expr active = tree::name(not_refractory);
  std::vector<Assign>& body = exact.step.body;
  for (std::size_t k : all) {
    const std::string local = "_x_" + system[k].variable;
    const bool split = unclamped.split[k];
    if (split) body.push_back({local, Type::real, false, held.at(k), {}});
    body.push_back({local, Type::real, false, full.at(k), split ? active : Expr()});
  }
  for (std::size_t k : all) {
    const Expr value = tree::name("_x_" + system[k].variable);
    body.push_back({system[k].variable, Type::real, true, value, system[k].clamped ? active : Expr()});
  }
  return exact.step;
}

Step integrate_exponential(const System& system, const LinearSystem& alone) {
  Step step;
  for (std::size_t k = 0; k < system.size(); ++k) {
    const auto own = alone.matrix[k].find(k);
    const Expr coefficient = own == alone.matrix[k].end() ? Expr() : own->second;
    const Expr value = advance_alone(tree::name(system[k].variable), coefficient, alone.drift[k]);
    step.body.push_back({"_x_" + system[k].variable, Type::real, false, value, {}});
  }
  for (const Rate& rate : system) {
    const Expr value = tree::name("_x_" + rate.variable);
    const Expr guard = rate.clamped ? tree::name(not_refractory) : Expr();
    step.body.push_back({rate.variable, Type::real, true, value, guard});
  }
  return step;
}

}  // namespace ranvier::pass
