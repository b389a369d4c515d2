#pragma once
#include <string>
#include <vector>

#include <ranvier/plot/figure.hpp>
#include <ranvier/tools/built.hpp>

namespace ranvier::tool {

/// What was recorded under one name, also before edits; the oldest first.
struct Recordings {
  std::string name;
  MonitorKind kind;
  std::string source;  // handle
  std::vector<const Recorded*> parts;
};
std::vector<Recordings> recordings(const std::vector<const Built*>& built);

/// Writes what was recorded to a folder, which is made if it is not there: for each recording a CSV file, the
/// columns as NPY, HDF5 if the library has it. What has more than `most_values` is written as NPY alone, at
/// the speed of the disk. Returns the names of the files. Throws NetworkError.
std::vector<std::string> write_results(const std::vector<Recordings>& all, const std::string& folder,
                                       double most_values);
/// Draws what was recorded, to the same folder. Returns the name of the file; "" if there is nothing to
/// draw. Throws FigureError.
std::string draw_results(const std::vector<Recordings>& all, const std::string& folder);

/// Spikes, traces and rates below each other. Nothing to draw: false.
bool draw_overview(plot::Figure& figure, const std::vector<Recordings>& all);

/// A line about each recording: "cells_spikes: 1234 spikes of 700 neurons, 4.94 Hz".
std::string summary(const std::vector<Recordings>& all, double seconds);

}  // namespace ranvier::tool
