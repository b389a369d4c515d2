#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include <ranvier/compiler/types.hpp>

namespace ranvier {

/// What a function asks of the dimension of its arguments, and what it returns.
enum class DimensionRule : std::uint8_t {
  one_to_one,    // dimensionless arguments, dimensionless result: sin
  root,          // any, square root of it: sqrt
  same,          // all arguments alike, result like them: abs, floor, clip
  any_to_one,    // any, dimensionless: sign
  like_to_one,   // all arguments alike, dimensionless: arctan2
  times_to_one,  // seconds, seconds, dimensionless: timestep
};
/// The type of the result.
enum class TypeRule : std::uint8_t { real, integer, highest };

/// One row per function of the language. To add a function, add a row, and its name for each back end.
struct Builtin {
  std::string_view name;
  int arity;
  DimensionRule dimension;
  TypeRule type;
  bool stateless;               // rand() and randn() are not
  std::string_view derivative;  // by each argument, in the user's notation, over x, y, z, parted by `;`; "":
                                // it has none
  std::string_view sleef;  // stem of SLEEF's name ("exp_u10": Sleef_..._expd8_u10...); "" if emitted directly
  bool extension = false;  // the reference does not have it; its name is free for variables and constants
};

std::span<const Builtin> builtins();
/// The row, or nullptr.
const Builtin* find_builtin(std::string_view name);

/// Names with a fixed value: pi, e, inf.
struct NamedConstant {
  std::string_view name;
  double value;
};
std::span<const NamedConstant> named_constants();

}  // namespace ranvier
