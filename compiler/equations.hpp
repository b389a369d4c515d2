#pragma once
#include <string>
#include <string_view>
#include <vector>

#include <ranvier/compiler/dimension.hpp>
#include <ranvier/compiler/equations_text.hpp>
#include <ranvier/compiler/types.hpp>

namespace ranvier {

/// One equation of a block, for those who want to know what is in it.
struct SingleEquation {
  EquationKind kind = EquationKind::parameter;
  std::string name;
  std::string expression;  // right-hand side; "" of a parameter
  std::string unit;        // as written: "volt"
  Dimension dimension{};   // of the variable itself, also for d/dt
  Type type = Type::real;
  std::vector<std::string> flags;
};

/// A block of equations as a value: checked when it is made, combined with others, searched.
///
///     Equations membrane("dv/dt = (El - v + I)/tau : volt");
///     Equations synapse("dg/dt = -g/tau : volt", {{"g", "g_e"}, {"tau", 5*ms}});
///     net.neuron_group(100, {.equations = membrane + synapse + "I = g_e : volt", ...});
///
/// What fails throws ModelError with every problem of the text: grammar, names, units, duplicates, circles
/// among subexpressions. What needs the object or its namespace (flags, unknown names, dimensions) is checked
/// when an object is made of it.
class Equations {
 public:
  Equations() = default;
  /// `substitutions`: names to be replaced wherever they occur, the name of a variable only by another name.
  /// Throws ModelError for one that does not occur, and for a replacement that is no name.
  explicit Equations(std::string_view text, const Substitutions& substitutions = {});

  /// The same with names replaced, all at once.
  Equations substitute(const Substitutions& substitutions) const;
  /// All equations of both; no name may be defined twice.
  friend Equations operator+(const Equations& first, const Equations& second);
  friend Equations operator+(const Equations& first, std::string_view second);

  /// The equations, one a line, in the order they were given.
  std::string text() const;
  std::size_t size() const { return list_.size(); }
  bool empty() const { return list_.empty(); }
  std::vector<SingleEquation>::const_iterator begin() const { return list_.begin(); }
  std::vector<SingleEquation>::const_iterator end() const { return list_.end(); }
  /// nullptr if nothing of that name is defined.
  const SingleEquation* find(std::string_view name) const;
  /// Throws NetworkError, with the nearest name, if nothing of that name is defined.
  const SingleEquation& operator[](std::string_view name) const;

  /// Names that are defined, in order; of one kind.
  std::vector<std::string> names() const;
  std::vector<std::string> names(EquationKind kind) const;
  /// Names that are used and neither defined here nor part of the language, sorted: what the object or a
  /// namespace has to provide.
  std::vector<std::string> identifiers() const;
  /// The right-hand side of `name` with all subexpressions put in. Throws NetworkError for a parameter and
  /// for what is not defined.
  std::string expanded(std::string_view name) const;
  /// True if some equation has a noise term xi.
  bool stochastic() const;

  /// Both give the same equations, whatever the texts they came from.
  friend bool operator==(const Equations& a, const Equations& b) { return a.text() == b.text(); }

 private:
  friend class EquationsText;
  static Equations checked(EquationsText text);

  EquationsText text_;
  Block block_;
  std::vector<SingleEquation> list_;
};

}  // namespace ranvier
