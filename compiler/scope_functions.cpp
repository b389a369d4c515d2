// Names to propose, and the functions that a namespace brings into a scope.
#include <algorithm>

#include <ranvier/compiler/builtins.hpp>
#include <ranvier/compiler/scope.hpp>

namespace ranvier {
namespace {

bool is_function(const Symbol& symbol) {
  return std::holds_alternative<Function>(symbol.meaning) ||
         std::holds_alternative<TimedArray>(symbol.meaning);
}

}  // namespace

const Symbol* Scope::find_function(const std::string& name) const {
  const Symbol* symbol = find_in_namespace(name);
  return symbol && is_function(*symbol) ? symbol : nullptr;
}

const Symbol* Scope::find_in_namespace(const std::string& name) const {
  const auto found = constants_.find(name);
  return found == constants_.end() ? nullptr : &found->second;
}

std::vector<std::string> Scope::function_names() const {
  std::vector<std::string> names;
  for (const auto& [name, symbol] : constants_)
    if (is_function(symbol)) names.push_back(name);
  return names;
}

std::vector<std::string> Scope::candidates() const {
  std::vector<std::string> names;
  for (const auto& [name, symbol] : variables_)
    if (!name.starts_with('_') && symbol.refused.empty()) names.push_back(name);
  for (const NamedConstant& constant : named_constants()) names.emplace_back(constant.name);
  for (const auto& [name, symbol] : constants_)
    if (!is_function(symbol)) names.push_back(name);
  return names;
}

Scope Scope::inside(const Function& function) const {
  Scope scope;
  scope.in_function = true;
  scope.lenient = lenient;
  scope.step = step;
  scope.constants_ = constants_;
  scope.bodies_ = bodies_;
  for (const Argument& argument : function.arguments()) {
    Symbol symbol{argument.name};
    symbol.meaning = Placeholder{};
    const auto* other = argument.unit.argument();
    const FunctionUnit& unit =
        other ? std::ranges::find(function.arguments(), *other, &Argument::name)->unit : argument.unit;
    symbol.dimension_known = unit.dimension() != nullptr;
    if (symbol.dimension_known) symbol.dimension = *unit.dimension();
    if (argument.type == ArgumentType::boolean) symbol.type = Type::boolean;
    if (argument.type == ArgumentType::integer) symbol.type = Type::integer;
    scope.add(argument.name, std::move(symbol));
  }
  return scope;
}

}  // namespace ranvier
