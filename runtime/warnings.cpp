#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <functional>
#include <ranvier/compiler/tree.hpp>
#include <ranvier/runtime/network.hpp>

// What there is to warn of in a network besides its texts: constants that reach no text, or another one than
// it looks.
namespace ranvier {
namespace {

using Names = std::set<std::string>;

Diagnostic warning(DiagnosticCode code, std::string message) {
  Diagnostic diagnostic;
  diagnostic.severity = Severity::warning;
  diagnostic.code = code;
  diagnostic.message = std::move(message);
  return diagnostic;
}

/// Constants of one namespace that nothing uses. What was meant is most likely a name that texts do use.
void warn_of_unused(const std::string& owner, const Namespace& constants, const Names& used,
                    std::vector<Diagnostic>& warnings) {
  const std::vector<std::string> candidates(used.begin(), used.end());
  for (const auto& [name, value] : constants) {
    if (used.contains(name)) continue;
    Diagnostic unused = warning(DiagnosticCode::unused_constant,
                                fmt::format("the constant `{}` of {} is used by no text", name, owner));
    const std::string near = nearest_name(name, candidates);
    unused.helped_by(near.empty() ? "leave it out" : fmt::format("did you mean `{}`?", near));
    warnings.push_back(std::move(unused));
  }
}

void warn_of_hidden(const std::string& object, const std::vector<Variable>& variables,
                    const Namespace& network, std::vector<Diagnostic>& warnings) {
  for (const Variable& variable : variables) {
    if (!network.contains(variable.name)) continue;
    Diagnostic hidden =
        warning(DiagnosticCode::hidden_constant,
                fmt::format("in '{0}', `{1}` is a variable, not the constant `{1}` of the network", object,
                            variable.name));
    hidden.place = variable.name_place;
    warnings.push_back(hidden.helped_by("give one of the two another name"));
  }
}

void warn_of_ambiguous(const std::string& object, const Namespace& own, const Namespace& network,
                       const Names& used, std::vector<Diagnostic>& warnings) {
  for (const auto& [name, value] : own) {
    const auto other = network.find(name);
    if (other == network.end() || other->second == value || !used.contains(name)) continue;
    warnings.push_back(
        warning(DiagnosticCode::ambiguous_constant,
                fmt::format("`{}` is {} in '{}' and {} elsewhere in the network", name,
                            ranvier::to_string(value), object, ranvier::to_string(other->second)))
            .helped_by("give the two different names, or one value"));
  }
}

/// Calls `f` for every T of `timestep(T, dt)` that is a name.
void for_each_counted(const Expr& expr, const std::function<void(const std::string&, const Place&)>& f) {
  if (!expr) return;
  tree::any(expr, [&](const Expr& part) {
    const auto* call = as<ast::Call>(part);
    if (!call || call->callee != "timestep" || call->args.size() != 2) return false;
    const auto* counted = as<ast::Name>(call->args[0]);
    const auto* step = as<ast::Name>(call->args[1]);
    if (counted && step && step->id == "dt") f(counted->id, call->args[0]->place);
    return false;
  });
}

}  // namespace

/// Constants that are cut off where they are counted in steps.
void Group::warn(std::vector<Diagnostic>& warnings) const {
  const Namespace names = network_.names_for(*this);
  Names seen;
  const auto check = [&](const std::string& name, const Place& place) {
    const auto constant = model_.find(name) ? names.end() : names.find(name);
    const AnyQuantity* time = constant == names.end() ? nullptr : constant->second.quantity();
    if (!time || time->dimension != dimensions::second || !seen.insert(name).second) return;
    const double steps = time->value / clock().dt;
    if (!std::isfinite(steps) || std::abs(steps - std::round(steps)) < same_time) return;
    Diagnostic& uneven = warnings.emplace_back(
        warning(DiagnosticCode::uneven_time,
                fmt::format("`{}` of '{}' is {}, no multiple of dt: {} whole steps of {} count", name,
                            this->name(), ranvier::to_string(*time), std::floor(steps),
                            ranvier::to_string(AnyQuantity(clock().dt, dimensions::second)))));
    uneven.place = place;
    uneven.helped_by("give a multiple of dt, or shorten dt");
  };
  for (const Variable& variable : model_.variables) for_each_counted(variable.rhs, check);
  for (const Expr& condition : model_.conditions()) for_each_counted(condition, check);
  for (const Statement& statement : model_.statements()) for_each_counted(statement.value, check);
}

void Network::remark(const std::vector<Diagnostic>& warnings) {
  for (const Diagnostic& warning : warnings) {
    const std::string said = render(warning);
    if (std::ranges::find(remarks_, said, [](const Diagnostic& d) { return render(d); }) != remarks_.end())
      continue;
    remarks_.push_back(warning);
    warnings_.push_back(warning);
  }
}

/// Times are rounded products of a step's number and dt. Beyond 2^40 steps they are off by as much of a step
/// as may lie between the times of two clocks that are taken for one.
void Network::warn_of_many_steps(double end) {
  constexpr double most = 1099511627776;  // 2^40
  for (const auto& clock : clocks_) {
    const double steps = end / clock->dt;
    if (!(steps > most)) continue;
    remark({warning(DiagnosticCode::many_steps,
                    fmt::format("the run ends after {:.3g} steps of {} s, more than the 2^40 up to which the "
                                "times of steps are exact enough",
                                steps, clock->dt))
                .helped_by("make the step longer or the run shorter, or begin with a new network")});
    return;
  }
}

void Network::collect_warnings() {
  warnings_ = remarks_;
  Names used = used_names_;
  for (const auto& object : objects_) used.merge(object->names_in_texts());
  for (const auto& object : objects_) {
    warnings_.insert(warnings_.end(), object->warnings_.begin(), object->warnings_.end());
    object->warn(warnings_);
    const auto* variables = object->declared_variables();
    if (!variables) continue;
    Names own_used = spare_names_[object.get()];
    own_used.merge(Names(used));  // synapses see the constants of the groups that they join
    const Namespace& own = object->own_names();
    warn_of_unused("'" + object->name() + "'", own, own_used, warnings_);
    warn_of_hidden(object->name(), *variables, names_, warnings_);
    warn_of_ambiguous(object->name(), own, names_, used, warnings_);
  }
  warn_of_unused("the network", names_, used, warnings_);
  warnings_.insert(warnings_.end(), findings_.begin(), findings_.end());
}

}  // namespace ranvier
