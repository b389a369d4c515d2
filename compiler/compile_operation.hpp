#pragma once
#include <ranvier/compiler/compile.hpp>

/// Code of a group or of synapses that runs for all elements at once, apart from the model's own texts.
namespace ranvier {

/// Statements about what has one value for all elements are executed once, before those for each element.
/// What these need of the former is carried over in the hidden columns "_carried_<k>" of both kernels, arrays
/// of one entry.
struct OperationKernels {
  std::optional<Kernel> shared;  // for one element; only if the code writes shared variables
  std::optional<Kernel> each;
  std::vector<Diagnostic> warnings;
  std::set<std::string> fixed{};  // constants for whose values alone this holds
};

/// Parses and checks everything that needs no namespace. `shared_writes`: it may write shared variables; code
/// of events may not. Throws ModelError with every problem found.
Code declare_operation(const GroupModel& group, const SourcePtr& code, const Namespace& known = {},
                       CompileTimes* times = nullptr, bool shared_writes = true);
Code declare_operation(const SynapsesModel& synapses, const SourcePtr& code, const Namespace& known = {},
                       CompileTimes* times = nullptr);

/// The same for code that was put together of parsed parts.
void check_operation(const GroupModel& group, const Code& code, const Namespace& known = {},
                     CompileTimes* times = nullptr);

/// All names must be known now. Variables that are protected while refractory stay so. `part`: they run
/// for some of the elements, one behind the other. Throws ModelError with every problem of the code.
OperationKernels compile_operation(const GroupModel& group, const Code& code, const Namespace& names,
                                   bool part = false, CompileTimes* times = nullptr,
                                   std::optional<double> step = {});
OperationKernels compile_operation(const SynapsesModel& synapses, const Code& code, const Namespace& names,
                                   bool part = false, CompileTimes* times = nullptr,
                                   std::optional<double> step = {});

}  // namespace ranvier
