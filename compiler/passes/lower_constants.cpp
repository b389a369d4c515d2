#include <ranvier/compiler/passes/lower_constants.hpp>

#include <algorithm>
#include <set>

#include <ranvier/compiler/passes/inline_subexpressions.hpp>
#include <ranvier/compiler/tree.hpp>

namespace ranvier::pass {
namespace {

/// Definitions in an order in which each comes after those it reads, also through other subexpressions.
class Order {
 public:
  Order(const std::vector<Variable>& variables, const Scope& scope) : variables_(variables), scope_(scope) {
    for (const Variable& variable : variables) visit(variable);
  }
  std::vector<const Variable*> sorted;

 private:
  void visit(const Variable& variable) {
    if (!variable.constant_over_dt || !seen_.insert(variable.name).second) return;
    visit_names(variable.rhs);
    sorted.push_back(&variable);
  }

  void visit_names(const Expr& expr) {
    tree::for_each_name(expr, [&](const std::string& name) {
      const Symbol* symbol = scope_.find_canonical(name);
      const auto* definition = symbol ? std::get_if<Definition>(&symbol->meaning) : nullptr;
      if (definition && seen_.insert(name).second) visit_names(definition->rhs);
      const auto used = std::ranges::find(variables_, name, &Variable::name);
      if (used != variables_.end()) visit(*used);
    });
  }

  const std::vector<Variable>& variables_;
  const Scope& scope_;
  std::set<std::string> seen_;
};

}  // namespace

std::optional<Kernel> lower_constants(const std::string& name, const std::vector<Variable>& variables,
                                      bool shared, const Scope& scope, Finish finish) {
  Kernel kernel{name, Loop::elements, {}, {}, {}, {}, {}, {}};
  for (const Variable* variable : Order(variables, scope).sorted)
    if (variable->shared == shared)
      kernel.body.push_back(
          {variable->name, variable->type, true, inline_subexpressions(variable->rhs, scope), {}});
  if (kernel.body.empty()) return std::nullopt;
  return finish(std::move(kernel), scope);
}

}  // namespace ranvier::pass
