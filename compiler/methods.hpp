#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <ranvier/compiler/quantity.hpp>
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

/// Options of the adaptive methods. Absent ones have the values in brackets.
struct MethodOptions {
  /// Largest estimated error of an inner step, in the SI unit of each variable [1e-6].
  std::optional<double> absolute_error = {};
  /// The same for single variables, with their units: {{"v", 1*mV}}.
  std::map<std::string, AnyQuantity> absolute_error_per_variable = {};
  /// Inner steps that one step may take, those that are tried in vain among them [100].
  std::optional<int> max_steps = {};
  /// Whether a neuron begins a step with the inner step it last used [true].
  std::optional<bool> use_last_timestep = {};
  /// False: there is one inner step, as long as the time step, which must reach the tolerance [true].
  std::optional<bool> adaptable_timestep = {};
  /// Whether to keep, for each neuron, how many inner steps of the last step were in vain (`_failed_steps`),
  /// and how many there were (`_step_count`) [false].
  std::optional<bool> save_failed_steps = {};
  std::optional<bool> save_step_count = {};
};

/// Variables of a group with an adaptive method: whether the last step missed its tolerance, the last inner
/// step [s], and what MethodOptions asks to keep.
inline constexpr const char* step_failed = "_failed";
inline constexpr const char* last_timestep = "_last_timestep";
inline constexpr const char* failed_steps = "_failed_steps";
inline constexpr const char* step_count = "_step_count";

/// One line of a method's text, ready to be written for each variable of a system.
struct Stage {
  std::string name;        // x_new: the new state
  Expr drift;              // empty: nothing
  Expr noise;              // what each noise adds; empty: nothing
  bool per_noise = false;  // it has a value for each noise
  Expr gamma;              // given: it is k with (1 - gamma dt J) k = drift, J the slopes of all rates
};

/// The lines of a method's text, read and checked.
struct MethodText {
  std::vector<Stage> stages;
  NoiseKind noise = NoiseKind::none;
  bool one_noise = false;  // it evaluates f where a noise has acted, which is defined for a single noise only
  bool adaptive = false;   // it has a line x_error, an estimate of the error of x_new
  bool implicit = false;   // some lines are implicit
};

}  // namespace ranvier
