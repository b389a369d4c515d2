#pragma once
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include <ranvier/compiler/compile.hpp>

namespace ranvier {

/// What is wanted of a pathway, and the length of its steps [s] if it is known.
struct PathwayUse {
  bool rows = false;
  bool list = false;
  std::optional<double> step{};
};

/// The code of a pathway over all synapses of source neurons, and over given synapses.
struct PathwayKernels {
  std::optional<Kernel> rows;
  std::optional<Kernel> list;
};

/// A variable of the neurons of one side that synapses sum into, in every step anew.
struct SumKernel {
  std::string variable;  // as the neurons call it
  bool pre = false;      // those of the source
  Kernel kernel;         // adds what each synapse contributes
};

/// What synapses execute: at events, and in every step.
struct SynapsesKernels {
  std::vector<PathwayKernels> pathways;  // in the order of the model
  ConstantKernels constants;
  std::optional<Kernel> update;  // of the clock-driven equations
  std::vector<SumKernel> sums;
  std::string method;  // as in GroupKernels
  std::string reason;
  std::vector<Diagnostic> warnings;
  std::set<std::string> fixed{};  // constants for whose values alone this holds
};

/// All names must be known now. Throws ModelError with every problem of the equations and the code. `step`
/// [s]: the length of the steps of the equations, if it is known. `uses`: one for each pathway; none: rows
/// for what follows the source, a list for what follows the target.
SynapsesKernels compile_synapses(const SynapsesModel& synapses, const Namespace& names,
                                 CompileTimes* times = nullptr, std::optional<double> step = {},
                                 std::span<const PathwayUse> uses = {});

/// The hidden arrays with a number for each synapse that this code will look at, besides the targets that
/// there are in any case: "_sources", "_multisynaptic". `uses`: one for each pathway.
std::set<std::string> arrays_of_structure(const SynapsesModel& synapses, std::span<const PathwayUse> uses);

}  // namespace ranvier
