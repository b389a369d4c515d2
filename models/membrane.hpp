#pragma once
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <ranvier/compiler/namespace.hpp>
#include <ranvier/grammar/ast.hpp>
#include <ranvier/models/mechanism.hpp>

namespace ranvier {

/// Values by name, in the order in which they were written.
using NamedValues = std::vector<std::pair<std::string, NamespaceValue>>;

/// The equations of one compartment while they are being written: a membrane model, the currents into it, the
/// user's own lines, and the constants. The currents are kept as a list; I is printed from it and no text is
/// ever edited. Constants have layers, a later one wins: library, options of the calls, add_params. A
/// constant of the first two that the user's equations define becomes their variable, and its value the
/// variable's first one.
class Membrane {
 public:
  /// `suffix` ends the names of the compartment's variables ("_soma"); empty for a point neuron.
  Membrane(const Mechanism& model, std::string suffix, Voltage v_rest);

  /// Adds a mechanism, unless `problems` has something or the mechanism does not go with what is there: then
  /// throws.
  void add(const Mechanism& mechanism, Problems problems);
  void add_params(const NamedValues& values);
  void add_equations(const std::string& text);

  /// The equations, with the calls that wrote them.
  SourcePtr source() const;
  std::string equations() const { return source()->text(); }
  Namespace parameters() const;
  std::map<std::string, AnyQuantity> initial_values() const;
  std::vector<Parameter> missing_parameters() const;

 private:
  /// A variable of the equations: who defines it, and how.
  struct Defined {
    std::string by;
    EquationKind kind;
  };

  const Parameter* find_parameter(const std::string& name) const;
  void check_against(const Mechanism& mechanism, const Block& block, Problems& problems) const;
  void check_param(const std::string& name, const NamespaceValue& value, Problems& problems) const;
  void commit(const Mechanism& mechanism, const Block& block);

  std::string suffix_;
  Voltage v_rest_;
  std::vector<Mechanism> mechanisms_;  // the membrane model first
  std::string user_equations_;
  std::vector<Parameter> parameters_;  // that the library and the mechanisms declare
  Namespace user_values_;              // add_params
  std::map<std::string, Defined> variables_;
};

}  // namespace ranvier
