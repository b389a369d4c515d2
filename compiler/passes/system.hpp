#pragma once
#include <optional>
#include <string>
#include <vector>

#include <ranvier/compiler/kernel.hpp>

namespace ranvier::pass {

/// White noise of one name in an equation, and what it is multiplied by.
struct NoiseTerm {
  std::string name;  // xi, xi_a: equal names are one noise, in whatever equations they are
  Expr factor;
  Place place;  // of the name
};

/// d(variable)/dt = rhs + the sum of factor*noise, with subexpressions inlined. A clamped variable keeps its
/// value while its element is refractory.
struct Rate {
  std::string variable;
  Expr rhs;
  bool clamped = false;
  std::vector<NoiseTerm> noise{};
};
using System = std::vector<Rate>;

/// What integrating a system over one step amounts to: new values of all variables from the old state, stored
/// last.
struct Step {
  std::vector<Assign> body;
  std::vector<Propagator> propagators;
  std::optional<Repeat> repeat{};
};

/// What code of synapses with event-driven equations reads besides: the step of each one's last event, and of
/// the synapses' clock the step that it is at and the length of its steps [s]. A pathway may run on another.
inline constexpr const char* last_step = "_last_step";
inline constexpr const char* current_step = "_current_step";
inline constexpr const char* own_dt = "_own_dt";
/// The column that is true where an element is not refractory.
inline constexpr const char* not_refractory = "not_refractory";

}  // namespace ranvier::pass
