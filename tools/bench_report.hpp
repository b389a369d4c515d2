#pragma once
#include <span>
#include <string>

#include <ranvier/plot/figure.hpp>
#include <ranvier/tools/bench_measure.hpp>
#include <ranvier/tools/machine_probe.hpp>

// Measurements as text, as JSON, as a picture.
namespace ranvier::tool {

/// All measurements of a model, with the one by hand first if there is one.
using MeasuredModel = std::vector<Measured>;

std::string limits_text(const MachineLimits& limits);
std::string steps_heading();
/// A line for each setting. Speeds are beside what was written by hand.
std::string steps_table(const MeasuredModel& model);
/// What compiling each of the models took, by phase.
std::string compile_table(std::span<const MeasuredModel> models);
std::string bench_json(const MachineLimits& limits, std::span<const MeasuredModel> models);
/// Over the SIMD width: how long a step takes, and how fast that is beside what was written by hand.
plot::Figure bench_figure(std::span<const MeasuredModel> models);

}  // namespace ranvier::tool
