#include <ranvier/compiler/passes/variability.hpp>

#include <ranvier/compiler/tree.hpp>

namespace ranvier::pass {
namespace {

using Test = std::function<bool(const std::string&, const Symbol*)>;

/// Finds the first name of an expression that passes a test, or whose definition reads one that does.
class Search {
 public:
  Search(const Scope& scope, Test test) : scope_(scope), test_(std::move(test)) {}

  std::string in(const Expr& expr) {
    std::string found;
    if (expr)
      tree::for_each_name(expr, [&](const std::string& name) {
        if (found.empty() && passes(name)) found = name;
      });
    return found;
  }

 private:
  bool passes(const std::string& name) {
    const Symbol* symbol = scope_.find_canonical(name);
    if (test_(name, symbol)) return true;
    const auto* definition = symbol ? std::get_if<Definition>(&symbol->meaning) : nullptr;
    return definition && seen_.insert(name).second && !in(definition->rhs).empty();
  }

  const Scope& scope_;
  Test test_;
  std::set<std::string> seen_;  // definitions without a hit, or with the hit that ends the search
};

}  // namespace

std::string per_element_name(const Expr& expr, const Scope& scope, const std::set<std::string>& locals) {
  return Search(scope,
                [&](const std::string& name, const Symbol* symbol) {
                  if (locals.contains(name)) return true;
                  const auto* column = symbol ? std::get_if<Column>(&symbol->meaning) : nullptr;
                  // What a computed position reads decides about its value.
                  if (column) return column->index != Index::shared && column->index != Index::computed;
                  return symbol && std::holds_alternative<LoopIndex>(symbol->meaning);
                })
      .in(expr);
}

std::string noisy_name(const Expr& expr, const Scope& scope) {
  return Search(scope,
                [](const std::string&, const Symbol* symbol) {
                  return symbol && std::holds_alternative<Noise>(symbol->meaning);
                })
      .in(expr);
}

}  // namespace ranvier::pass
