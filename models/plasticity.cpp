#include <fmt/format.h>
#include <algorithm>
#include <map>
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

using Rows = std::span<const library::ParameterRow>;

/// Constants with the user's values in place of the library's.
Namespace constants_of(Rows rows, const Namespace& given) {
  Namespace constants;
  for (const library::ParameterRow& row : rows) {
    const Parameter parameter = parameter_of(row);
    const auto own = given.find(parameter.name);
    constants.emplace(parameter.name, own != given.end() ? own->second : NamespaceValue(*parameter.value));
  }
  return constants;
}

void check_parameters(const PlasticityRow& rule, const Namespace& given) {
  Problems problems(fmt::format("plasticity \"{}\"", rule.name));
  std::map<std::string, Parameter> known;
  for (const Rows rows : {rule.parameters, rule.neuron_parameters})
    for (const library::ParameterRow& row : rows) known.emplace(row.name, parameter_of(row));
  std::vector<std::string> names;
  for (const auto& [name, parameter] : known) names.push_back(name);
  for (const auto& [name, value] : given) {
    const auto parameter = known.find(name);
    if (parameter == known.end())
      problems.add(unknown_name_text("parameter", name, names));
    else
      check_param_value(name, value, &parameter->second, problems);
  }
  problems.raise_if_any();
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

}  // namespace

SynapsesOptions plastic_synapses(std::string_view rule, const PlasticityOptions& options) {
  const PlasticityRow& row = row_of(rule);
  check_parameters(row, options.parameters);
  SynapsesOptions synapses;
  synapses.equations = filled(row.equations, options);
  synapses.on_pre = filled(row.on_pre, options);
  if (!row.on_post.empty()) synapses.on_post = std::string(row.on_post);
  synapses.method = std::string(row.method);
  synapses.namespace_ = constants_of(row.parameters, options.parameters);
  return synapses;
}

Equations neuron_equations(std::string_view rule, const PlasticityOptions& options) {
  const PlasticityRow& row = row_of(rule);
  check_parameters(row, options.parameters);
  Substitutions values;
  for (const auto& [name, value] : constants_of(row.neuron_parameters, options.parameters))
    values.emplace(name, *value.quantity());
  return Equations(filled(row.neuron_equations, options), values);
}

}  // namespace ranvier
