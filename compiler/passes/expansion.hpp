#pragma once
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include <ranvier/compiler/methods.hpp>
#include <ranvier/compiler/passes/system.hpp>

namespace ranvier::pass {

/// Names of the noises of a system, each once, in order of their first use.
std::vector<std::string> noises_of(const System& system);
/// The local that holds what a noise adds up to over the step.
std::string increment(const std::string& noise);

/// Where a method finds the state and the time that its lines call x, t and dt.
struct Frame {
  std::string state_prefix;  // the state of v is the local "<prefix>v"; "": the variable itself
  Expr time, step;

  Expr state(const Rate& rate) const;
  bool is_old_state() const { return state_prefix.empty(); }
};
/// The old state, at the start of the step.
Frame old_state();

/// Writes lines of a method for the variables of a system. What is nothing (the noise that an equation does
/// not have, a rate of zero) is left out; an empty result is zero.
class Expansion {
 public:
  /// `slopes`: of the rates in time, for methods that ask for them.
  Expansion(const System& system, const MethodText& method, Frame frame,
            const std::vector<Expr>* slopes = nullptr);

  /// The local of a line for one variable, and for one noise ("": for all).
  std::string local(const Stage& stage, const Rate& rate, const std::string& noise) const;
  /// What the line adds up to for one variable: with one noise if it has a value for each, with all of them
  /// if not. `still`: with a rate of zero.
  Expr value(const Stage& stage, const Rate& rate, const std::string& noise, bool still) const;
  /// Any text for one variable.
  Expr expand(const Expr& text, const Rate& rate, const std::string& noise, bool still) const;

 private:
  using Done = std::unordered_map<const Node*, Expr>;
  Expr name(const std::string& id, const Expr& text, const Rate& rate, const std::string& noise) const;
  Expr call(const ast::Call& call, const Expr& text, const Rate& rate, const std::string& noise,
            bool still) const;
  Expr moved(const Expr& rhs, const Expr& state, const Expr& time, const std::string& noise) const;
  Expr moved_node(const Expr& rhs, const Expr& state, const Expr& time, const std::string& noise,
                  Done& done) const;

  const System& system_;
  const MethodText& method_;
  Frame frame_;
  const std::vector<Expr>* slopes_;
  std::vector<std::string> noises_;
  std::map<std::string, const Rate*, std::less<>> rates_;
};

}  // namespace ranvier::pass
