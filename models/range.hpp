#pragma once
#include <cstdint>
#include <string>

#include <ranvier/compiler/quantity.hpp>
#include <ranvier/models/problems.hpp>

namespace ranvier {

/// Which values a parameter of a template can have. All must be finite.
enum class Range : std::uint8_t { any, not_negative, positive };

/// Adds a problem if `value` is outside `range`; `what` names it: "t_decay".
void check_range(const std::string& what, const AnyQuantity& value, Range range, Problems& problems);

}  // namespace ranvier
