#pragma once
#include <string>

#include <ranvier/plot/content.hpp>

namespace ranvier::plot {

/// The figure as lines of text, drawn with braille characters (2 by 4 dots each), with the ends of the axes
/// written beside them. Throws FigureError if `columns` or `rows` leave no room.
std::string draw_terminal(const Content& content, int columns, int rows);

}  // namespace ranvier::plot
