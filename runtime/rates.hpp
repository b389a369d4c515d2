#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace ranvier {

/// A window of unit sum, with an odd number of steps of `dt` [s]. "flat": 2*round(width/(2 dt)) + 1 equal
/// ones; "gaussian": exp(-x^2 / (2 width^2)), cut at 2*width. Throws NetworkError.
std::vector<double> smoothing_window(std::string_view kind, double width, double dt);
/// The given window, scaled to unit sum. Throws NetworkError unless its length is odd and its sum positive.
std::vector<double> smoothing_window(std::vector<double> window);

/// Adds `height` times the window to `rates`, with its middle at `step`; what lies beyond the ends is left
/// out.
void add_window(std::span<const double> window, std::int64_t step, double height, std::span<double> rates);

/// The steps of a bin [s]: the nearest whole number. Throws NetworkError if it is not that many steps long.
std::int64_t steps_of_bin(double bin, double dt);

}  // namespace ranvier
