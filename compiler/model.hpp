#pragma once
#include <set>
#include <string>
#include <vector>

#include <ranvier/compiler/dimension.hpp>
#include <ranvier/compiler/types.hpp>
#include <ranvier/grammar/ast.hpp>
#include <ranvier/grammar/limits.hpp>

namespace ranvier {

/// A variable that a group or a set of synapses declares.
struct Variable {
  std::string name;
  EquationKind kind = EquationKind::parameter;
  Dimension dimension{};
  bool unit_known = true;  // false after an error: then nothing is said about the dimension and the type
  bool broken = false;     // there was an error in its equation: the model cannot be compiled
  Type type = Type::real;
  Expr rhs;  // as written; empty for a parameter
  bool constant = false;
  bool shared = false;
  bool unless_refractory = false;
  bool automatic = false;  // lastspike, not_refractory
  Place name_place;
  Place unit_place;
};

/// What a group declares: built once from its texts, before any namespace is known. Immutable afterwards.
struct GroupModel {
  std::string name;
  std::vector<Variable> variables;  // in order of definition; automatic ones last
  Expr threshold;                   // empty: never spikes
  Code reset;
  Expr refractory;     // a duration or a condition; empty: none
  std::string method;  // as the user wrote it; "": automatic
  Place method_place;
  Limits limits;            // of everything that is compiled for the group
  bool incomplete = false;  // some equations could not be read: other names may have been meant to exist

  const Variable* find(std::string_view variable) const;
};

/// Every name that the texts of an object use, functions among them, as the user spells it.
std::set<std::string> names_in(const GroupModel& group);

/// What a set of synapses declares, between two groups that outlive it.
struct SynapsesModel {
  std::string name;
  std::vector<Variable> variables;
  Code on_pre;
  const GroupModel* source = nullptr;
  const GroupModel* target = nullptr;
  Limits limits;
  bool incomplete = false;

  const Variable* find(std::string_view variable) const;
};

std::set<std::string> names_in(const SynapsesModel& synapses);

}  // namespace ranvier
