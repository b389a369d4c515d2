#include <ranvier/compiler/passes/lower_delay.hpp>

#include <ranvier/compiler/passes/substitute.hpp>
#include <ranvier/compiler/tree.hpp>

namespace ranvier::pass {
namespace {

constexpr const char* steps = "_delay_steps";
constexpr int most_steps = 65535;

bool has_own_delays(const Scope& scope) {
  const Symbol* delay = scope.find_canonical("delay");
  const Column* column = delay ? std::get_if<Column>(&delay->meaning) : nullptr;
  return column && column->owner == Owner::hidden && column->index == Index::element;
}

/// clip(floor(delay/dt + 0.5), 0, 65535), dt being that of the pathway
Expr in_steps(const Expr& delay) {
  const Expr ratio = tree::binary(BinaryOp::divide, delay, tree::name("_delay_dt"));
  const Expr nearest = tree::call("floor", {tree::binary(BinaryOp::add, ratio, tree::real(0.5))});
  return tree::call("clip", {nearest, tree::integer(0), tree::integer(most_steps)});
}

}  // namespace

void lower_delay(Kernel& kernel, const Scope& scope) {
  if (!has_own_delays(scope)) return;
  const Replacements delay{
      {"delay", tree::binary(BinaryOp::multiply, tree::name(steps), tree::name("_delay_dt"))}};
  for_each_code(kernel, [&](std::vector<Assign>& code) {
    for (Assign& assign : code) {
      assign.value = substitute(assign.value, delay);
      if (assign.guard) assign.guard = substitute(assign.guard, delay);
      if (!assign.store || assign.target != "delay") continue;
      assign.target = steps;
      assign.type = Type::integer;
      assign.value = in_steps(assign.value);
    }
  });
  if (kernel.condition) kernel.condition = substitute(kernel.condition, delay);
  if (kernel.repeat) kernel.repeat->condition = substitute(kernel.repeat->condition, delay);
  for (Propagator& propagator : kernel.propagators)
    for (Expr& entry : propagator.matrix) entry = substitute(entry, delay);
}

}  // namespace ranvier::pass
