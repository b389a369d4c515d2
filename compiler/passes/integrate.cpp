#include <ranvier/compiler/passes/integrate.hpp>

#include <algorithm>
#include <map>
#include <stdexcept>
#include <unordered_map>

#include <ranvier/compiler/passes/check_size.hpp>
#include <ranvier/compiler/tree.hpp>
#include <ranvier/grammar/parse.hpp>

namespace ranvier::pass {
namespace {

struct ParsedStage {
  std::string name;
  Expr value;
};

std::vector<ParsedStage> parse_stages(const Method& method) {
  std::vector<ParsedStage> stages;
  Diagnostics diagnostics;
  for (const Stage& stage : method.stages) {
    const auto source = make_source("method " + std::string(method.name), std::string(stage.expression));
    stages.push_back({std::string(stage.name), parse_expression(source, diagnostics)});
  }
  if (diagnostics.has_errors()) throw std::logic_error(render(diagnostics.all()));
  return stages;
}

/// The table's texts, parsed when the first kernel asks for them.
const std::vector<ParsedStage>& stages_of(const Method& method) {
  static const auto all = [] {
    std::map<std::string_view, std::vector<ParsedStage>> parsed;
    for (const Method& row : methods()) parsed[row.name] = parse_stages(row);
    return parsed;
  }();
  return all.at(method.name);
}

/// The local that holds what a noise adds up to over the step.
std::string increment(const std::string& noise) {
  return "_dW_" + noise;
}

/// One normal number for each element, step and name of a noise, scaled by sqrt(dt): whether or not a neuron
/// is refractory, so that what is drawn does not depend on the state.
std::vector<Assign> increments(const System& system) {
  std::vector<Assign> draws;
  for (const Rate& rate : system) {
    for (const NoiseTerm& term : rate.noise) {
      const std::string name = increment(term.name);
      if (std::ranges::find(draws, name, &Assign::target) != draws.end()) continue;
      const Expr root = tree::call("sqrt", {tree::name("dt")});
      draws.push_back({name, Type::real, false, tree::multiply(root, tree::call("randn", {})), {}});
    }
  }
  return draws;
}

/// Writes the stages of a method for the variables of a system.
class Expansion {
 public:
  Expansion(const System& system, const std::vector<ParsedStage>& stages) : stages_(stages) {
    for (const Rate& rate : system) rates_[rate.variable] = &rate;
  }

  std::string local(const std::string& stage, const Rate& rate) const {
    return "_" + stage + "_" + rate.variable;
  }

  /// A stage's text for one variable; `still`: with a rate of zero. `noise`: of the term at hand.
  Expr expand(const Expr& text, const Rate& rate, bool still, const NoiseTerm* noise = nullptr) const {
    if (auto* call = as<ast::Call>(text)) {
      if (still) return tree::real(0);
      return moved(call->callee == "g" ? noise->factor : rate.rhs, call->args[0], call->args[1]);
    }
    if (auto* sum = as<ast::Binary>(text); sum && !noise && tree::reads(sum->rhs, "dW")) {
      Expr total = expand(sum->lhs, rate, still);
      for (const NoiseTerm& term : rate.noise)
        total = tree::add(std::move(total), expand(sum->rhs, rate, still, &term));
      return total;
    }
    if (auto* name = as<ast::Name>(text)) {
      if (name->id == "x") return tree::name(rate.variable);
      if (name->id == "dW") return tree::name(increment(noise->name));
      for (const ParsedStage& stage : stages_) {
        if (stage.name == name->id) return tree::name(local(stage.name, rate));
      }
      return text;
    }
    return tree::map_children(text, [&](const Expr& child) { return expand(child, rate, still, noise); });
  }

 private:
  /// f(state, time): the right-hand side with every variable moved to where the stage wants it.
  Expr moved(const Expr& rhs, const Expr& state, const Expr& time) const {
    if (as<ast::Name>(state) && as<ast::Name>(time)) return rhs;  // f(x, t)
    std::unordered_map<const Node*, Expr> done;
    return moved(rhs, state, time, done);
  }

  /// A node in two places stays one node: what it draws is drawn once.
  Expr moved(const Expr& rhs, const Expr& state, const Expr& time,
             std::unordered_map<const Node*, Expr>& done) const {
    if (const auto known = done.find(&*rhs); known != done.end()) return known->second;
    return done[&*rhs] = moved_node(rhs, state, time, done);
  }

  Expr moved_node(const Expr& rhs, const Expr& state, const Expr& time,
                  std::unordered_map<const Node*, Expr>& done) const {
    if (auto* name = as<ast::Name>(rhs)) {
      if (name->id == "t") return time;
      const auto found = rates_.find(name->id);
      return found == rates_.end() ? rhs : expand(state, *found->second, false);
    }
    return tree::map_children(rhs, [&](const Expr& child) { return moved(child, state, time, done); });
  }

  std::map<std::string, const Rate*, std::less<>> rates_;
  const std::vector<ParsedStage>& stages_;
};

}  // namespace

Step integrate(const System& system, const Method& method, const Limits& limits) {
  check_size(system, method.stages.size(), limits);
  const auto& stages = stages_of(method);
  const Expansion expansion(system, stages);
  const Expr active = tree::name(not_refractory);
  Step step{increments(system), {}};
  const auto define = [&](const std::string& name, Expr value, Expr guard) {
    step.body.push_back({name, Type::real, false, std::move(value), std::move(guard)});
  };
  for (const ParsedStage& stage : stages) {
    const bool inner = &stage != &stages.back();
    for (const Rate& rate : system) {
      const bool still_where_refractory = inner && rate.clamped;
      const std::string name = expansion.local(stage.name, rate);
      if (still_where_refractory) define(name, expansion.expand(stage.value, rate, true), {});
      define(name, expansion.expand(stage.value, rate, false), still_where_refractory ? active : Expr());
    }
  }
  for (const Rate& rate : system) {
    const Expr value = tree::name(expansion.local(stages.back().name, rate));
    step.body.push_back({rate.variable, Type::real, true, value, rate.clamped ? active : Expr()});
  }
  return step;
}

}  // namespace ranvier::pass
