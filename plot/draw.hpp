#pragma once
#include <ranvier/plot/canvas.hpp>
#include <ranvier/plot/content.hpp>
#include <ranvier/plot/layout.hpp>

namespace ranvier::plot {

/// Draws a figure that was laid out.
void draw(const Content& content, const Layout& layout, Canvas& canvas);

}  // namespace ranvier::plot
