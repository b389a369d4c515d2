#include <ranvier/compiler/passes/finish.hpp>

#include <algorithm>

#include <ranvier/compiler/passes/bind_names.hpp>
#include <ranvier/compiler/passes/check_size.hpp>
#include <ranvier/compiler/passes/lower_calls.hpp>
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

bool uses_ends(const Kernel& kernel) {
  const auto is_end = [](const Expr& e) {
    auto* name = as<ast::Name>(e);
    return name && ends().contains(name->id);
  };
  const auto at_end = [](const Column& c) { return c.index == Index::pre || c.index == Index::post; };
  return std::ranges::any_of(kernel.columns, at_end) ||
         std::ranges::any_of(kernel.body, [&](const Assign& a) { return tree::any(a.value, is_end); }) ||
         (kernel.condition && tree::any(kernel.condition, is_end));
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
  if (!uses_ends(kernel)) return kernel;
  const Column hidden[] = {{"_source", Owner::hidden, "_sources", Storage::i32, Index::element},
                           {"_target", Owner::hidden, "_targets", Storage::i32, Index::element}};
  kernel.columns.insert(kernel.columns.begin(), std::begin(hidden), std::end(hidden));
  for (Assign& assign : kernel.body) assign.value = substitute(assign.value, ends());
  if (kernel.condition) kernel.condition = substitute(kernel.condition, ends());
  return kernel;
}

}  // namespace ranvier::pass
