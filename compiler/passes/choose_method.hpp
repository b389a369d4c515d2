#pragma once
#include <optional>

#include <ranvier/compiler/methods.hpp>
#include <ranvier/compiler/model.hpp>
#include <ranvier/compiler/passes/linear.hpp>
#include <ranvier/grammar/diagnostics.hpp>

namespace ranvier::pass {

/// The method that integrates a system, and why this one.
struct Choice {
  const Method* method = nullptr;      // nullptr after an error
  std::string reason;                  // a sentence
  std::optional<LinearSystem> linear;  // given for `exact`
};

/// The method that the user named, if it is applicable; otherwise the first of exact and euler that the
/// reference would take (see reference_solves), so that automatic choice gives the reference's
/// numbers. Reports a named method that is not applicable.
Choice choose_method(const System& system, const GroupModel& group, const Scope& scope,
                     Diagnostics& diagnostics);

}  // namespace ranvier::pass
