#include <ranvier/compiler/passes/integrate.hpp>

#include <optional>
#include <set>

#include <ranvier/compiler/passes/check_size.hpp>
#include <ranvier/compiler/passes/expansion.hpp>
#include <ranvier/compiler/passes/solve_implicit.hpp>
#include <ranvier/compiler/tree.hpp>

namespace ranvier::pass {
namespace {

/// One normal number for each element, step and name of a noise, scaled by sqrt(dt): whether or not a neuron
/// is refractory, so that what is drawn does not depend on the state.
std::vector<Assign> increments(const System& system) {
  std::vector<Assign> draws;
  for (const std::string& noise : noises_of(system)) {
    const Expr root = tree::call("sqrt", {tree::name("dt")});
    draws.push_back({increment(noise), Type::real, false, tree::multiply(root, tree::call("randn", {})), {}});
  }
  return draws;
}

/// Variables for which lines with a value for each noise are of use: those that have the noise, and those
/// that its factors read.
std::set<std::string> concerned(const System& system, const std::string& noise, const MethodText& method) {
  std::set<std::string> names;
  for (const Rate& rate : system) {
    if (method.one_noise) names.insert(rate.variable);
    for (const NoiseTerm& term : rate.noise) {
      if (term.name != noise) continue;
      names.insert(rate.variable);
      tree::for_each_name(term.factor, [&](const std::string& name) { names.insert(name); });
    }
  }
  return names;
}

class Writer {
 public:
  Writer(const System& system, const MethodText& method, const Jacobian* jacobian)
      : system_(system),
        method_(method),
        expansion_(system, method, old_state(), jacobian ? &jacobian->by_time : nullptr) {
    if (jacobian) solver_.emplace(system, *jacobian, step_.body);
  }

  Step step() {
    step_.body = increments(system_);
    for (const Stage& stage : method_.stages) {
      if (!stage.per_noise) {
        for (const Rate& rate : system_) define(stage, rate, "");
        if (stage.gamma) solve(stage);
        continue;
      }
      std::vector<std::string> noises = noises_of(system_);
      if (noises.empty()) noises.emplace_back();
      for (const std::string& noise : noises) define_for(stage, noise);
    }
    for (const Rate& rate : system_) {
      const Expr value = tree::name("_x_" + rate.variable);
      step_.body.push_back({rate.variable, Type::real, true, value, rate.clamped ? active() : Expr()});
    }
    return std::move(step_);
  }

 private:
  static Expr active() { return tree::name(not_refractory); }

  void define_for(const Stage& stage, const std::string& noise) {
    const std::set<std::string> names = concerned(system_, noise, method_);
    for (const Rate& rate : system_)
      if (noise.empty() || names.contains(rate.variable)) define(stage, rate, noise);
  }

  void define(const Stage& stage, const Rate& rate, const std::string& noise) {
    const bool inner = &stage != &method_.stages.back();
    const bool still_where_refractory = rate.clamped && inner;
    const std::string name = expansion_.local(stage, rate, noise);
    if (still_where_refractory) assign(name, expansion_.value(stage, rate, noise, true), {});
    assign(name, expansion_.value(stage, rate, noise, false), still_where_refractory ? active() : Expr());
  }

  void solve(const Stage& stage) {
    std::vector<std::string> values;
    for (const Rate& rate : system_) values.push_back(expansion_.local(stage, rate, ""));
    solver_->solve(stage.gamma, values);
  }

  void assign(const std::string& name, Expr value, Expr guard) {
    if (!value) value = tree::real(0);
    step_.body.push_back({name, Type::real, false, std::move(value), std::move(guard)});
  }

  const System& system_;
  const MethodText& method_;
  Step step_;
  Expansion expansion_;
  std::optional<ImplicitSolver> solver_;
};

}  // namespace

Step integrate(const System& system, const MethodText& method, const Jacobian* jacobian,
               const Limits& limits) {
  check_size(system, method.stages.size(), limits);
  return Writer(system, method, jacobian).step();
}

}  // namespace ranvier::pass
