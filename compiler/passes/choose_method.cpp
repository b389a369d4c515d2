#include <ranvier/compiler/passes/choose_method.hpp>

#include <numeric>

#include <ranvier/compiler/passes/dependency.hpp>
#include <ranvier/compiler/passes/integrate_exact.hpp>
#include <ranvier/compiler/passes/noise.hpp>
#include <ranvier/compiler/passes/reference_solves.hpp>
#include <ranvier/compiler/text.hpp>

namespace ranvier::pass {
namespace {

using enum DiagnosticCode;

/// The linear system if `exact` can take it.
std::variant<LinearSystem, NotLinear> solvable(const System& system, const Scope& scope) {
  auto result = linear(system, scope);
  const auto* found = std::get_if<LinearSystem>(&result);
  if (!found) return result;
  Variables all(system.size());
  std::iota(all.begin(), all.end(), 0);
  for (const Variables& members : weak_components(*found, all)) {
    if (members.size() <= most_coupled) continue;
    const Rate& first = system[members.front()];
    return NotLinear{text("d", first.variable, "/dt is coupled to ", members.size() - 1,
                          " other equations; at most ", most_coupled, " together can be solved exactly"),
                     first.rhs->place};
  }
  return result;
}

std::string description(const Multiplicative& noise) {
  return text("d", noise.variable, "/dt multiplies `", noise.noise, "` by `", noise.reads,
              "`, which changes during a step");
}
constexpr const char* for_multiplicative =
    "such noise needs `heun`, or `milstein`, which are planned, not built yet";

/// Whether a named method can integrate the noise of a system, if it has any; reports if not.
bool takes_noise(const Method& method, const System& system, const Scope& scope, Diagnostics& diagnostics) {
  const NoiseTerm* noise = first_noise(system);
  if (!noise) return true;
  if (method.noise == NoiseKind::none) {
    diagnostics
        .error(
            method_not_applicable, noise->place,
            text("the method `", method.name, "` cannot integrate noise, such as `", noise->name, "` here"))
        .helped_by("use `euler`, or leave the method out");
    return false;
  }
  const auto multiplicative = multiplicative_noise(system, scope);
  if (!multiplicative) return true;
  diagnostics
      .error(method_not_applicable, multiplicative->place,
             text("the method `", method.name,
                  "` needs noise with a factor that keeps its value: ", description(*multiplicative)))
      .helped_by(for_multiplicative);
  return false;
}

Choice named_method(const Method& method, const Place& name, const System& system, const Scope& scope,
                    Diagnostics& diagnostics) {
  if (!takes_noise(method, system, scope, diagnostics)) return {};
  Choice choice{&method, "it was asked for", {}};
  if (!method.needs_linear) return choice;
  auto result = solvable(system, scope);
  if (auto* found = std::get_if<LinearSystem>(&result)) {
    choice.linear = std::move(*found);
    return choice;
  }
  const auto& refusal = std::get<NotLinear>(result);
  diagnostics
      .error(method_not_applicable, refusal.place,
             text("the method `exact` cannot integrate this: ", refusal.reason))
      .helped_by("use `euler` or `rk4`, or leave the method out")
      .fixed_by(name, "euler");  // what is chosen if it is left out
  return {};
}

Choice method_for_noise(const System& system, const Scope& scope, Diagnostics& diagnostics) {
  const auto multiplicative = multiplicative_noise(system, scope);
  if (!multiplicative)
    return {
        find_method("euler"), "the equations have noise, with factors that keep their value over a step", {}};
  diagnostics
      .error(no_method, multiplicative->place,
             text("no method integrates this noise: ", description(*multiplicative)))
      .helped_by(for_multiplicative);
  return {};
}

Choice automatic_method(const System& system, const Scope& scope, Diagnostics& diagnostics) {
  if (first_noise(system)) return method_for_noise(system, scope, diagnostics);
  const Method* euler = find_method("euler");
  auto result = solvable(system, scope);
  if (const auto* refusal = std::get_if<NotLinear>(&result)) {
    return {euler, "exact is not possible: " + refusal->reason, {}};
  }
  auto& found = std::get<LinearSystem>(result);
  const std::string declined = why_reference_declines(system, found);
  if (!declined.empty()) {
    return {euler,
            text("Brian2 does not solve these linear equations exactly: ", declined,
                 "; ask for `exact` to have them solved"),
            {}};
  }
  return {find_method("exact"), "the equations are linear, with coefficients constant over a step",
          std::move(found)};
}

}  // namespace

Choice choose_method(const System& system, const GroupModel& group, const Scope& scope,
                     Diagnostics& diagnostics) {
  if (group.method.empty()) return automatic_method(system, scope, diagnostics);
  const Method* named = find_method(group.method);
  return named ? named_method(*named, group.method_place, system, scope, diagnostics)
               : Choice{};  // an unknown one is reported already
}

}  // namespace ranvier::pass
