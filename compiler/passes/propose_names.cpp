#include <ranvier/compiler/passes/propose_names.hpp>

#include <algorithm>

#include <ranvier/compiler/passes/identifiers.hpp>
#include <ranvier/compiler/text.hpp>
#include <ranvier/compiler/tree.hpp>
#include <ranvier/compiler/units.hpp>

namespace ranvier::pass {
namespace {

using enum DiagnosticCode;

/// What every group has already: an equation that only declares it is one too many.
struct Given {
  std::string_view name;
  Dimension dimension;
};
constexpr Given given[] = {
    {"t", dimensions::second}, {"dt", dimensions::second}, {"t_in_timesteps", dimensions::one},
    {"i", dimensions::one},    {"N", dimensions::one},     {"not_refractory", dimensions::one}};

void for_each_use(const Expr& expr, const std::string& name, const std::function<void(const Place&)>& f) {
  if (!expr) return;
  const auto* found = as<ast::Name>(expr);
  if (found && found->id == name && expr->place.source) f(expr->place);
  for (const Expr& child : tree::children(expr)) for_each_use(child, name, f);
}

/// Wherever the texts of a group read or write a name.
void for_each_use(const ParsedGroup& group, const std::string& name,
                  const std::function<void(const Place&)>& f) {
  for (const Equation& equation : group.equations) for_each_use(equation.rhs, name, f);
  for (const Expr& expr : group.model.conditions()) for_each_use(expr, name, f);
  for (const Statement& statement : group.model.statements()) {
    if (statement.target == name) f(statement.target_place);
    for_each_use(statement.value, name, f);
  }
}

bool is_free(const std::string& name, const Block& equations) {
  Diagnostics unheard;
  return std::ranges::find(equations, name, &Equation::name) == equations.end() &&
         check_identifier(name, {}, false, unheard);
}

/// `_I` as `I`, `i` as `i_`, `xi` as `my_xi`; "" if all of them are taken.
std::string other_name(const std::string& name, const Block& equations) {
  const std::string bare = name.substr(std::min(name.find_first_not_of('_'), name.size()));
  for (const std::string& candidate : {bare, bare + "_", "my_" + bare})
    if (candidate != name && is_free(candidate, equations)) return candidate;
  return {};
}

void propose(const Equation& equation, const Variable& variable, const ParsedGroup& group,
             Diagnostic& error) {
  const auto* known = std::ranges::find(given, equation.name, &Given::name);
  const bool declares = equation.kind == EquationKind::parameter && known != std::end(given) &&
                        variable.dimension == known->dimension;
  if (declares) {
    error.helped_by("every group has it").fixed_by(equation.place, "");
    return;
  }
  bool used = false;
  for_each_use(group, equation.name, [&](const Place&) { used = true; });
  const std::string name = other_name(equation.name, group.equations);
  if (name.empty()) return;
  if (used && find_unit(equation.name)) {  // some uses may mean the unit
    error.helped_by(text("choose another name, such as `", name, "`"));
    return;
  }
  error.fixed_by(equation.name_place, name);
  for_each_use(group, equation.name, [&](const Place& place) { error.fixed_by(place, name); });
}

}  // namespace

void propose_names(const ParsedGroup& group, const std::vector<Variable>& variables,
                   Diagnostics& diagnostics) {
  for (const Equation& equation : group.equations) {
    Diagnostic* error = diagnostics.find(reserved_name, equation.name_place);
    if (!error) error = diagnostics.find(bad_identifier, equation.name_place);
    const auto variable = std::ranges::find(variables, equation.name, &Variable::name);
    if (error && error->fixes.empty() && variable != variables.end())
      propose(equation, *variable, group, *error);
  }
}

void propose_loop_variable(const Generator& generator, const Scope& scope, Diagnostic& error) {
  std::string name;
  for (const char* candidate : {"k", "m", "n"})
    if (name.empty() && !scope.find(candidate)) name = candidate;
  if (name.empty()) return;
  error.fixed_by(generator.variable_place, name);
  for (const Expr& expr : {generator.element, generator.condition})
    for_each_use(expr, generator.variable, [&](const Place& place) { error.fixed_by(place, name); });
}

}  // namespace ranvier::pass
