#pragma once
#include <functional>
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

/// Equations by their lines, with the calls that wrote them.
struct EquationsWriter {
  std::string text;
  Origins origins;

  void add(const std::string& piece, const std::string& call);
};

/// What the rest of a model says about a name.
struct ModelNames {
  std::function<std::string(const std::string&)> defined_by;     // who defines this variable; "": nobody
  std::function<const Parameter*(const std::string&)> declared;  // the constant of this name; or nullptr
};

/// The last layer of a model: equations and values of constants, added by hand.
class UserLayer {
 public:
  /// Throws ModelBuilderError; a later value wins over an earlier one.
  void add_params(const NamedValues& values, const ModelNames& names);
  /// Throws ModelError, with places in `text`. A line that defines a constant of the model makes it a
  /// variable.
  void add_equations(const std::string& text, const ModelNames& names);
  /// A line that makes a constant a variable; it is known to be right.
  void make_variable(const std::string& name, const std::string& line, const std::string& call);

  void write(EquationsWriter& writer, const std::string& object) const;
  const Namespace& values() const { return values_; }
  /// Those that its equations define.
  const std::map<std::string, EquationKind>& variables() const { return variables_; }
  bool defines(const std::string& name) const { return variables_.contains(name); }
  bool gives(const std::string& name) const { return values_.contains(name); }

 private:
  struct Piece {
    std::string text;
    std::string call;
  };
  std::vector<Piece> pieces_;
  Namespace values_;
  std::map<std::string, EquationKind> variables_;
};

}  // namespace ranvier
