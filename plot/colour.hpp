#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace ranvier::plot {

struct Colour {
  std::uint8_t red = 0, green = 0, blue = 0;
  double alpha = 1;
  friend bool operator==(const Colour&, const Colour&) = default;
};

/// A colour from its CSS name ("crimson", any case), "#rgb" or "#rrggbb". Throws FigureError for anything
/// else, with the nearest name.
Colour parse_colour(std::string_view text);

/// The n-th colour of the default cycle: Okabe and Ito's palette, which people with any colour vision can
/// tell apart (its yellow is left out: it vanishes on white).
Colour cycle_colour(std::size_t n);

}  // namespace ranvier::plot
