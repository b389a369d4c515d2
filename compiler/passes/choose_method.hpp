#pragma once
#include <optional>

#include <ranvier/compiler/methods.hpp>
#include <ranvier/compiler/model.hpp>
#include <ranvier/compiler/passes/jacobian.hpp>
#include <ranvier/grammar/diagnostics.hpp>

namespace ranvier::pass {

/// The method that integrates a system, and why this one.
struct Choice {
  const Method* method = nullptr;      // nullptr after an error
  std::string reason;                  // a sentence
  std::optional<LinearSystem> linear;  // given for the solvers that need the coefficients
  const MethodText* text = nullptr;    // given for those that have lines
  std::optional<Jacobian> jacobian{};  // given for implicit lines
};

/// The linear system, if `exact` can solve it.
std::variant<LinearSystem, NotLinear> solvable(const System& system, const Scope& scope);

/// The first of the methods that the user named which takes the equations. Without a name the first of exact,
/// euler and heun that the reference would take (see reference_solves), so that automatic choice gives the
/// reference's numbers; with `native`, exact wherever it is possible. Reports if there is none, with the
/// reasons of all. What it returns refers to `wish`.
Choice choose_method(const System& system, const MethodWish& wish, const Scope& scope,
                     Diagnostics& diagnostics);

}  // namespace ranvier::pass
