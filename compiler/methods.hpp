#pragma once
#include <cstdint>
#include <span>
#include <string_view>

namespace ranvier {

/// One line of an explicit method: `name = expression` in the user's notation, over x (the state), t, dt,
/// f(x, t). A term with dW stands for one such term per noise, with that noise's factor g(x, t) and its
/// increment dW over the step; without noise there is none. The last stage is x itself: the new state. All
/// stages of all variables are computed before any is stored.
struct Stage {
  std::string_view name;
  std::string_view expression;
};

/// The noise that a method can integrate. Additive: factors keep their value over a step.
enum class NoiseKind : std::uint8_t { none, additive };

/// An integration method: what it accepts and, for explicit ones, its stages.
struct Method {
  std::string_view name;
  bool needs_linear;  // coefficients constant over a step
  NoiseKind noise;
  std::span<const Stage> stages;  // empty: `exact`
};

std::span<const Method> methods();
/// By name, ignoring case ("linear" is another name of "exact"); nullptr if unknown.
const Method* find_method(std::string_view name);

}  // namespace ranvier
