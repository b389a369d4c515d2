#pragma once
#include <string>
#include <string_view>

namespace ranvier::plot {

/// Text that every back end can draw: bytes that are not UTF-8 become U+FFFD, control characters become
/// spaces.
std::string clean_text(std::string_view text);

/// `text` (clean) as the content of an XML element or attribute.
std::string escape_xml(std::string_view text);

/// Width of `text` (clean) in units of the font size, from the advance widths of DejaVu Sans; its look-alikes
/// are not wider. One table for all back ends, so that a figure is laid out the same in each of them.
double text_width(std::string_view text);

/// `text` if it is at most `width` wide, else its longest beginning that fits with an ellipsis.
std::string elide(std::string_view text, double width);

/// Distance from the centre of a line of digits or capitals down to its baseline, in units of the font size.
inline constexpr double baseline_drop = 0.36;

}  // namespace ranvier::plot
