#pragma once
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <ranvier/compiler/equations_text.hpp>
#include <ranvier/compiler/kernel.hpp>
#include <ranvier/compiler/model.hpp>
#include <ranvier/compiler/namespace.hpp>
#include <ranvier/grammar/diagnostics.hpp>

/// The table of contents of the compiler: from the texts of an object to the kernels that a back end builds.
namespace ranvier {

/// A kind of event: what it is called, and the condition that it happens under.
struct EventText {
  SourcePtr name;
  SourcePtr condition;
};

/// The texts of a group, each with the name that messages call it by. Empty handles: not given.
struct GroupText {
  std::string name;
  EquationsText equations;
  SourcePtr threshold;
  SourcePtr reset;
  SourcePtr refractory;
  SourcePtr method;
  Limits limits = {};
  std::vector<EventText> events = {};  // one called "spike" is the threshold
  MethodOptions method_options = {};
};

/// Code of synapses that follows an event of one side. Without code there is no pathway.
struct PathwayText {
  std::string name;
  SourcePtr code;
  bool post = false;  // what happens to the target counts, not what happens to the source
  std::string event = "spike";
  bool one_delay = false;  // was given for all synapses together
};

struct SynapsesText {
  std::string name;
  EquationsText equations;
  std::vector<PathwayText> pathways;
  SourcePtr multisynaptic_index = {};  // a name
  Limits limits = {};
  SourcePtr method = {};
  MethodOptions method_options = {};
  bool single_precision = false;  // float variables are kept in 32 bits
};

/// Where the time of compiling went [s].
struct CompileTimes {
  double parse = 0;
  double check = 0;
  double lower = 0;
};

/// Parses and checks everything that needs no namespace; names that `known` lacks are let pass. Throws
/// ModelError with every problem found.
GroupModel declare_group(const GroupText& text, const Namespace& known = {}, CompileTimes* times = nullptr);
/// The same where all names must be known.
GroupModel declare_whole_group(const GroupText& text, const Namespace& names);
SynapsesModel declare_synapses(const SynapsesText& text, ModelEnd source, ModelEnd target,
                               const Namespace& known = {}, CompileTimes* times = nullptr);

/// Subexpressions that are `(constant over dt)`, computed at the start of every step: first those with one
/// value for all (for one element), then those with a value for each.
struct ConstantKernels {
  std::optional<Kernel> shared;
  std::optional<Kernel> each;
};

/// What a step does about one kind of event.
struct EventKernels {
  std::optional<Kernel> condition;  // lists the elements that it happens to, unless it repeats another one
  std::optional<Kernel> code;       // what happens to them
};

/// What a step of a group executes.
struct GroupKernels {
  ConstantKernels constants;
  std::optional<Kernel> update;     // state update and, unless it is apart, the threshold fused behind it
  std::optional<Kernel> threshold;  // if it is apart, or there is nothing to update
  std::optional<Kernel> reset;
  std::vector<EventKernels> events{};  // in the order of the model
  std::string method;                  // the integration method used: "euler", "exact"; "" without equations
  std::string reason;                  // why this one, a sentence
  std::vector<Diagnostic> warnings;
  std::set<std::string> fixed{};  // constants for whose values alone this holds
};

/// All names must be known now. Throws ModelError with every problem of the group. `step` [s]: the length of
/// its time steps, if it is known; without it a timed array counts as changing within a step. `apart`: other
/// code runs between state update and threshold, which therefore become two kernels.
GroupKernels compile_group(const GroupModel& group, const Namespace& names, CompileTimes* times = nullptr,
                           std::optional<double> step = {}, bool apart = false);

/// `variable = text` (or +=, as `op` says) for the elements of a list: a list kernel that stores into
/// `variable`. Throws ModelError; read-only variables are refused, `(unless refractory)` does not protect
/// against it,
/// `(constant)` variables take it. A shared variable takes one value for all: its list is {0}.
Kernel compile_assignment(const GroupModel& group, const std::string& variable, const SourcePtr& value,
                          const Namespace& names, AssignOp op = AssignOp::set,
                          std::vector<Diagnostic>* warnings = nullptr);
Kernel compile_assignment(const SynapsesModel& synapses, const std::string& variable, const SourcePtr& value,
                          const Namespace& names, AssignOp op = AssignOp::set,
                          std::vector<Diagnostic>* warnings = nullptr);

/// A boolean text as an elements kernel whose condition it is: the elements where it holds.
Kernel compile_selection(const GroupModel& group, const SourcePtr& condition, const Namespace& names,
                         std::vector<Diagnostic>* warnings = nullptr);
Kernel compile_selection(const SynapsesModel& synapses, const SourcePtr& condition, const Namespace& names,
                         std::vector<Diagnostic>* warnings = nullptr);

/// The value of any expression of a group's scope (a variable, a subexpression) as a list kernel that stores
/// it into the hidden column
/// "_result" (f64) at the element's own position (an array as long as the group).
Kernel compile_probe(const GroupModel& group, const SourcePtr& expression, const Namespace& names,
                     Dimension* dimension = nullptr, std::vector<Diagnostic>* warnings = nullptr);
Kernel compile_probe(const SynapsesModel& synapses, const SourcePtr& expression, const Namespace& names,
                     Dimension* dimension = nullptr, std::vector<Diagnostic>* warnings = nullptr);

}  // namespace ranvier
