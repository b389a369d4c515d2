#include <algorithm>
#include <map>

#include <ranvier/compiler/compile.hpp>
#include <ranvier/models/neuron_model.hpp>
#include <ranvier/models/param_checks.hpp>

// Everything that can be wrong with a model as a whole.
namespace ranvier {
namespace {

/// What gives a value that an option asks for.
const std::map<std::string_view, std::string_view> advice = {
    {"v_rest", "give v_rest to the compartment or to the model"},
    {"C", "give cm to the compartment or to the model"},
    {"gL", "give gl to the compartment or to the model"},
    {"coupling", "give r_axial to both compartments or to the model, or a conductance to the coupling"},
    {"g_rise", "give g_rise (or g_rise_density) where the dendritic spikes are added"},
    {"g_fall", "give g_fall (or g_fall_density) where the dendritic spikes are added"},
};

std::string advice_for(const Parameter& parameter) {
  if (!parameter.same_as.empty())
    return "it is to be the same as \"" + parameter.same_as + "\", which has no value";
  const auto row = advice.find(parameter.asked);
  if (row != advice.end()) return std::string(row->second);
  const std::string by_name = "add_params({{\"" + parameter.name + "\", ...}})";
  return "give " + (parameter.asked.empty() ? by_name : parameter.asked + " there, or " + by_name);
}

/// Both constants of a coupling lack what the coupling does, which is said once, and not where it is
/// impossible anyway.
bool is_said(const Parameter& parameter, const std::vector<std::string>& problems) {
  if (parameter.asked != "coupling") return false;
  return std::ranges::any_of(problems, [&](const std::string& problem) {
    return problem.starts_with(parameter.call + ": ") ||
           problem.find(" of " + parameter.call + " has no value") != std::string::npos;
  });
}

/// Two parts of a model that say different things under one name.
void check_twice(const std::string& name, const std::string& first, const std::string& second,
                 std::vector<std::string>& problems) {
  problems.push_back("the name \"" + name + "\" is used twice: " + first + ", and " + second +
                     "; give one of the compartments another name");
}

std::vector<EventText> texts_of(const std::vector<MechanismEvent>& events) {
  std::vector<EventText> texts;
  for (const MechanismEvent& event : events)
    texts.push_back(
        {make_source("name of an event", event.name), make_source("event " + event.name, event.condition)});
  return texts;
}

}  // namespace

void NeuronModel::build(const Namespace& known) const {
  std::vector<std::string> problems = problems_;
  check_names(problems);
  check_values(known, problems);
  check_texts(known, problems);
  if (!problems.empty()) throw ModelBuilderError("NeuronModel", std::move(problems));
}

void NeuronModel::check_names(std::vector<std::string>& problems) const {
  std::map<std::string, std::string> used;  // by what
  for (const Compartment& compartment : compartments_) {
    const std::string of = " of \"" + compartment.name() + "\"";
    for (const auto& [name, by] : compartment.membrane_.variables()) {
      const auto [other, is_new] = used.emplace(name, by + of);
      if (!is_new) check_twice(name, other->second, by + of, problems);
    }
  }
  for (const Compartment& compartment : compartments_) {
    for (const Parameter& parameter : compartment.membrane_.declared()) {
      const auto variable = used.find(parameter.name);
      const bool own = !compartment.membrane_.defined_by(parameter.name).empty();
      if (variable != used.end() && !own)
        check_twice(parameter.name, variable->second, "a constant of \"" + compartment.name() + "\"",
                    problems);
    }
  }
}

void NeuronModel::check_values(const Namespace& known, std::vector<std::string>& problems) const {
  std::map<std::string, std::pair<const NamespaceValue*, std::string>> given;
  for (const Compartment& compartment : compartments_) {
    for (const auto& [name, value] : compartment.membrane_.user().values()) {
      const auto [other, is_new] = given.emplace(name, std::pair(&value, compartment.name()));
      if (is_new || *other->second.first == value || user_.gives(name)) continue;
      problems.push_back("\"" + name + "\" is " + ranvier::to_string(*other->second.first) +
                         " by add_params of \"" + other->second.second + "\" and " +
                         ranvier::to_string(value) + " by that of \"" + compartment.name() +
                         "\"; it is one constant of the whole model");
    }
  }
  const ModelNames all = names();
  for (const auto& [name, value] : options_.defaults) {
    Problems found("");
    const Parameter* parameter = all.declared(name);
    if (!parameter)
      problems.push_back("defaults: no constant is called \"" + name + "\"");
    else
      check_param_value(name, value, parameter, found);
    for (const std::string& problem : found.list()) problems.push_back("defaults: " + problem);
  }
  const std::set<std::string> variables = variable_names();
  for (const Parameter& parameter : declared())
    if (variables.contains(parameter.same_as) && !variables.contains(parameter.name))
      problems.push_back("\"" + parameter.name + "\" of " + parameter.call + " is to be the same as \"" +
                         parameter.same_as +
                         "\", which is a variable; make it a variable too, by per_neuron");
  for (const Parameter& parameter : missing_parameters())
    if (!known.contains(parameter.name) && !is_said(parameter, problems))
      problems.push_back("\"" + parameter.name + "\" of " + parameter.call + " has no value; " +
                         advice_for(parameter));
}

/// The texts, as if all constants that are missing had a value: that they are has been said.
void NeuronModel::check_texts(const Namespace& known, std::vector<std::string>& problems) const {
  if (compartments_.empty()) return;
  Namespace all = parameters();
  all.insert(known.begin(), known.end());
  for (const Parameter& parameter : missing_parameters())
    all.emplace(parameter.name, AnyQuantity(1, parameter.dimension));
  GroupText text;
  text.name = "model";
  text.equations = EquationsText(source());
  text.events = texts_of(all_events());
  try {
    declare_whole_group(text, all);
  } catch (const ModelError& error) {
    if (problems.empty()) throw;
    problems.emplace_back(error.what());
  }
}

}  // namespace ranvier
