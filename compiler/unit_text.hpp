#pragma once
#include <optional>
#include <string>

#include <ranvier/compiler/dimension.hpp>
#include <ranvier/compiler/types.hpp>
#include <ranvier/grammar/diagnostics.hpp>
#include <ranvier/grammar/limits.hpp>

namespace ranvier {

/// What stands behind the colon of an equation: a dimension, or one of the words boolean and integer.
struct DeclaredUnit {
  Dimension dimension{};
  Type type = Type::real;
};

/// Reads `volt`, `siemens/metre**2`, `volt**0.5`, `1/second`, `1`, `boolean`, `integer`. Only units of scale
/// 1 are allowed, so that the stored number and the declared unit never differ by a factor. Problems are
/// reported inside `place`; where the text says well enough what was meant (`mV`, `bool`), that is returned
/// all the same, so that later checks can go on; otherwise nullopt.
std::optional<DeclaredUnit> parse_unit_text(const std::string& text, const Place& place,
                                            Diagnostics& diagnostics, const Limits& limits = {});

}  // namespace ranvier
