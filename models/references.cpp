#include <ranvier/models/references.hpp>

namespace ranvier {

void resolve_references(Namespace& values, const std::vector<Parameter>& parameters,
                        const std::set<std::string>& variables) {
  for (const Parameter& parameter : parameters) {
    if (parameter.same_as.empty() || variables.contains(parameter.name)) continue;
    const auto same = values.find(parameter.same_as);
    if (same != values.end()) values.emplace(parameter.name, same->second);
  }
}

}  // namespace ranvier
