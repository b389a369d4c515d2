#pragma once
#include <ranvier/compiler/passes/check_types.hpp>
#include <ranvier/compiler/scope.hpp>
#include <ranvier/grammar/diagnostics.hpp>

namespace ranvier::pass {

/// Statements with canonical names, and the types of their locals.
struct CheckedCode {
  Code code;
  LocalTypes locals;
};

struct CheckedEvent {
  Expr condition;
  CheckedCode code;
};

/// A group whose texts have canonical names, and the type of its refractory expression.
struct CheckedGroup {
  std::vector<Variable> variables;
  Expr threshold;
  CheckedCode reset;
  std::vector<CheckedEvent> events{};
  Expr refractory;
  Type refractory_type = Type::real;
};

/// Names, dimensions and types of right-hand sides; returns the variables with canonical names.
std::vector<Variable> check_equations(std::vector<Variable> variables, const Scope& scope,
                                      Diagnostics& diagnostics);

/// Names, dimensions and types of every text of a group. With a lenient scope, what involves unknown names
/// goes unchecked.
CheckedGroup check_group(const GroupModel& group, const Scope& scope, Diagnostics& diagnostics);

/// The code of each pathway of synapses, with its own names in it: see `inside_pathway`.
struct CheckedPathway {
  CheckedCode code;
  Scope scope;
};

struct CheckedSynapses {
  std::vector<Variable> variables;
  std::vector<CheckedPathway> pathways;
};

/// The equations and the code of synapses.
CheckedSynapses check_synapses(const SynapsesModel& synapses, const Scope& scope, Diagnostics& diagnostics);

/// The same for one piece of code.
CheckedCode check_code(const Code& code, const Scope& scope, bool shared_writes, Diagnostics& diagnostics);

/// A condition: boolean; `what` names it in messages: "the threshold". Returns it with canonical names.
Expr check_condition(const Expr& condition, const std::string& what, const Scope& scope,
                     Diagnostics& diagnostics);

}  // namespace ranvier::pass
