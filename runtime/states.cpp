#include <ranvier/runtime/state_owner.hpp>

namespace ranvier {

States StateOwner::get_states(const std::vector<std::string>& wanted) {
  std::vector<std::string> names = wanted;
  if (names.empty())
    for (const Variable& variable : variables())
      if (is_stored(variable)) names.push_back(variable.name);
  States states;
  for (const std::string& name : names)
    states[name] = VariableView(*this, name, 0, element_count()).to_vector();
  return states;
}

void StateOwner::set_states(const States& states) {
  std::map<std::string, Array> before;
  for (const auto& [name, values] : states)
    if (const Array* array = find_array(name)) before.emplace(name, array->copy());
  try {
    for (const auto& [name, values] : states)
      VariableView(*this, name, 0, element_count()).set_si(values, declared(name).dimension);
  } catch (...) {
    for (auto& [name, array] : before) find_array(name)->copy_from(array);
    throw;
  }
}

}  // namespace ranvier
