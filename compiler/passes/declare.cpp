#include <ranvier/compiler/passes/declare.hpp>

#include <algorithm>
#include <map>

#include <ranvier/compiler/passes/check_definitions.hpp>
#include <ranvier/compiler/passes/flags.hpp>
#include <ranvier/compiler/passes/identifiers.hpp>
#include <ranvier/compiler/text.hpp>
#include <ranvier/compiler/unit_text.hpp>

namespace ranvier::pass {
namespace {

using enum DiagnosticCode;

class Declarer {
 public:
  Declarer(Object object, Diagnostics& diagnostics, const Limits& limits)
      : object_(object), diagnostics_(diagnostics), limits_(limits) {}

  void declare(const Equation& equation) {
    Variable variable;
    variable.name = equation.name;
    variable.kind = equation.kind;
    variable.rhs = equation.rhs;
    variable.name_place = equation.name_place;
    apply_flags(equation.flags, object_, variable, diagnostics_);
    if (!equation.flags.empty()) variable.last_flag = equation.flags.back().place;
    const bool named = check_identifier(variable.name, variable.name_place, object_ == Object::synapses,
                                        diagnostics_, variable.summed);
    if (is_duplicate(equation)) return;
    variable.unit_place = equation.unit_place;
    variable.broken = equation.broken || !named;
    const auto unit = equation.unit.empty()
                          ? std::nullopt  // reported by the parser
                          : parse_unit_text(equation.unit, equation.unit_place, diagnostics_, limits_);
    variable.unit_known = unit.has_value() && named;
    variable.dimension = unit.value_or(DeclaredUnit{}).dimension;
    variable.type = unit.value_or(DeclaredUnit{}).type;
    check_kind(variable);
    variables.push_back(std::move(variable));
  }

  std::vector<Variable> variables;

 private:
  bool is_duplicate(const Equation& equation) {
    const auto [found, added] = defined_.try_emplace(equation.name, &equation);
    if (added) return false;
    const Equation& first = *found->second;
    Diagnostic& error =
        diagnostics_
            .error(duplicate_name, equation.name_place, text("`", equation.name, "` is defined twice"))
            .note("the first definition", first.name_place)
            .helped_by("rename one of the two, or add both right-hand sides in one equation");
    if (equation.broken || first.broken || equation.unit != first.unit) return true;
    for (const Equation* other : {&equation, &first})
      if (error.fixes.empty() && other->kind == EquationKind::parameter && other->flags.empty())
        error.fixed_by(other->place, "");  // an equation declares its variable, too
    return true;
  }

  void check_kind(const Variable& variable) {
    if (variable.kind != EquationKind::differential) return;
    if (variable.type != Type::real)
      diagnostics_
          .error(differential_type, variable.unit_place,
                 text("`", variable.name, "` changes continuously and cannot be ", to_string(variable.type)))
          .helped_by(
              "give it a unit, or `1`; booleans and integers are assigned by statements, as in a reset")
          .fixed_by(variable.unit_place, "1");
  }

  Object object_;
  Diagnostics& diagnostics_;
  const Limits& limits_;
  std::map<std::string, const Equation*> defined_;
};

}  // namespace

std::vector<Variable> declare(const Block& block, Object object, Diagnostics& diagnostics,
                              const Limits& limits) {
  Declarer declarer(object, diagnostics, limits);
  for (const Equation& equation : block) declarer.declare(equation);
  check_definitions(declarer.variables, limits, diagnostics);
  return std::move(declarer.variables);
}

}  // namespace ranvier::pass
