#include <ranvier/runtime/network.hpp>
#include <ranvier/runtime/object.hpp>

namespace ranvier {

const Namespace& Object::own_names() const {
  static const Namespace none;
  return none;
}

Namespace Object::names_within(const Namespace& network) const {
  Namespace all = own_names();
  all.insert(network.begin(), network.end());
  return all;
}

void Object::set_active(bool active) {
  active_ = active;
  network_.structure_changed();
}

Lowered Object::lower(const Namespace&) {
  return {};
}
void Object::attach(Lowered, std::vector<ExecutablePtr>) {}
void Object::bind(const RunContext&) {}
void Object::plan(std::vector<PlanEntry>&) {}

void Object::archive(Archive& archive) {
  archive.begin(name_);
  archive.number("active", active_);
}

}  // namespace ranvier
