#pragma once
#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include <ranvier/compiler/dimension.hpp>
#include <ranvier/compiler/methods.hpp>
#include <ranvier/compiler/types.hpp>
#include <ranvier/grammar/ast.hpp>
#include <ranvier/grammar/limits.hpp>

namespace ranvier {

struct GroupModel;
struct SynapsesModel;

/// What a linked variable stands for: a variable of another group, and which of its elements.
struct Link {
  enum class Kind {
    one_to_one,  // element k is element begin + k
    broadcast,   // element begin for all
    array,       // the hidden array `index` holds absolute numbers
    variable     // the integer variable `index` of the linking side holds numbers in [0, count)
  };
  const GroupModel* group = nullptr;
  std::string variable;
  Kind kind = Kind::one_to_one;
  std::string index;
  std::int64_t begin = 0;  // the part of the group that is linked to
  std::int64_t count = 0;
  std::int64_t size = 0;  // of the whole group
};

/// A variable that a group or a set of synapses declares.
struct Variable {
  std::string name;
  EquationKind kind = EquationKind::parameter;
  Dimension dimension{};
  bool unit_known = true;  // false after an error: then nothing is said about the dimension and the type
  bool broken = false;     // there was an error in its equation: the model cannot be compiled
  Type type = Type::real;
  Expr rhs;  // as written; empty for a parameter
  // Flags: what each means is said where they are read, in passes/flags.cpp.
  bool constant = false;
  bool shared = false;
  bool unless_refractory = false;
  bool constant_over_dt = false;
  bool linked = false;
  std::shared_ptr<const Link> link;  // of a linked variable, once it is linked
  bool summed = false;
  bool event_driven = false;
  bool clock_driven = false;
  bool point_current = false;
  bool automatic = false;         // lastspike, not_refractory, lastupdate
  bool single_precision = false;  // kept as a 32-bit float, if it is a float
  Place name_place;
  Place unit_place;
  Place last_flag;      // no source: it has no flags
  Place constant_flag;  // no source: it is not (constant)
};

/// Whether a variable has an array of its own: all but linked variables, and subexpressions that are computed
/// wherever they are used.
inline bool is_stored(const Variable& variable) {
  if (variable.linked) return false;
  return variable.kind != EquationKind::subexpression || variable.constant_over_dt;
}

/// How the array of a variable keeps its elements.
inline Storage storage_of(const Variable& variable) {
  const bool single = variable.single_precision && variable.type == Type::real;
  return single ? Storage::f32 : storage_of(variable.type);
}

/// One of the methods that a user asks for: a row of the table, or lines of the user's own.
struct MethodCandidate {
  const Method* method = nullptr;
  std::shared_ptr<const MethodText> own;
  Place place;
};

/// What a user asks for: the first candidate that takes the equations; without any, automatic choice.
struct MethodWish {
  std::vector<MethodCandidate> candidates;
  bool native = false;  // automatic choice that solves exactly whatever can be
  MethodOptions options{};
};

/// Something that happens to elements of a group besides spikes: looked for once a step.
struct Event {
  std::string name;
  Place name_place;
  Expr condition;  // empty: the event repeats another one, later
  Code code;       // what happens then; may be empty
};

/// What a group declares: built once from its texts, before any namespace is known. Immutable afterwards.
struct GroupModel {
  std::string name;
  std::vector<Variable> variables;  // in order of definition; automatic ones last
  Expr threshold;                   // empty: spikes only if they are given
  bool spikes_given = false;        // by the runtime, without a threshold
  Code reset;
  std::vector<Event> events;
  Expr refractory;  // a duration or a condition; empty: none
  MethodWish method;
  Limits limits;            // of everything that is compiled for the group
  bool incomplete = false;  // some equations could not be read: other names may have been meant to exist

  const Variable* find(std::string_view variable) const;
  /// Whether something of this name ever happens to its elements: "spike", or one of its events.
  bool has_event(std::string_view event) const;
  /// All that there is: "spike" first.
  std::vector<std::string> event_names() const;
  /// Every condition of its texts, and all of its code.
  std::vector<Expr> conditions() const;
  std::vector<Statement> statements() const;
};

/// Every name that the texts of an object use, functions among them, as the user spells it.
std::set<std::string> names_in(const GroupModel& group);

/// What synapses do when an event happens to the neuron on one side.
struct PathwayModel {
  std::string name;
  Code code;
  bool post = false;  // the neuron is the target, not the source
  std::string event;
  bool one_delay = false;   // was given for all synapses together
  bool own_delays = false;  // each synapse has one of its own
};

/// What synapses begin or end at, which outlives them: a group, or other synapses, each of which is then what
/// a neuron otherwise is.
class ModelEnd {
 public:
  ModelEnd() = default;
  ModelEnd(const GroupModel& group) : group_(&group) {}
  ModelEnd(const SynapsesModel& synapses) : synapses_(&synapses) {}
  ModelEnd(const GroupModel* group) : group_(group) {}

  /// nullptr if it is the other one.
  const GroupModel* group() const { return group_; }
  const SynapsesModel* synapses() const { return synapses_; }

  const std::string& name() const;
  const std::vector<Variable>& variables() const;
  const Variable* find(std::string_view variable) const;
  /// As of a group; nothing ever happens to synapses.
  bool has_event(std::string_view event) const;
  /// What an element is called in messages: "neuron", "synapse".
  const char* element() const { return group_ ? "neuron" : "synapse"; }

 private:
  const GroupModel* group_ = nullptr;
  const SynapsesModel* synapses_ = nullptr;
};

/// What a set of synapses declares.
struct SynapsesModel {
  std::string name;
  std::vector<Variable> variables;
  std::string
      multisynaptic_index;  // name of the number of a synapse among those of its pair; "": not asked for
  Place multisynaptic_place;
  MethodWish method;  // of the clock-driven equations
  std::vector<PathwayModel> pathways;
  std::string delay_of = "pre";  // the pathway whose delay `delay` is, apart from the code of others
  ModelEnd source, target;
  Limits limits;
  bool incomplete = false;

  const Variable* find(std::string_view variable) const;
  const PathwayModel* find_pathway(std::string_view pathway) const;
};

std::set<std::string> names_in(const SynapsesModel& synapses);
std::set<std::string> names_in(const Code& code);

}  // namespace ranvier
