#include <algorithm>

#include <ranvier/grammar/parse.hpp>
#include <ranvier/models/library.hpp>
#include <ranvier/models/membrane.hpp>
#include <ranvier/models/param_checks.hpp>

namespace ranvier {
namespace {

constexpr const char* by_user = "add_equations";

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

/// A mechanism without events is one current, that its equations define.
void check_current(const Mechanism& mechanism, const Block& block, Problems& problems) {
  const bool one = !mechanism.current.empty() && is_identifier(mechanism.current);
  if (one && std::ranges::find(block, mechanism.current, &Equation::name) == block.end())
    problems.add("the equations do not define \"" + mechanism.current + "\", the current");
}

}  // namespace

Membrane::Membrane(const Mechanism& model, Site site) : site_(std::move(site)) {
  for (const library::ParameterRow& row : library::default_constants()) {
    constants_.push_back({.name = std::string(row.name),
                          .dimension = row.dimension,
                          .range = row.range,
                          .value = AnyQuantity(row.value.value_or(0), row.dimension)});
  }
  variables_.emplace("I" + site_.suffix, Defined{model.label, EquationKind::subexpression});
  variables_.emplace("I_ext" + site_.suffix, Defined{model.label, EquationKind::parameter});
  Problems problems(model.label);
  check_lengths(model, problems);
  problems.raise_if_any();
  const Block block = parse_template(model);
  for (const Equation& equation : block) check_ending(equation.name, problems);
  if (std::ranges::find(block, "V" + site_.suffix, &Equation::name) == block.end())
    problems.add("the equations do not define V" + site_.suffix);
  problems.raise_if_any();
  commit(model, block);
}

void Membrane::commit(const Mechanism& mechanism, const Block& block) {
  for (const Equation& equation : block) {
    variables_.emplace(equation.name, Defined{mechanism.label, equation.kind});
  }
  mechanisms_.push_back(mechanism);
}

const Mechanism* Membrane::find(const std::string& label) const {
  const auto found = std::ranges::find(mechanisms_, label, &Mechanism::label);
  return found == mechanisms_.end() ? nullptr : &*found;
}

void Membrane::add(const Mechanism& mechanism, Problems problems) {
  if (find(mechanism.label)) problems.add("the model has this already; it can be added once");
  check_lengths(mechanism, problems);
  problems.raise_if_any();
  const Block block = parse_template(mechanism);
  check_current(mechanism, block, problems);
  check_against(mechanism, block, problems);
  problems.raise_if_any();
  commit(mechanism, block);
}

void Membrane::replace(const Mechanism& mechanism) {
  *std::ranges::find(mechanisms_, mechanism.label, &Mechanism::label) = mechanism;
}

void Membrane::remove(const std::string& label) {
  std::erase_if(mechanisms_, [&](const Mechanism& mechanism) { return mechanism.label == label; });
  std::erase_if(variables_, [&](const auto& variable) { return variable.second.by == label; });
}

void Membrane::check_against(const Mechanism& mechanism, const Block& block, Problems& problems) const {
  for (const Equation& equation : block) {
    check_ending(equation.name, problems);
    const std::string other = defined_by(equation.name);
    if (!other.empty())
      problems.add("the variable \"" + equation.name + "\" is defined already, by " + other);
    if (user_.gives(equation.name))
      problems.add("\"" + equation.name + "\" is a variable here, but add_params gave it a value before");
  }
  for (const Parameter& parameter : mechanism.parameters) {
    const auto user = user_.values().find(parameter.name);
    const auto variable = user_.variables().find(parameter.name);
    const bool fixed = variable != user_.variables().end() && variable->second == EquationKind::subexpression;
    if (!parameter.option.empty() && (user != user_.values().end() || fixed)) {
      problems.add(parameter.option + " would have no effect: " + (fixed ? by_user : "add_params") +
                   " gave \"" + parameter.name + "\" before; give one of the two");
    } else if (user != user_.values().end()) {
      check_param_value(parameter.name, user->second, &parameter, problems);
    }
  }
}

const Parameter* Membrane::find_parameter(const std::string& name) const {
  for (const Mechanism& mechanism : mechanisms_) {
    const auto found = std::ranges::find(mechanism.parameters, name, &Parameter::name);
    if (found != mechanism.parameters.end()) return &*found;
  }
  const auto found = std::ranges::find(constants_, name, &Parameter::name);
  return found == constants_.end() ? nullptr : &*found;
}

std::string Membrane::defined_by(const std::string& variable) const {
  const auto found = variables_.find(variable);
  if (found != variables_.end()) return found->second.by;
  return user_.defines(variable) ? by_user : "";
}

std::map<std::string, std::string> Membrane::variables() const {
  std::map<std::string, std::string> all;
  for (const auto& [name, defined] : variables_) all.emplace(name, defined.by);
  for (const auto& [name, kind] : user_.variables()) all.emplace(name, by_user);
  return all;
}

ModelNames Membrane::names() const {
  return {[this](const std::string& name) {
            const auto found = variables_.find(name);
            return found == variables_.end() ? std::string() : found->second.by;
          },
          [this](const std::string& name) { return find_parameter(name); }};
}

void Membrane::add_params(const NamedValues& values) {
  user_.add_params(values, names());
}

void Membrane::add_equations(const std::string& text) {
  user_.add_equations(text, names());
}

void Membrane::give(const std::string& option, const std::optional<AnyQuantity>& value) {
  Parameter& parameter = *std::ranges::find(mechanisms_.front().parameters, option, &Parameter::asked);
  parameter.value = value;
  parameter.option = value ? option : "";
}

SourcePtr Membrane::source() const {
  EquationsWriter writer;
  write(writer);
  return make_source("", std::move(writer.text), std::move(writer.origins));
}

void Membrane::write(EquationsWriter& writer) const {
  const Mechanism& model = mechanisms_.front();
  const std::string& suffix = site_.suffix;
  writer.add(model.equations + "I" + suffix + " = I_ext" + suffix, model.call);
  // Newest first: the order of a floating-point sum is part of the result.
  for (auto mechanism = mechanisms_.rbegin(); mechanism != mechanisms_.rend(); ++mechanism)
    if (!mechanism->current.empty()) writer.add(" + " + mechanism->current, mechanism->call);
  writer.add(" : amp\nI_ext" + suffix + " : amp\n", model.call);
  for (auto mechanism = mechanisms_.begin() + 1; mechanism != mechanisms_.end(); ++mechanism)
    writer.add(mechanism->equations, mechanism->call);
  user_.write(writer, site_.object);
}

std::vector<Parameter> Membrane::declared() const {
  std::vector<Parameter> all = constants_;
  for (const Mechanism& mechanism : mechanisms_)
    all.insert(all.end(), mechanism.parameters.begin(), mechanism.parameters.end());
  return all;
}

Namespace Membrane::parameters() const {
  Namespace result = user_.values();
  for (const Parameter& parameter : declared())
    if (parameter.value && defined_by(parameter.name).empty())
      result.emplace(parameter.name, *parameter.value);
  return result;
}

std::map<std::string, AnyQuantity> Membrane::initial_values() const {
  std::map<std::string, AnyQuantity> result;
  for (const Parameter& parameter : declared()) {
    if (!parameter.value) continue;
    if (parameter.asked == "v_rest") result.emplace("V" + site_.suffix, *parameter.value);
    const auto variable = user_.variables().find(parameter.name);
    if (variable != user_.variables().end() && variable->second != EquationKind::subexpression)
      result.emplace(parameter.name, *parameter.value);
  }
  return result;
}

std::vector<Parameter> Membrane::missing_parameters() const {
  std::vector<Parameter> result;
  for (const Parameter& parameter : declared()) {
    const bool there = parameter.value || user_.gives(parameter.name) || !defined_by(parameter.name).empty();
    if (!there) result.push_back(parameter);
  }
  return result;
}

}  // namespace ranvier
