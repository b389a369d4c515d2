#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <ranvier/compiler/namespace.hpp>
#include <ranvier/grammar/ast.hpp>
#include <ranvier/models/mechanism.hpp>
#include <ranvier/models/user_layer.hpp>

namespace ranvier {

/// The equations of one compartment while they are being written: a membrane model, the currents into it, the
/// user's own lines, and the constants. The currents are kept as a list; I is printed from it and no text is
/// ever edited. Constants have layers, a later one wins: library, options of the calls, add_params. A
/// constant of the first two that the user's equations define becomes their variable, and its value the
/// variable's first one.
class Membrane {
 public:
  Membrane(const Mechanism& model, Site site);

  /// Adds a mechanism, unless `problems` has something or the mechanism does not go with what is there: then
  /// throws.
  void add(const Mechanism& mechanism, Problems problems);
  /// Another one in the place of one of the same label, with the same variables.
  void replace(const Mechanism& mechanism);
  void remove(const std::string& label);
  const Mechanism* find(const std::string& label) const;
  void add_params(const NamedValues& values);
  void add_equations(const std::string& text);
  /// What an option of the membrane model gives: "v_rest", "C", "gL".
  void give(const std::string& option, const std::optional<AnyQuantity>& value);

  /// The equations, with the calls that wrote them.
  SourcePtr source() const;
  void write(EquationsWriter& writer) const;
  std::string equations() const { return source()->text(); }
  Namespace parameters() const;
  std::map<std::string, AnyQuantity> initial_values() const;
  std::vector<Parameter> missing_parameters() const;

  const Site& site() const { return site_; }
  const std::vector<Mechanism>& mechanisms() const { return mechanisms_; }
  const UserLayer& user() const { return user_; }
  /// Who defines a variable; "": nobody.
  std::string defined_by(const std::string& variable) const;
  /// All variables, with the call that defines each.
  std::map<std::string, std::string> variables() const;
  /// Constants that the library and the mechanisms declare, the user's variables among them.
  std::vector<Parameter> declared() const;
  const Parameter* find_parameter(const std::string& name) const;

 private:
  /// A variable of the equations: who defines it, and how.
  struct Defined {
    std::string by;
    EquationKind kind;
  };

  ModelNames names() const;
  void check_against(const Mechanism& mechanism, const Block& block, Problems& problems) const;
  void commit(const Mechanism& mechanism, const Block& block);

  Site site_;
  std::vector<Parameter> constants_;   // of the library
  std::vector<Mechanism> mechanisms_;  // the membrane model first
  UserLayer user_;
  std::map<std::string, Defined> variables_;  // of the mechanisms
};

}  // namespace ranvier
