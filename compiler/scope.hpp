#pragma once
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include <ranvier/compiler/kernel.hpp>
#include <ranvier/compiler/model.hpp>
#include <ranvier/compiler/namespace.hpp>
#include <ranvier/grammar/codes.hpp>

namespace ranvier {

/// A name whose value is known while compiling: a unit, pi, e, inf.
struct Literal {
  double value = 0;
};
/// A name that stands for an expression in canonical names: a subexpression, or a special such as i =
/// _element - _first.
struct Definition {
  Expr rhs;
};
/// A position of the kernel's loop: _element, _pre, _post. Only definitions use these names, never a user.
struct LoopIndex {};

/// An argument inside the text of a function.
struct Placeholder {};
/// White noise: xi, xi_a. Only differential equations have a use for it.
struct Noise {};

/// What a name means in one place of a model.
struct Symbol {
  std::string name;  // the one name that kernels use: a bare target variable `v` of a synapse is `v_post`
  Type type = Type::real;
  Dimension dimension{};
  bool dimension_known = true;  // false after an error in the unit of an equation
  using Meaning =
      std::variant<Column, Scalar, Literal, Definition, LoopIndex, Noise, Placeholder, Function, TimedArray>;
  Meaning meaning{};
  std::string read_only{};  // why code may not write it; empty: it may. Initial values may be given to
                            // `constant` variables all the same
  std::string refused{};    // why it cannot even be read here, a sentence; empty: it can
  DiagnosticCode refused_as = DiagnosticCode::not_supported;
  std::string help{};     // what to do instead of using a refused name or writing a read-only one
  std::string guard{};    // name that must be true for a write to happen (unless refractory; not in resets);
                          // empty: always
  Place declared{};       // for notes: "tau is declared here"
  Place constant_flag{};  // the flag that makes it read-only, if it is one
  std::optional<double> value{};  // of a constant of the namespace [SI]
};

/// The names that an expression may use. Precedence: variables, named constants, units, then the namespace.
class Scope {
 public:
  /// Adds a symbol under `spelled`, which may differ from its canonical name. The first one added wins.
  void add(const std::string& spelled, Symbol symbol);
  /// A variable of the model; a broken one hides whatever else has its name, so that nothing is said about
  /// its uses.
  void add_variable(const Variable& variable, Symbol symbol);
  void add_namespace(const Namespace& names);
  /// Replaces the expression that a name, known already, stands for.
  void define(const std::string& spelled, Expr rhs);
  /// Symbol of a name as the user spells it: variables, then pi e inf, then units, then the namespace;
  /// nullptr if unknown.
  const Symbol* find(const std::string& spelled) const;
  /// Symbol of a canonical name, or nullptr: a local, or a name that a lenient scope let pass.
  const Symbol* find_canonical(const std::string& canonical) const;
  /// By canonical name, for resolved expressions; throws std::logic_error if there is none.
  const Symbol& at(const std::string& canonical) const;
  /// The function or the timed array that a call of this name means, or nullptr: only the namespace has some.
  const Symbol* find_function(const std::string& name) const;
  std::vector<std::string> function_names() const;
  /// What the namespace has under a name, whatever else has the name here; nullptr: nothing.
  const Symbol* find_in_namespace(const std::string& name) const;
  /// Names inside the text of a function: its arguments, then what the namespace has. An argument has the
  /// declared dimension; it is unknown where the declaration leaves it open.
  Scope inside(const Function& function) const;
  /// Gives a name, known already, another meaning.
  void replace(Symbol symbol) { variables_.insert_or_assign(symbol.name, std::move(symbol)); }
  /// The text of a function with canonical names, once it was resolved.
  struct Body {
    Expr text;               // an empty handle: being resolved
    std::uint64_t size = 0;  // nodes, with the texts of all functions that it calls put in
  };
  /// By name of the function.
  std::map<std::string, Body>& bodies() const { return *bodies_; }

  /// Constants whose value, not only their dimension, was used while compiling: exponents.
  std::set<std::string>& fixed() const { return *fixed_; }

  /// Names worth proposing for a misspelt one: variables, named constants and the namespace (not units, not
  /// functions).
  std::vector<std::string> candidates() const;

  /// While true, unknown names are accepted (they may come from a namespace given later) and everything that
  /// involves them goes unchecked.
  bool lenient = false;
  /// Some equations could not be read: nothing is said about code that assigns names which are not variables.
  bool incomplete = false;
  /// Of everything that is compiled with these names.
  Limits limits;
  /// In the code of synapses: the name of the target group.
  std::string target;
  bool in_function = false;  // these are the names inside the text of a function
  /// dt [s] of the object whose texts these are, where it is known while compiling.
  std::optional<double> step{};

  /// By the names that users spell: variables and special names, not what is looked up elsewhere.
  const std::map<std::string, Symbol>& variables() const { return variables_; }

 private:
  const Symbol* find_literal(const std::string& spelled) const;

  std::map<std::string, Symbol> variables_;
  std::map<std::string, std::string> spelled_;  // canonical name -> a key of variables_, where they differ
  std::map<std::string, Symbol> constants_;
  std::shared_ptr<std::map<std::string, Body>> bodies_ = std::make_shared<std::map<std::string, Body>>();
  std::shared_ptr<std::set<std::string>> fixed_ = std::make_shared<std::set<std::string>>();
  mutable std::map<std::string, Symbol> literals_;  // units and named constants, filled on demand
};

/// Names inside equations, threshold, reset and assignments of a group: its variables, i, N, t, dt,
/// t_in_timesteps, the namespace.
Scope scope_of(const GroupModel& group, const Namespace& names);

/// Names inside pathway code: synaptic variables; x_pre, x_post and bare x of the target; i, j, N, N_pre,
/// N_post, t, dt, t_in_timesteps.
Scope scope_of(const SynapsesModel& synapses, const Namespace& names);

/// The same inside the code of one pathway, whose own delay `delay` is; elsewhere it is that of `pre`.
Scope inside_pathway(Scope scope, const PathwayModel& pathway);

/// The canonical name of a generator's loop variable: a hidden column.
inline constexpr const char* loop_variable_name = "_iterate";

/// Names inside the texts of a connect call: x_pre, x_post and bare x of the target, i, j, N_pre, N_post, t,
/// dt, t_in_timesteps, and the loop variable ("": none). The loop goes over candidates, whose neurons are
/// _pre and _post.
Scope connection_scope_of(const SynapsesModel& synapses, const Namespace& names,
                          const std::string& loop_variable);

}  // namespace ranvier
