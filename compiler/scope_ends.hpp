#pragma once
#include <functional>
#include <span>
#include <string>

#include <ranvier/compiler/scope.hpp>

/// Internal to scope*.cpp: what the texts of one object see of another.
namespace ranvier {

struct SpecialScalar {
  const char* name;
  ScalarKind kind;
  Type type;
  Dimension dimension;
  const char* read_only;
};
/// t, dt, t_in_timesteps: the same for all objects that a text sees.
std::span<const SpecialScalar> time_scalars();
bool is_time(const std::string& name);

void add_scalar(Scope& scope, const SpecialScalar& special);
void add_count(Scope& scope, const char* name, ScalarKind kind, const char* read_only);
/// `name` = position - first: a number that a user sees counts from the begin of the slice.
void add_index(Scope& scope, const char* name, const char* position, const char* first, ScalarKind kind,
               const char* read_only);

/// Where a scope finds the variables of one object, and what it calls them. A subexpression belongs to its
/// group: what it calls i and N are the number of the element in the whole group and the size of that.
struct Side {
  Owner owner = Owner::self;
  Index index = Index::element;
  std::string suffix;
  const char* number = "_element";
  ScalarKind size = ScalarKind::size;

  std::string size_name() const { return "_size" + suffix; }
};
inline constexpr const char* whole_group = "it is the number of neurons of the whole group";

Symbol symbol_of(const Variable& variable, const Side& side);
/// With what protects a neuron's variable while it is refractory.
Symbol symbol_of(const Variable& variable, const GroupModel& group, const Side& side);
/// A subexpression of a group in the names of another scope.
void carry_over(Symbol& symbol, const GroupModel& group, const Side& side, const Scope& scope);
using Renaming = std::function<std::string(const std::string&)>;
Expr rename(const Expr& expr, const Renaming& renamed);
/// The same for a subexpression of any object. `own` gives the new names of what is the object's own, and ""
/// for everything else, which has to mean the same in both scopes.
void carry_over(Symbol& symbol, const std::string& object, const Renaming& own, const Scope& scope);
void add_links(Scope& scope, const std::vector<Variable>& variables, const std::string& object,
               const Side& side);

/// x_pre, x_post and bare x of the target, N_pre, N_post, i_pre, i_post.
void add_ends(Scope& scope, const SynapsesModel& synapses);
/// i and j in code of synapses. Those that end at neurons count from the begin of their slice; for those that
/// end at synapses they are the numbers that these have, whatever their position.
void add_numbers(Scope& scope, const SynapsesModel& synapses);
/// While synapses are made there are no positions yet: _pre and _post are numbers.
void add_candidate_numbers(Scope& scope);

}  // namespace ranvier
