#pragma once
#include <string>

#include <ranvier/models/playground.hpp>

namespace ranvier::tool {

/// What a terminal shows of a playground: the trace, drawn with braille characters, and a line for each
/// slider; `chosen` is marked. `columns` wide, at most `rows` high, as far as the sliders leave room for it.
std::string playground_screen(const Playground& playground, const PlaygroundTrace& trace, std::size_t chosen,
                              int columns, int rows);

/// Lets a person turn the sliders with the keys of the terminal until `q` or the end of the input. Returns
/// the exit status. Needs a terminal at both ends.
int playground_view(Playground& playground);

}  // namespace ranvier::tool
