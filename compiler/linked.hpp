#pragma once
#include <functional>
#include <string>
#include <vector>

#include <ranvier/compiler/scope.hpp>

namespace ranvier {

/// The elements of a group as one place of a model sees them: what their variables are called (v_pre: the
/// suffix _pre), and where an element's own entry is.
struct View {
  const std::vector<Variable>* variables = nullptr;
  std::string group;
  std::string suffix;
  Index index = Index::element;
  Expr number;  // the position of the element in the group's arrays
};

/// Adds the linked variables of a group: what they are linked to, in names of this scope. One that is linked
/// element by element is the very column it stands for, and can be written like it; any other is an
/// expression. What is not linked yet is a column that no array stands behind. Needs: the group's other
/// variables are there.
void add_linked_variables(Scope& scope, const View& view);

using ReadTest = std::function<bool(const std::vector<Variable>& group, const Variable& variable)>;
/// Whether a variable of a group, or one that it reads through links and subexpressions, passes a test.
bool reads(const std::vector<Variable>& variables, const std::string& variable, const ReadTest& test);

/// What a linked variable stands for in the end, if that is a variable with values of its own.
struct LinkEnd {
  const GroupModel* group = nullptr;
  const Variable* variable = nullptr;
  bool one_to_one = true;  // the element's own entry all the way
};
LinkEnd end_of(const Link& link);

}  // namespace ranvier
