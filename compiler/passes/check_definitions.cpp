#include <ranvier/compiler/passes/check_definitions.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include <ranvier/compiler/text.hpp>
#include <ranvier/compiler/tree.hpp>
#include <ranvier/grammar/limits.hpp>

namespace ranvier::pass {
namespace {

using enum DiagnosticCode;

std::set<std::string> names_in(const Expr& expr) {
  std::set<std::string> names;
  tree::for_each_name(expr, [&](const std::string& name) { names.insert(name); });
  return names;
}

/// Walks from each subexpression to those it uses.
class Definitions {
 public:
  Definitions(const std::vector<Variable>& variables, const Limits& limits, Diagnostics& diagnostics)
      : limits_(limits), diagnostics_(diagnostics) {
    for (const Variable& variable : variables)
      if (variable.kind == EquationKind::subexpression && variable.rhs)
        known_.emplace(variable.name, Entry{&variable});
  }

  void check() {
    for (auto& [name, entry] : known_) visit(entry);
  }

 private:
  struct Entry {
    const Variable* variable;
    bool done = false;
    std::size_t height = 0;  // an upper bound of the tree's, everything put in
  };

  /// Returns the height below the entry. Every entry of the path adds to the depth of this recursion, so it
  /// is bounded like the trees.
  std::size_t visit(Entry& entry) {
    if (entry.done) return entry.height;
    const auto begin = std::ranges::find(path_, &entry);
    if (begin != path_.end()) return report_cycle({begin, path_.end()});
    if (path_.size() >= limits_.height) return limits_.height;
    path_.push_back(&entry);
    std::size_t below = 0;
    for (const std::string& name : names_in(entry.variable->rhs))
      if (const auto used = known_.find(name); used != known_.end())
        below = std::max(below, visit(used->second));
    path_.pop_back();
    entry.done = true;
    entry.height = below + entry.variable->rhs->height;
    if (entry.height > limits_.height) report_depth(entry);
    return entry.height;
  }

  void report_depth(Entry& entry) {
    if (!too_deep_reported_)
      diagnostics_
          .error(too_deep, entry.variable->name_place,
                 text("with the subexpressions it uses, `", entry.variable->name, "` is nested more than ",
                      limits_.height, " levels deep (Limits::height)"))
          .helped_by("let fewer subexpressions build upon each other");
    too_deep_reported_ = true;
  }

  std::size_t report_cycle(const std::vector<Entry*>& circle) {
    const Variable& first = *circle.front()->variable;
    std::string chain = first.name;
    for (auto entry = circle.begin() + 1; entry != circle.end(); ++entry)
      chain += " -> " + (*entry)->variable->name;
    chain += " -> " + first.name;
    const bool alone = circle.size() == 1;
    diagnostics_
        .error(cyclic_definition, first.name_place,
               alone ? text("`", first.name, "` is defined by itself")
                     : text("subexpressions are defined by each other: ", chain))
        .helped_by(
            text("what depends on its own past needs a differential equation: `d", first.name, "/dt = ...`"));
    return 0;
  }

  std::map<std::string, Entry> known_;
  std::vector<Entry*> path_;
  const Limits& limits_;
  Diagnostics& diagnostics_;
  bool too_deep_reported_ = false;
};

void check_draws(const Variable& variable, Diagnostics& diagnostics) {
  if (variable.constant_over_dt || !tree::draws(variable.rhs)) return;
  Diagnostic& error =
      diagnostics.error(draw_in_subexpression, variable.rhs->place,
                        text("the subexpression `", variable.name,
                             "` draws a random number, so it would have another value at every use"));
  error.helped_by("the flag `constant over dt` has it drawn once a step");
  add_constant_over_dt(error, variable);
}

}  // namespace

void add_constant_over_dt(Diagnostic& error, const Variable& variable) {
  const Place& at = variable.last_flag.source ? variable.last_flag : variable.unit_place;
  if (!at.source || !variable.unit_known) return;
  const std::string own(at.text());
  error.fixed_by(at, variable.last_flag.source ? own + ", constant over dt" : own + " (constant over dt)");
}

void check_definitions(const std::vector<Variable>& variables, const Limits& limits,
                       Diagnostics& diagnostics) {
  Definitions(variables, limits, diagnostics).check();
  for (const Variable& variable : variables) {
    if (variable.kind != EquationKind::subexpression || !variable.rhs) continue;
    check_draws(variable, diagnostics);
  }
}

}  // namespace ranvier::pass
