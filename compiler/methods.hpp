#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <ranvier/grammar/ast.hpp>

namespace ranvier {

/// The noise that a method can integrate, each kind a part of the next. Additive: factors keep their value
/// over a step. Diagonal: an equation has at most one noise, and no two equations the same one.
/// Multiplicative: any factors.
enum class NoiseKind : std::uint8_t { none, additive, diagonal, multiplicative };

/// How new values come about.
enum class Solver : std::uint8_t {
  stages,      // as the lines of the method's text say
  exact,       // the exponential of a linear system
  exponential  // the same of each equation alone, the other variables held as they are
};

/// An integration method: a row of a table.
struct Method {
  std::string_view name;
  Solver solver = Solver::stages;
  NoiseKind noise = NoiseKind::none;
  /// Lines `name = expression` in the user's notation, written for one variable x: over x, t, dt, what lines
  /// before have defined, the rate f(x, t), and of each noise its factor g(x, t) and its increment dW over
  /// the step. A line that has to do with g or dW stands for one such line for each noise; in `x_new`, the
  /// new state, terms with them are added up over the noises of the equation. All lines are computed for all
  /// variables before anything is stored.
  std::string_view text{};
};

std::span<const Method> methods();
/// By name, ignoring case, or by another name of it ("linear" is "exact"); nullptr if unknown.
const Method* find_method(std::string_view name);

/// The method that is nearest to a name that means none: a misspelt one, one of books and other simulators;
/// "" if there is none.
std::string nearest_method(std::string_view name);

/// One line of a method's text, ready to be written for each variable of a system.
struct Stage {
  std::string name;        // x_new: the new state
  Expr drift;              // empty: nothing
  Expr noise;              // what each noise adds; empty: nothing
  bool per_noise = false;  // it has a value for each noise
};

/// The lines of a method's text, read and checked.
struct MethodText {
  std::vector<Stage> stages;
  NoiseKind noise = NoiseKind::none;
  bool one_noise = false;  // it evaluates f where a noise has acted, which is defined for a single noise only
};

}  // namespace ranvier
