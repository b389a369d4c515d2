#pragma once
#include <optional>
#include <string>
#include <string_view>

#include <ranvier/compiler/dimension.hpp>

namespace ranvier::plot {

/// The unit of an axis or of data: "mV" has scale 1e-3 and the dimension of a voltage. Units outside the
/// table ("nS/um2") keep their text, have scale 1 and no dimension, and are never converted.
struct AxisUnit {
  std::string symbol;  // as drawn: "mV", "µS", "Ω"; empty for pure numbers
  double scale = 1;    // in SI base units
  std::optional<Dimension> dimension = Dimension{};
  bool prefixed = false;
};

/// The unit called `text`: a symbol or a name with an optional prefix ("mV", "nsiemens", "kHz"); "" and "1"
/// are numbers.
AxisUnit axis_unit(std::string_view text);

/// The unit between the last parentheses of an axis label, "Time (s)", if the table has it.
std::optional<AxisUnit> unit_in_label(std::string_view label);

/// True if values can be converted from one to the other.
bool compatible(const AxisUnit& a, const AxisUnit& b);

/// `unit` with the prefix that brings `largest` (SI) between 1 and 1000: 0.07 in volt is drawn in mV. Units
/// of the table without prefix only; others, and hertz, stay.
AxisUnit with_prefix_for(const AxisUnit& unit, double largest);

}  // namespace ranvier::plot
