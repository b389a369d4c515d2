#include <fmt/format.h>
#include <algorithm>
#include <ranvier/models/param_checks.hpp>
#include <ranvier/models/plasticity.hpp>
#include <ranvier/models/problems.hpp>

namespace ranvier {
namespace {

using library::PlasticityRow;

const PlasticityRow& row_of(std::string_view rule) {
  const auto rows = library::plasticity_rules();
  const auto row = std::ranges::find(rows, rule, &PlasticityRow::name);
  if (row != rows.end()) return *row;
  Problems problems("plasticity");
  std::vector<std::string> known;
  for (const PlasticityRow& r : rows) known.emplace_back(r.name);
  problems.add(unknown_name_text("rule", std::string(rule), known));
  problems.raise_if_any();
  throw std::logic_error("a problem was not raised");
}

Parameter parameter_of(const library::ParameterRow& row) {
  return {std::string(row.name), row.dimension, row.range, AnyQuantity(*row.value, row.dimension), ""};
}

/// The constants of a rule, with the user's values in place of the library's.
Namespace constants_of(const PlasticityRow& rule, const Namespace& given, Problems& problems) {
  Namespace constants;
  std::vector<std::string> known;
  for (const library::ParameterRow& row : rule.parameters) {
    const Parameter parameter = parameter_of(row);
    known.push_back(parameter.name);
    const auto own = given.find(parameter.name);
    if (own != given.end()) check_param_value(parameter.name, own->second, &parameter, problems);
    constants.emplace(parameter.name, own != given.end() ? own->second : NamespaceValue(*parameter.value));
  }
  for (const auto& [name, value] : given)
    if (!constants.contains(name)) problems.add(unknown_name_text("parameter", name, known));
  return constants;
}

std::string filled(std::string_view row, const PlasticityOptions& options) {
  std::string text(row);
  const auto fill = [&](std::string_view hole, const std::string& word) {
    for (std::size_t at = text.find(hole); at != std::string::npos; at = text.find(hole, at + word.size()))
      text.replace(at, hole.size(), word);
  };
  fill("{transmission}", options.transmission);
  fill("{v}", options.voltage);
  return text;
}

Namespace checked_constants(const PlasticityRow& row, const PlasticityOptions& options) {
  Problems problems(fmt::format("plasticity \"{}\"", row.name));
  Namespace constants = constants_of(row, options.parameters, problems);
  problems.raise_if_any();
  return constants;
}

}  // namespace

SynapsesOptions plastic_synapses(std::string_view rule, const PlasticityOptions& options) {
  const PlasticityRow& row = row_of(rule);
  SynapsesOptions synapses;
  synapses.namespace_ = checked_constants(row, options);
  synapses.equations = filled(row.equations, options);
  synapses.on_pre = filled(row.on_pre, options);
  if (!row.on_post.empty()) synapses.on_post = std::string(row.on_post);
  return synapses;
}

Equations neuron_equations(std::string_view rule, const PlasticityOptions& options) {
  const PlasticityRow& row = row_of(rule);
  const Equations equations(filled(row.neuron_equations, options));
  Substitutions values;
  const std::vector<std::string> used = equations.identifiers();
  for (const auto& [name, value] : checked_constants(row, options))
    if (std::ranges::find(used, name) != used.end()) values.emplace(name, *value.quantity());
  return equations.substitute(values);
}

}  // namespace ranvier
