#pragma once
#include <filesystem>
#include <memory>
#include <string_view>

#include <ranvier/plot/canvas.hpp>

namespace ranvier::plot {

/// The canvas for the format that the extension of `path` names. Throws FigureError with the list of formats.
std::unique_ptr<Canvas> canvas_for(const std::filesystem::path& path, PageSize size, double dpi,
                                   const std::string& title);

/// Writes a file as a whole or not at all, through a temporary file beside it. Throws FigureError with the
/// system's reason; a file that was there before stays as it was.
void write_whole(const std::filesystem::path& path, std::string_view bytes);

}  // namespace ranvier::plot
