#pragma once
#include <map>
#include <string>
#include <variant>
#include <vector>

#include <ranvier/compiler/kernel.hpp>
#include <ranvier/compiler/model.hpp>
#include <ranvier/compiler/quantity.hpp>

namespace ranvier {

/// A name whose value is known while compiling: a unit, pi, e, inf, True.
struct Literal {
  double value = 0;
};
/// A name that stands for an expression: a subexpression, or a special such as i = _element - _first.
struct Definition {
  Expr rhs;
};

/// What a name means in one place of a model.
struct Symbol {
  std::string name;  // the one name that kernels use: a bare target variable `v` of a synapse is `v_post`
  Type type = Type::real;
  Dimension dimension{};
  std::variant<Column, Scalar, Literal, Definition> meaning;
  std::string read_only;   // why code may not write it; empty: it may
  std::string guard;       // name that must be true for a write to happen (unless refractory); empty: always
  Place declared;          // for notes: "tau is declared here"
};

/// The names that an expression may use. Precedence: variables, named constants, units, then the namespace.
class Scope {
 public:
  /// Adds a symbol under `spelled`, which may differ from its canonical name. The first one added wins.
  void add(const std::string& spelled, Symbol symbol);
  void add_namespace(const Namespace& names);
  /// Symbol of a name: variables, then pi e inf, then units, then the namespace; nullptr if unknown.
  const Symbol* find(const std::string& spelled) const;
  /// By canonical name, for resolved expressions.
  const Symbol& at(const std::string& canonical) const;
  /// Names worth proposing for a misspelt one.
  std::vector<std::string> candidates() const;

  /// While true, unknown names are accepted (they may come from a namespace given later) and everything that involves them goes
  /// unchecked.
  bool lenient = false;

 private:
  std::map<std::string, Symbol> variables_;
  std::map<std::string, Symbol> constants_;
  mutable std::map<std::string, Symbol> literals_;  // units and named constants, filled on demand
};

/// Names inside equations, threshold, reset and assignments of a group: its variables, i, N, t, dt, t_in_timesteps, the namespace.
Scope scope_of(const GroupModel& group, const Namespace& names);

/// Names inside pathway code: synaptic variables; x_pre, x_post and bare x of the target; i, j, N, N_pre, N_post, t, dt, t_in_timesteps.
Scope scope_of(const SynapsesModel& synapses, const Namespace& names);

/// Names inside a connection condition, evaluated for one source neuron and all targets (see compile_condition).
Scope connection_scope_of(const SynapsesModel& synapses, const Namespace& names);

}  // namespace ranvier
