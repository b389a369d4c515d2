#include <ranvier/compiler/passes/choose_method.hpp>

#include <algorithm>
#include <numeric>
#include <set>

#include <ranvier/compiler/passes/check_calls.hpp>
#include <ranvier/compiler/passes/dependency.hpp>
#include <ranvier/compiler/passes/integrate_exact.hpp>
#include <ranvier/compiler/passes/method_text.hpp>
#include <ranvier/compiler/passes/noise.hpp>
#include <ranvier/compiler/passes/reference_solves.hpp>
#include <ranvier/compiler/text.hpp>

namespace ranvier::pass {
namespace {

using enum DiagnosticCode;

/// Why a method does not take a system: a clause and its place; and a method that does.
struct Refusal {
  std::string reason;
  Place place;
  const char* instead;
};
using Attempt = std::variant<Choice, Refusal>;

std::string description(const Multiplicative& noise) {
  return text("d", noise.variable, "/dt multiplies `", noise.noise, "` by `", noise.reads,
              "`, which changes during a step");
}

/// An equation with two noises, or a noise in two equations.
std::optional<Refusal> not_diagonal(const System& system) {
  std::set<std::string> seen;
  for (const Rate& rate : system) {
    for (const NoiseTerm& term : rate.noise)
      if (!seen.insert(term.name).second)
        return Refusal{text("`", term.name, "` is in more than one equation"), term.place, "heun"};
    if (rate.noise.size() > 1)
      return Refusal{text("d", rate.variable, "/dt has more than one noise"), rate.noise[1].place, "heun"};
  }
  return std::nullopt;
}

/// Why a method cannot integrate the noise of a system. Without lines it takes none.
std::optional<Refusal> refuse_noise(const MethodText* lines, const System& system, const Scope& scope) {
  const NoiseTerm* noise = first_noise(system);
  const NoiseKind kind = lines ? lines->noise : NoiseKind::none;
  const bool one_noise = lines && lines->one_noise;
  if (!noise || (kind == NoiseKind::multiplicative && !one_noise)) return std::nullopt;
  const auto multiplicative = multiplicative_noise(system, scope);
  if (kind == NoiseKind::none)
    return Refusal{text("it takes no noise, such as `", noise->name, "` here"), noise->place,
                   multiplicative ? "heun" : "euler"};
  if (kind == NoiseKind::additive && multiplicative)
    return Refusal{"it needs noise with a factor that keeps its value: " + description(*multiplicative),
                   multiplicative->place, "heun"};
  if (kind == NoiseKind::diagonal)
    if (auto refusal = not_diagonal(system)) return refusal;
  if (!one_noise) return std::nullopt;
  for (const Rate& rate : system)
    for (const NoiseTerm& term : rate.noise)
      if (term.name != noise->name)
        return Refusal{text("it evaluates f where one noise has acted, and there are `", noise->name,
                            "` and `", term.name, "`"),
                       term.place, "heun"};
  return std::nullopt;
}

Attempt with_coefficients(std::variant<LinearSystem, NotLinear> result, Choice choice) {
  if (const auto* refusal = std::get_if<NotLinear>(&result))
    return Refusal{refusal->reason, refusal->place, "euler"};
  choice.linear = std::move(std::get<LinearSystem>(result));
  return choice;
}

Attempt with_slopes(std::variant<Jacobian, NotDifferentiable> result, Choice choice) {
  if (const auto* refusal = std::get_if<NotDifferentiable>(&result))
    return Refusal{refusal->reason, refusal->place, "rk4"};
  choice.jacobian = std::move(std::get<Jacobian>(result));
  return choice;
}

/// Rates that are another at every evaluation have no error that could be estimated.
std::optional<Refusal> refuse_random(const System& system, const Scope& scope) {
  for (const Rate& rate : system)
    if (is_stateful(rate.rhs, scope))
      return Refusal{text("d", rate.variable,
                          "/dt is another at every evaluation: it draws random numbers, or "
                          "calls a function that is not stateless"),
                     rate.rhs->place, "euler"};
  return std::nullopt;
}

Attempt attempt(const MethodCandidate& candidate, const System& system, const Scope& scope) {
  Choice choice{candidate.method, "it was asked for", {}, candidate.own.get(), {}};
  const Method& method = *choice.method;
  if (method.solver == Solver::stages && !choice.text) choice.text = &text_of(method);
  if (auto refusal = refuse_noise(choice.text, system, scope)) return *refusal;
  if (choice.text && choice.text->adaptive)
    if (auto refusal = refuse_random(system, scope)) return *refusal;
  if (choice.text && choice.text->implicit) return with_slopes(jacobian(system, scope), choice);
  if (method.solver == Solver::exact) return with_coefficients(solvable(system, scope), choice);
  if (method.solver == Solver::exponential)
    return with_coefficients(conditionally_linear(system, scope), choice);
  return choice;
}

/// What a person calls a candidate.
std::string name_of(const MethodCandidate& candidate) {
  return candidate.own ? "of your own" : text("`", candidate.method->name, "`");
}

Choice wished(const MethodWish& wish, const System& system, const Scope& scope, Diagnostics& diagnostics) {
  const auto& candidates = wish.candidates;
  std::vector<Refusal> refusals;
  for (const MethodCandidate& candidate : candidates) {
    Attempt result = attempt(candidate, system, scope);
    if (auto* refusal = std::get_if<Refusal>(&result)) {
      refusals.push_back(std::move(*refusal));
      continue;
    }
    Choice choice = std::move(std::get<Choice>(result));
    if (candidates.size() > 1)
      choice.reason = refusals.empty() ? "it is the first that was asked for"
                                       : text("it is the first of those asked for that is possible; ",
                                              name_of(candidates[refusals.size() - 1]),
                                              " is not: ", refusals.back().reason);
    return choice;
  }
  if (refusals.size() == 1) {
    const Refusal& only = refusals[0];
    Diagnostic& error = diagnostics.error(
        method_not_applicable, only.place,
        text("the method ", name_of(candidates[0]), " cannot integrate this: ", only.reason));
    error.helped_by(text("use `", only.instead, "`, or leave the method out"));
    if (!candidates[0].own) error.fixed_by(candidates[0].place, only.instead);
    return {};
  }
  const Place all{candidates[0].place.source,
                  {candidates[0].place.span.begin, candidates.back().place.span.end}};
  Diagnostic& error = diagnostics.error(no_method, all, "none of these methods can integrate the equations");
  for (std::size_t k = 0; k < refusals.size(); ++k)
    error.note(text(name_of(candidates[k]), ": ", refusals[k].reason), refusals[k].place);
  error.helped_by("leave the method out to have one chosen");
  return {};
}

Choice by_name(const char* name, std::string reason) {
  const Method* method = find_method(name);
  return {method, std::move(reason), {}, &text_of(*method), {}};
}

Choice automatic(const System& system, bool native, const Scope& scope) {
  if (first_noise(system)) {
    const auto multiplicative = multiplicative_noise(system, scope);
    return multiplicative
               ? by_name("heun", "the factor of a noise changes: " + description(*multiplicative))
               : by_name("euler", "the equations have noise, with factors that keep their value over a step");
  }
  auto result = solvable(system, scope);
  if (const auto* refusal = std::get_if<NotLinear>(&result))
    return by_name("euler", "exact is not possible: " + refusal->reason);
  auto& found = std::get<LinearSystem>(result);
  const std::string declined = why_reference_declines(system, found);
  if (!declined.empty() && !native)
    return by_name("euler", text("Brian2 does not solve these linear equations exactly: ", declined,
                                 "; ask for `exact` or `native` to have them solved"));
  const char* linear = "the equations are linear, with coefficients constant over a step";
  return {find_method("exact"),
          declined.empty() ? linear : text(linear, " (Brian2 would take euler: ", declined, ")"),
          std::move(found),
          nullptr,
          {}};
}

}  // namespace

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

Choice choose_method(const System& system, const MethodWish& wish, const Scope& scope,
                     Diagnostics& diagnostics) {
  if (wish.candidates.empty()) return automatic(system, wish.native, scope);
  return wished(wish, system, scope, diagnostics);
}

}  // namespace ranvier::pass
