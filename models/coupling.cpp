#include <map>
#include <numbers>

#include <ranvier/models/coupling.hpp>
#include <ranvier/models/library.hpp>
#include <ranvier/models/template_text.hpp>

namespace ranvier {
namespace {

template <class... F>
struct Cases : F... {
  using F::operator()...;
};

const Cylinder* cylinder_of(const CompartmentOptions& options) {
  return options.geometry ? std::get_if<Cylinder>(&*options.geometry) : nullptr;
}

bool is_absolute(const CompartmentOptions& options) {
  return options.geometry && std::holds_alternative<Absolute>(*options.geometry);
}

/// From one end of the cylinder to the other.
std::optional<Resistance> axial_resistance(const CompartmentOptions& options) {
  const Cylinder* cylinder = cylinder_of(options);
  if (!cylinder || !options.r_axial) return {};
  return 4 * *options.r_axial * cylinder->length /
         (std::numbers::pi * cylinder->diameter * cylinder->diameter);
}

}  // namespace

Mechanism coupling_mechanism(const Site& into, const std::string& from, std::optional<Conductance> g,
                             const std::string& call) {
  Mechanism mechanism{
      .label = "coupling with " + from, .call = call, .equations = {}, .current = {}, .parameters = {}};
  Problems none("");
  append(mechanism, library::coupling(), {{"c", into.suffix}, {"o", from}}, {{"coupling", g}}, none);
  return mechanism;
}

std::optional<Conductance> coupling_conductance(const Coupling& coupling, const CompartmentOptions& a,
                                                const CompartmentOptions& b, const std::string& what,
                                                std::vector<std::string>& problems) {
  if (const Conductance* g = std::get_if<Conductance>(&coupling)) {
    Problems found(what);
    check_range("the conductance", *g, Range::not_negative, found);
    for (const std::string& problem : found.list()) problems.push_back(what + ": " + problem);
    return found.size() == 0 ? std::optional(*g) : std::nullopt;
  }
  if (is_absolute(a) || is_absolute(b)) {
    problems.push_back(what +
                       ": an absolute geometry has no shape to compute a conductance from; give one, such as "
                       "10*nS");
    return {};
  }
  const auto ra = axial_resistance(a), rb = axial_resistance(b);
  if (const auto* of = std::get_if<CylinderOf>(&coupling)) {
    if (of->compartment != a.name && of->compartment != b.name) {
      problems.push_back(what + ": CylinderOf names \"" + of->compartment +
                         "\", which is neither of the two");
      return {};
    }
    const auto& r = of->compartment == a.name ? ra : rb;
    return r ? std::optional(1 / *r) : std::nullopt;
  }
  return ra && rb ? std::optional(1 / ((*ra + *rb) / 2)) : std::nullopt;
}

std::string to_string(const Coupling& coupling) {
  return std::visit(Cases{[](const HalfCylinders&) { return std::string("HalfCylinders{}"); },
                          [](const CylinderOf& of) { return "CylinderOf{\"" + of.compartment + "\"}"; },
                          [](const Conductance& g) { return to_string(AnyQuantity(g)); }},
                    coupling);
}

void check_graph(const std::vector<std::string>& compartments,
                 const std::vector<std::pair<std::string, std::string>>& edges,
                 std::vector<std::string>& problems) {
  std::map<std::string, std::string> parents;  // towards the one that stands for its part of the neuron
  for (const std::string& name : compartments) parents[name] = name;
  const auto part = [&](std::string name) {
    while (parents[name] != name) name = parents[name];
    return name;
  };
  for (const auto& [a, b] : edges) {
    const std::string first = part(a), second = part(b);
    if (first == second)
      problems.push_back("the coupling of \"" + a + "\" and \"" + b +
                         "\" closes a cycle: they are connected already, through others");
    parents[second] = first;
  }
  std::map<std::string, std::vector<std::string>> parts;
  for (const std::string& name : compartments) parts[part(name)].push_back(name);
  if (parts.size() < 2) return;
  std::string text = "the compartments are not all connected:";
  const char* separator = " ";
  for (const auto& [name, members] : parts) {
    text += separator + quoted_list(members);
    separator = " on one side, on another ";
  }
  problems.push_back(text);
}

}  // namespace ranvier
