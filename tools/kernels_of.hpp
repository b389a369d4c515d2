#pragma once
#include <vector>

#include <ranvier/compiler/kernel.hpp>
#include <ranvier/tools/session.hpp>

namespace ranvier::tool {

/// A kernel, and how often it runs.
enum class Often { step, event };
struct UsedKernel {
  Kernel kernel;
  Often often = Often::step;  // for every element in each step, or for those that had an event
};

/// The kernels that the texts of a group or of synapses become, in the order of a step.
std::vector<UsedKernel> kernels_of(Session& session, const Step& step);

}  // namespace ranvier::tool
