#include <ranvier/compiler/passes/finish.hpp>

#include <algorithm>

#include <ranvier/compiler/passes/bind_names.hpp>
#include <ranvier/compiler/passes/check_size.hpp>
#include <ranvier/compiler/passes/lower_calls.hpp>
#include <ranvier/compiler/passes/lower_delay.hpp>
#include <ranvier/compiler/passes/number_draws.hpp>
#include <ranvier/compiler/passes/simplify.hpp>
#include <ranvier/compiler/passes/substitute.hpp>
#include <ranvier/compiler/tree.hpp>

namespace ranvier::pass {
namespace {

const Replacements& ends() {
  static const Replacements names{{"_pre", tree::name("_source")}, {"_post", tree::name("_target")}};
  return names;
}

template <class AKernel, class F>
void for_each_expression(AKernel& kernel, F f) {
  for_each_code(kernel, [&](auto& code) {
    for (auto& assign : code) {
      f(assign.value);
      if (assign.guard) f(assign.guard);
    }
  });
  if (kernel.condition) f(kernel.condition);
  if (kernel.repeat) f(kernel.repeat->condition);
  for (auto& propagator : kernel.propagators) std::ranges::for_each(propagator.matrix, f);
}

/// Whether it looks up a neuron of each synapse: on the side whose columns have this index.
bool uses_end(const Kernel& kernel, Index side) {
  const std::string end = side == Index::pre ? "_pre" : "_post";
  bool uses = std::ranges::any_of(kernel.columns, [&](const Column& c) { return c.index == side; });
  for_each_expression(kernel, [&](const Expr& expr) { uses = uses || tree::reads(expr, end); });
  return uses;
}

void number(Kernel& kernel, const Scope& scope) {
  lower_calls(kernel, scope);
  check_size(kernel, scope.limits);
  number_draws(kernel);
}

void bind(Kernel& kernel, const Scope& scope) {
  bind_names(kernel, scope);
  simplify(kernel);
}

}  // namespace

Kernel finish(Kernel kernel, const Scope& scope) {
  lower_delay(kernel, scope);
  number(kernel, scope);
  bind(kernel, scope);
  return kernel;
}

Halves finish_apart(Kernel kernel, const Scope& scope) {
  number(kernel, scope);
  Kernel condition{kernel.name + "_threshold", kernel.loop, {}, {}, {}, {}, std::move(kernel.condition), {}};
  condition.on_event = std::move(kernel.on_event);
  kernel.condition = {};
  kernel.on_event.clear();
  bind(kernel, scope);
  bind(condition, scope);
  return {std::move(kernel), std::move(condition)};
}

Kernel finish_over_synapses(Kernel kernel, const Scope& scope) {
  kernel = finish(std::move(kernel), scope);
  std::vector<Column> hidden;
  if (uses_end(kernel, Index::pre))
    hidden.push_back({"_source", Owner::hidden, "_sources", Storage::i32, Index::element});
  if (uses_end(kernel, Index::post))
    hidden.push_back({"_target", Owner::hidden, "_targets", Storage::i32, Index::element});
  kernel.columns.insert(kernel.columns.begin(), hidden.begin(), hidden.end());
  for_each_expression(kernel, [](Expr& expr) { expr = substitute(expr, ends()); });
  return kernel;
}

Kernel finish_over_synapse_list(Kernel kernel, const Scope& scope) {
  kernel = finish_over_synapses(std::move(kernel), scope);
  for (Column& column : kernel.columns)
    if (column.name == "_target") column.variable = "_target";
  return kernel;
}

}  // namespace ranvier::pass
