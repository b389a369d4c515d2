#pragma once
#include <string>

#include <ranvier/compiler/scope.hpp>
#include <ranvier/grammar/diagnostics.hpp>

namespace ranvier::pass {

/// What an expression of a connection changes with: the source, the target, the loop, each draw.
struct Dependence {
  bool source = false;
  bool target = false;
  bool loop = false;
  bool draws = false;
  bool source_state = false;  // reads variables of the source, not only its number
  bool target_state = false;
};

/// One expression of a connection, with canonical names and subexpressions put in. Empty: not given.
struct ConnectionPart {
  Expr expr;
  Dependence depends;
};

/// The expressions of a connect call. Without an element it is the number of the loop itself.
struct CheckedConnection {
  ConnectionPart low, high, step, p, size;
  ConnectionPart element;
  ConnectionPart condition;
  ConnectionPart copies;
};

/// Names, dimensions and types of the parts of a generator: what is computed before a neuron is chosen may
/// not depend on it; bounds, sizes and the element are integers, the condition is boolean. `over_targets`:
/// the generator gives sources, for one target after the other. Needs: a connection scope that knows the loop
/// variable.
CheckedConnection check_generator(const Generator& generator, bool over_targets, const Scope& scope,
                                  Diagnostics& diagnostics);

/// A condition, a probability and a number of copies that stand for themselves; each may be empty. They may
/// depend on both neurons.
ConnectionPart check_pair_condition(const Expr& condition, const std::string& what, const Scope& scope,
                                    Diagnostics& diagnostics);
ConnectionPart check_probability(const Expr& p, const Scope& scope, Diagnostics& diagnostics);
ConnectionPart check_copies(const Expr& copies, const Scope& scope, Diagnostics& diagnostics);

/// Reports a loop variable that has the name of something else. `scope` does not know it yet.
void check_loop_variable(const Generator& generator, const Scope& scope, Diagnostics& diagnostics);

}  // namespace ranvier::pass
