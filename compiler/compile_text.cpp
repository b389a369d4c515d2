// Kernels of single texts that a user gives apart from a model: values, selections.
#include <ranvier/compiler/compile.hpp>

#include <algorithm>

#include <ranvier/compiler/passes/check_dimensions.hpp>
#include <ranvier/compiler/passes/check_group.hpp>
#include <ranvier/compiler/passes/check_values.hpp>
#include <ranvier/compiler/passes/finish.hpp>
#include <ranvier/compiler/passes/inline_subexpressions.hpp>
#include <ranvier/compiler/passes/lower_statements.hpp>
#include <ranvier/compiler/passes/resolve.hpp>
#include <ranvier/compiler/text.hpp>
#include <ranvier/grammar/parse.hpp>

namespace ranvier {
namespace {

using Finish = Kernel (*)(Kernel, const Scope&);

Kernel empty_kernel(const std::string& name, Loop loop) {
  return {name, loop, {}, {}, {}, {}, {}, {}};
}

/// One expression, parsed; throws if it cannot be.
Expr parse(const SourcePtr& text, const Limits& limits) {
  Diagnostics diagnostics;
  const Expr expr = parse_expression(text, diagnostics, limits);
  diagnostics.raise_if_errors();
  return expr;
}

void hand_over(const Diagnostics& diagnostics, std::vector<Diagnostic>* warnings) {
  diagnostics.raise_if_errors();
  if (warnings) *warnings = diagnostics.in_reading_order();
}

Kernel condition_kernel(const std::string& name, const SourcePtr& text, const Scope& scope,
                        std::vector<Diagnostic>* warnings, Finish finish) {
  const Expr parsed = parse(text, scope.limits);
  Diagnostics diagnostics;
  const Expr condition = pass::check_condition(parsed, "this text", scope, diagnostics);
  hand_over(diagnostics, warnings);
  Kernel kernel = empty_kernel(name, Loop::elements);
  kernel.condition = pass::inline_subexpressions(condition, scope);
  return finish(std::move(kernel), scope);
}

/// The declarations of a model with `variable` open for a first value, also if it is (constant). Throws if
/// the model has no such variable or it holds no value.
template <class Model>
Model opened(const Model& model, const std::string& variable, const SourcePtr& value) {
  Model open = model;
  const auto found = std::ranges::find(open.variables, variable, &Variable::name);
  if (found != open.variables.end() && found->kind != EquationKind::subexpression) {
    found->constant = false;
    return open;
  }
  Diagnostics diagnostics;
  const Place place{value, {0, static_cast<std::uint32_t>(value->text().size())}};
  if (found != open.variables.end()) {
    diagnostics
        .error(DiagnosticCode::write_subexpression, place,
               text("`", variable, "` is a subexpression and cannot be given a value"))
        .note("it is defined here", found->name_place)
        .helped_by("give values to the variables that it is computed from");
  } else {
    std::vector<std::string> names;
    for (const Variable& other : model.variables) names.push_back(other.name);
    Diagnostic& error = diagnostics.error(DiagnosticCode::unknown_name, place,
                                          text("'", model.name, "' has no variable `", variable, "`"));
    const std::string near = nearest_name(variable, names);
    error.helped_by(near.empty() ? "add an equation for it, `name : unit`"
                                 : text("did you mean `", near, "`?"));
  }
  diagnostics.raise_if_errors();
  return open;
}

/// `v = El` given as the value of `v`: the value alone stands there.
void refuse_target(const std::string& variable, const SourcePtr& value) {
  const std::string& whole = value->text();
  const auto begin = whole.find_first_not_of(" \t\r\n");
  if (begin == whole.npos || whole.compare(begin, variable.size(), variable) != 0) return;
  const auto sign = whole.find_first_not_of(" \t", begin + variable.size());
  if (sign == whole.npos || whole[sign] != '=' || whole.compare(sign, 2, "==") == 0) return;
  const auto behind = std::min(whole.find_first_not_of(" \t", sign + 1), whole.size());
  const Place target{value, {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(sign + 1)}};
  const Place all{value, {target.span.begin, static_cast<std::uint32_t>(behind)}};
  Diagnostics diagnostics;
  diagnostics
      .error(DiagnosticCode::bad_statement, target,
             text("only the value stands here, not `", variable, " =`"))
      .fixed_by(all, "");
  diagnostics.raise_if_errors();
}

template <class Model>
Kernel assignment_kernel(const Model& model, const std::string& variable, const SourcePtr& value,
                         const Namespace& names, AssignOp op, std::vector<Diagnostic>* warnings,
                         Finish finish) {
  const Model open = opened(model, variable, value);
  refuse_target(variable, value);
  const Scope scope = scope_of(open, names);
  const Expr parsed = parse(value, scope.limits);
  const Code code{{variable, parsed->place, op, parsed, parsed->place}};
  Diagnostics diagnostics;
  const pass::CheckedCode checked = pass::check_code(code, scope, true, diagnostics);
  hand_over(diagnostics, warnings);
  Kernel kernel = empty_kernel(model.name + "_set_" + variable, Loop::list);
  kernel.body = pass::lower_statements(checked.code, checked.locals, false, scope);
  return finish(std::move(kernel), scope);
}

template <class Model>
Kernel probe_kernel(const Model& model, const SourcePtr& expression, const Namespace& names,
                    Dimension* dimension, std::vector<Diagnostic>* warnings, Finish finish) {
  const Scope scope = scope_of(model, names);
  const Expr parsed = parse(expression, scope.limits);
  Diagnostics diagnostics;
  const Expr resolved = pass::resolve(parsed, scope, diagnostics);
  const auto found = pass::dimension_of(resolved, scope, diagnostics);
  pass::type_of(resolved, scope, diagnostics);
  pass::check_values(resolved, scope, diagnostics);
  hand_over(diagnostics, warnings);
  if (dimension) *dimension = found.value_or(dimensions::one);
  Kernel kernel = empty_kernel(model.name + "_probe", Loop::list);
  kernel.columns.push_back({"_result", Owner::hidden, "_result", Storage::f64, Index::element, true});
  kernel.body.push_back({"_result", Type::real, true, pass::inline_subexpressions(resolved, scope), {}});
  return finish(std::move(kernel), scope);
}

}  // namespace

Kernel compile_assignment(const GroupModel& group, const std::string& variable, const SourcePtr& value,
                          const Namespace& names, AssignOp op, std::vector<Diagnostic>* warnings) {
  return assignment_kernel(group, variable, value, names, op, warnings, pass::finish);
}
Kernel compile_assignment(const SynapsesModel& synapses, const std::string& variable, const SourcePtr& value,
                          const Namespace& names, AssignOp op, std::vector<Diagnostic>* warnings) {
  return assignment_kernel(synapses, variable, value, names, op, warnings, pass::finish_over_synapses);
}

Kernel compile_selection(const GroupModel& group, const SourcePtr& condition, const Namespace& names,
                         std::vector<Diagnostic>* warnings) {
  return condition_kernel(group.name + "_select", condition, scope_of(group, names), warnings, pass::finish);
}
Kernel compile_selection(const SynapsesModel& synapses, const SourcePtr& condition, const Namespace& names,
                         std::vector<Diagnostic>* warnings) {
  const Scope scope = scope_of(synapses, names);
  return condition_kernel(synapses.name + "_select", condition, scope, warnings, pass::finish_over_synapses);
}

Kernel compile_probe(const GroupModel& group, const SourcePtr& expression, const Namespace& names,
                     Dimension* dimension, std::vector<Diagnostic>* warnings) {
  return probe_kernel(group, expression, names, dimension, warnings, pass::finish);
}
Kernel compile_probe(const SynapsesModel& synapses, const SourcePtr& expression, const Namespace& names,
                     Dimension* dimension, std::vector<Diagnostic>* warnings) {
  return probe_kernel(synapses, expression, names, dimension, warnings, pass::finish_over_synapses);
}

}  // namespace ranvier
