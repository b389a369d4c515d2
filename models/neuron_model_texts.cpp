#include <algorithm>

#include <ranvier/models/coupling.hpp>
#include <ranvier/models/neuron_model.hpp>
#include <ranvier/models/references.hpp>

// What a model says: equations, constants, events.
namespace ranvier {

SourcePtr NeuronModel::source() const {
  EquationsWriter writer;
  for (const Compartment& compartment : compartments_) {
    if (!writer.text.empty()) writer.add("\n", "");
    compartment.membrane_.write(writer);
  }
  if (!user_.variables().empty()) writer.add("\n", "");
  user_.write(writer, "model");
  return make_source("", std::move(writer.text), std::move(writer.origins));
}

std::map<std::string, std::string> NeuronModel::variables() const {
  std::map<std::string, std::string> all;
  for (const Compartment& compartment : compartments_)
    for (const auto& [name, by] : compartment.membrane_.variables())
      all.emplace(name, by + " of \"" + compartment.name() + "\"");
  return all;
}

std::set<std::string> NeuronModel::variable_names() const {
  std::set<std::string> names;
  for (const auto& [name, by] : variables()) names.insert(name);
  for (const auto& [name, kind] : user_.variables()) names.insert(name);
  return names;
}

std::vector<Parameter> NeuronModel::declared() const {
  std::vector<Parameter> all;
  std::set<std::string> seen;
  for (const Compartment& compartment : compartments_)
    for (Parameter& parameter : compartment.membrane_.declared())
      if (seen.insert(parameter.name).second) all.push_back(std::move(parameter));
  return all;
}

/// The layers: user, compartments, defaults of the model, library.
Namespace NeuronModel::values(bool switched) const {
  Namespace result = user_.values();
  for (const Compartment& compartment : compartments_)
    for (const auto& [name, value] : compartment.membrane_.user().values()) result.emplace(name, value);
  for (const auto& [name, value] : options_.defaults) result.emplace(name, value);
  const std::vector<Parameter> all = declared();
  for (const Parameter& parameter : all)
    if (parameter.value) result.emplace(parameter.name, *parameter.value);
  resolve_references(result, all, {});
  if (!switched) return result;
  for (const Parameter& parameter : all)
    if (off_.contains(parameter.name)) result[parameter.name] = AnyQuantity(0, parameter.dimension);
  return result;
}

Namespace NeuronModel::parameters() const {
  Namespace result = values(true);
  for (const std::string& variable : variable_names()) result.erase(variable);
  return result;
}

std::map<std::string, AnyQuantity> NeuronModel::initial_values() const {
  std::map<std::string, AnyQuantity> result;
  for (const Compartment& compartment : compartments_) {
    const auto own = compartment.membrane_.initial_values();
    result.insert(own.begin(), own.end());
  }
  const Namespace all = values(true);
  for (const auto& [name, kind] : user_.variables()) {
    const auto value = all.find(name);
    if (kind == EquationKind::subexpression || value == all.end()) continue;
    if (const AnyQuantity* quantity = value->second.quantity()) result.insert_or_assign(name, *quantity);
  }
  return result;
}

std::vector<Parameter> NeuronModel::missing_parameters() const {
  const Namespace known = values(false);
  const std::set<std::string> variables = variable_names();
  std::vector<Parameter> missing;
  for (Parameter& parameter : declared())
    if (!known.contains(parameter.name) && !variables.contains(parameter.name))
      missing.push_back(std::move(parameter));
  return missing;
}

std::vector<MechanismEvent> NeuronModel::all_events() const {
  std::vector<MechanismEvent> all;
  for (const Compartment& compartment : compartments_)
    for (const Mechanism& mechanism : compartment.membrane_.mechanisms())
      all.insert(all.end(), mechanism.events.begin(), mechanism.events.end());
  return all;
}

std::map<std::string, std::string> NeuronModel::events() const {
  std::map<std::string, std::string> result;
  for (const MechanismEvent& event : all_events()) result.emplace(event.name, event.condition);
  return result;
}

std::map<std::string, std::string> NeuronModel::event_actions() const {
  std::map<std::string, std::string> result;
  for (const MechanismEvent& event : all_events()) result.emplace(event.name, event.action);
  return result;
}

std::string NeuronModel::action_potential_variable() const {
  if (compartments_.size() == 1) return "V_" + compartments_.front().name();
  std::vector<std::string> somata;
  for (const Compartment& compartment : compartments_)
    if (compartment.kind_ == Compartment::Kind::soma) somata.push_back(compartment.name());
  if (somata.size() == 1) return "V_" + somata.front();
  Problems problems("action_potential");
  problems.add("which compartment has it? The model has " +
               (somata.empty() ? "no Soma" : "more than one Soma: " + quoted_list(somata)) +
               "; write .variable = \"V_" + compartments_.front().name() + "\"");
  problems.raise_if_any();
  return "";
}

void NeuronModel::complete(NeuronGroupOptions& options) const {
  std::vector<std::pair<std::string, std::string>> events;
  std::vector<EventCode> codes;
  for (const MechanismEvent& event : all_events()) {
    events.emplace_back(event.name, event.condition);
    codes.push_back({event.name, event.action});
  }
  options.events.insert(options.events.begin(), events.begin(), events.end());
  options.on_events.insert(options.on_events.begin(), codes.begin(), codes.end());
  if (options.action_potential && options.action_potential->variable.empty())
    options.action_potential->variable = action_potential_variable();
}

void NeuronModel::apply(NeuronGroup& group) const {
  const Namespace values = parameters();
  Problems problems("apply");
  for (const auto& [name, value] : values)
    if (group.model().find(name))
      problems.add("\"" + name + "\" is a constant of the model and a variable of '" + group.name() +
                   "', which was made of another one");
  problems.raise_if_any();
  for (const auto& [name, value] : values) group.set(name, value);
}

std::vector<std::string> NeuronModel::compartment_names() const {
  std::vector<std::string> names;
  for (const Compartment& compartment : compartments_) names.push_back(compartment.name());
  return names;
}

std::vector<NeuronModel::Coupled> NeuronModel::couplings() const {
  return couplings_;
}

}  // namespace ranvier
