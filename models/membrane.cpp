#include <algorithm>
#include <set>
#include <sstream>

#include <ranvier/compiler/passes/declare.hpp>
#include <ranvier/grammar/parse.hpp>
#include <ranvier/models/membrane.hpp>
#include <ranvier/models/param_checks.hpp>

namespace ranvier {
namespace {

constexpr const char* by_user = "add_equations";

/// Lines without the blanks around them; empty lines left out.
std::string trimmed_lines(const std::string& text) {
  std::istringstream stream(text);
  std::string result;
  for (std::string line; std::getline(stream, line);) {
    const std::size_t first = line.find_first_not_of(" \t\r");
    if (first == std::string::npos) continue;
    result += line.substr(first, line.find_last_not_of(" \t\r") - first + 1) + "\n";
  }
  return result;
}

/// A text and who wrote what of it.
struct Writer {
  std::string text;
  Origins origins;

  void add(const std::string& piece, const std::string& call) {
    const auto begin = static_cast<std::uint32_t>(text.size());
    text += piece;
    origins.push_back({{begin, static_cast<std::uint32_t>(text.size())}, call});
  }
};

Block parse_template(const Mechanism& mechanism) {
  Diagnostics diagnostics;
  Block block = parse_equations(make_source(mechanism.label, mechanism.equations), diagnostics);
  diagnostics.raise_if_errors();
  return block;
}

// Before the texts are parsed; a constant has the longest name of its mechanism.
void check_lengths(const Mechanism& mechanism, Problems& problems) {
  const std::size_t limit = Limits{}.identifier_bytes;
  for (const Parameter& parameter : mechanism.parameters) {
    if (parameter.name.size() <= limit) continue;
    problems.add("the name \"" + parameter.name + "\" would have " + std::to_string(parameter.name.size()) +
                 " characters; the limit is " + std::to_string(limit) + ", choose a shorter tag");
  }
}

void check_ending(const std::string& name, Problems& problems) {
  if (!name.ends_with("_pre") && !name.ends_with("_post")) return;
  problems.add("the variable \"" + name +
               "\" would end in _pre or _post, which synapses use for their two sides; "
               "choose another tag");
}

}  // namespace

Membrane::Membrane(const Mechanism& model, std::string suffix, Voltage v_rest)
    : suffix_(std::move(suffix)), v_rest_(v_rest) {
  for (const library::ParameterRow& row : library::default_constants()) {
    parameters_.push_back({.name = std::string(row.name),
                           .dimension = row.dimension,
                           .range = row.range,
                           .value = AnyQuantity(row.value.value_or(0), row.dimension)});
  }
  variables_.emplace("I" + suffix_, Defined{model.label, EquationKind::subexpression});
  variables_.emplace("I_ext" + suffix_, Defined{model.label, EquationKind::parameter});
  commit(model, parse_template(model));
}

void Membrane::commit(const Mechanism& mechanism, const Block& block) {
  for (const Equation& equation : block) {
    variables_.emplace(equation.name, Defined{mechanism.label, equation.kind});
  }
  parameters_.insert(parameters_.end(), mechanism.parameters.begin(), mechanism.parameters.end());
  mechanisms_.push_back(mechanism);
}

void Membrane::add(const Mechanism& mechanism, Problems problems) {
  const auto is_it = [&](const Mechanism& other) { return other.label == mechanism.label; };
  if (std::ranges::any_of(mechanisms_, is_it)) {
    problems.add("the model has this already; it can be added once");
  }
  check_lengths(mechanism, problems);
  problems.raise_if_any();
  const Block block = parse_template(mechanism);
  check_against(mechanism, block, problems);
  problems.raise_if_any();
  commit(mechanism, block);
}

void Membrane::check_against(const Mechanism& mechanism, const Block& block, Problems& problems) const {
  for (const Equation& equation : block) {
    check_ending(equation.name, problems);
    const auto other = variables_.find(equation.name);
    if (other != variables_.end()) {
      problems.add("the variable \"" + equation.name + "\" is defined already, by " + other->second.by);
    }
    if (user_values_.count(equation.name)) {
      problems.add("\"" + equation.name + "\" is a variable here, but add_params gave it a value before");
    }
  }
  for (const Parameter& parameter : mechanism.parameters) {
    const auto user = user_values_.find(parameter.name);
    const auto variable = variables_.find(parameter.name);
    const bool fixed = variable != variables_.end() && variable->second.kind == EquationKind::subexpression;
    if (!parameter.option.empty() && (user != user_values_.end() || fixed)) {
      problems.add(parameter.option + " would have no effect: " + (fixed ? by_user : "add_params") +
                   " gave \"" + parameter.name + "\" before; give one of the two");
    } else if (user != user_values_.end()) {
      check_param_value(parameter.name, user->second, &parameter, problems);
    }
  }
}

const Parameter* Membrane::find_parameter(const std::string& name) const {
  const auto found = std::ranges::find(parameters_, name, &Parameter::name);
  return found == parameters_.end() ? nullptr : &*found;
}

void Membrane::check_param(const std::string& name, const NamespaceValue& value, Problems& problems) const {
  const auto variable = variables_.find(name);
  if (variable == variables_.end()) {
    check_param_value(name, value, find_parameter(name), problems);
  } else {
    problems.add("\"" + name + "\" is a variable, defined by " + variable->second.by +
                 ", not a constant; set it on the group: group[\"" + name + "\"] = " + to_string(value));
  }
}

void Membrane::add_params(const NamedValues& values) {
  Problems problems("add_params");
  std::set<std::string> seen;
  for (const auto& [name, value] : values) {
    check_param_name(name, problems);
    check_param(name, value, problems);
    if (!seen.insert(name).second) problems.add("\"" + name + "\" is given twice; give it once");
  }
  problems.raise_if_any();
  for (const auto& [name, value] : values) user_values_.insert_or_assign(name, value);
}

void Membrane::add_equations(const std::string& text) {
  Diagnostics diagnostics;
  const Block block = parse_equations(make_source(by_user, text), diagnostics);
  pass::declare(block, pass::Object::group, diagnostics);
  for (const Equation& equation : block) {
    const auto other = variables_.find(equation.name);
    if (other != variables_.end()) {
      diagnostics.error(DiagnosticCode::duplicate_name, equation.name_place,
                        "'" + equation.name + "' is defined already, by " + other->second.by);
    }
    if (user_values_.count(equation.name)) {
      diagnostics.error(DiagnosticCode::duplicate_name, equation.name_place,
                        "'" + equation.name + "' has a constant value already, from add_params");
    }
  }
  diagnostics.raise_if_errors();
  for (const Equation& equation : block) variables_.emplace(equation.name, Defined{by_user, equation.kind});
  user_equations_ += trimmed_lines(text);
}

SourcePtr Membrane::source() const {
  Writer writer;
  const Mechanism& model = mechanisms_.front();
  writer.add(model.equations + "I" + suffix_ + " = I_ext" + suffix_, model.call);
  // Newest first: the order of a floating-point sum is part of the result.
  for (auto mechanism = mechanisms_.rbegin(); mechanism != mechanisms_.rend(); ++mechanism)
    if (!mechanism->current.empty()) writer.add(" + " + mechanism->current, mechanism->call);
  writer.add(" : amp\nI_ext" + suffix_ + " : amp\n", model.call);
  for (auto mechanism = mechanisms_.begin() + 1; mechanism != mechanisms_.end(); ++mechanism)
    writer.add(mechanism->equations, mechanism->call);
  writer.add(user_equations_, "model.add_equations(...)");
  return make_source("", std::move(writer.text), std::move(writer.origins));
}

Namespace Membrane::parameters() const {
  Namespace result = user_values_;
  for (const Parameter& parameter : parameters_) {
    if (parameter.value && !variables_.count(parameter.name))
      result.emplace(parameter.name, *parameter.value);
  }
  return result;
}

std::map<std::string, AnyQuantity> Membrane::initial_values() const {
  std::map<std::string, AnyQuantity> result{{"V" + suffix_, v_rest_}};
  for (const Parameter& parameter : parameters_) {
    const auto variable = variables_.find(parameter.name);
    if (variable == variables_.end() || !parameter.value) continue;
    if (variable->second.kind != EquationKind::subexpression)
      result.emplace(parameter.name, *parameter.value);
  }
  return result;
}

std::vector<Parameter> Membrane::missing_parameters() const {
  std::vector<Parameter> result;
  for (const Parameter& parameter : parameters_) {
    const bool there =
        parameter.value || user_values_.count(parameter.name) || variables_.count(parameter.name);
    if (!there) result.push_back(parameter);
  }
  return result;
}

}  // namespace ranvier
