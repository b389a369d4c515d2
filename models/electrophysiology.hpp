#pragma once
#include <optional>

#include <ranvier/compiler/quantity.hpp>
#include <ranvier/models/problems.hpp>

namespace ranvier {

/// What a user says about the passive membrane: cm_abs and gl_abs, or the four others.
struct PassiveOptions {
  std::optional<Length> length{};
  std::optional<Length> diameter{};
  std::optional<SpecificCapacitance> cm{};
  std::optional<SpecificConductance> gl{};
  std::optional<Capacitance> cm_abs{};
  std::optional<Conductance> gl_abs{};
};

/// What follows from it. `area` is absent where absolute values were given.
struct Electrophysiology {
  std::optional<Area> area{};
  std::optional<Capacitance> capacitance{};
  std::optional<Conductance> g_leakage{};
};

/// The mantle of an open cylinder, pi * length * diameter (of a sphere, if both are equal), times the
/// specific values; or the absolute values as given. Adds a problem for both ways at once, half of one, none,
/// and values out of range.
Electrophysiology electrophysiology(const PassiveOptions& options, Problems& problems);

}  // namespace ranvier
