#include <cstdio>

#include <ranvier/models/model_text.hpp>
#include <ranvier/models/neuron_model.hpp>

// A model as a person reads it: text, a table, a graph.
namespace ranvier {
namespace {

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4g", value);
  return text;
}

template <class T>
std::string in(const std::optional<T>& value, T unit) {
  return value ? number(value->in(unit)) : "-";
}

std::string padded(const std::string& text, std::size_t width) {
  return text + std::string(text.size() < width ? width - text.size() : 1, ' ');
}

std::string row_of(const std::vector<std::string>& cells) {
  std::string row;
  for (const std::string& cell : cells) row += padded(cell, 14);
  return row.substr(0, row.find_last_not_of(' ') + 1) + "\n";
}

}  // namespace

std::vector<CompartmentProperties> NeuronModel::electrophysiology() const {
  std::vector<CompartmentProperties> all;
  for (const Compartment& compartment : compartments_) {
    const CompartmentOptions& options = compartment.options_;
    const Electrophysiology passive = compartment.electrophysiology();
    CompartmentProperties properties{.name = compartment.name(),
                                     .length = {},
                                     .diameter = {},
                                     .scale_factor = options.scale_factor.value_or(1),
                                     .spine_factor = options.spine_factor.value_or(1),
                                     .area = passive.area,
                                     .capacitance = passive.capacitance,
                                     .g_leakage = passive.g_leakage,
                                     .v_rest = options.v_rest};
    if (const auto* cylinder = std::get_if<Cylinder>(&*options.geometry))
      properties.length = cylinder->length, properties.diameter = cylinder->diameter;
    all.push_back(std::move(properties));
  }
  return all;
}

std::string NeuronModel::to_string() const {
  using namespace units;
  std::string table = row_of({"", "length um", "diameter um", "area um2", "C pF", "gL nS", "EL mV"});
  for (const CompartmentProperties& c : electrophysiology())
    table += row_of({c.name, in(c.length, um), in(c.diameter, um), in(c.area, um2), in(c.capacitance, pF),
                     in(c.g_leakage, nS), in(c.v_rest, mV)});
  std::string couplings;
  for (const Coupled& coupled : couplings_)
    couplings += coupled.a + " - " + coupled.b + ": " + in(coupled.g, nS) + " nS\n";
  return "NeuronModel\n" + section("Equations", equations()) + section("Parameters", lines(parameters())) +
         section("Still without a value", lines(missing_parameters(), {})) +
         section("Events", lines(all_events())) + section("Compartments", table) +
         section("Couplings", couplings);
}

std::string NeuronModel::graph_dot() const {
  std::string text = "graph neuron {\n  node [style=filled, fontcolor=white];\n";
  for (const Compartment& compartment : compartments_) {
    const bool soma = compartment.kind_ == Compartment::Kind::soma;
    text += "  \"" + compartment.name() +
            (soma ? "\" [shape=circle, fillcolor=\"#4c6c92\"];\n"
                  : "\" [shape=ellipse, fillcolor=\"#a7361c\"];\n");
  }
  for (const Coupled& coupled : couplings_)
    text += "  \"" + coupled.a + "\" -- \"" + coupled.b + "\" [label=\"" + in(coupled.g, units::nS) +
            (coupled.g ? " nS\"];\n" : "\"];\n");
  return text + "}\n";
}

}  // namespace ranvier
