#pragma once
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <ranvier/compiler/compile.hpp>

namespace ranvier {

/// A variable of the neurons of one side that synapses sum into, in every step anew.
struct SumKernel {
  std::string variable;  // as the neurons call it
  bool pre = false;      // those of the source
  Kernel kernel;         // adds what each synapse contributes
};

/// What synapses do in every step, whether or not there are events.
struct SynapsesStep {
  std::optional<Kernel> update;  // of the clock-driven equations
  std::vector<SumKernel> sums;
  std::string method;  // as in GroupKernels
  std::string reason;
  std::vector<Diagnostic> warnings;
  std::set<std::string> fixed{};
};

/// All names must be known now. Throws ModelError with every problem of the equations.
SynapsesStep compile_step(const SynapsesModel& synapses, const Namespace& names,
                          CompileTimes* times = nullptr, std::optional<double> step = {});

}  // namespace ranvier
