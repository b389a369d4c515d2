#include <ranvier/compiler/model.hpp>

#include <algorithm>

namespace ranvier {
namespace {

const Variable* find_in(const std::vector<Variable>& variables, std::string_view name) {
  const auto found = std::ranges::find(variables, name, &Variable::name);
  return found == variables.end() ? nullptr : &*found;
}

}  // namespace

const Variable* GroupModel::find(std::string_view variable) const {
  return find_in(variables, variable);
}
const Variable* SynapsesModel::find(std::string_view variable) const {
  return find_in(variables, variable);
}

}  // namespace ranvier
