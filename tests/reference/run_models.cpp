// Runs models that a file describes and writes what came of them: run_models MODELS.json RESULTS.json
// What the file holds is said in models.py; compare.py writes it, and runs the same models elsewhere.
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <ranvier/ranvier.hpp>

using namespace ranvier;
using nlohmann::json;

namespace {

Time time_of(const json& seconds) {
  return Time(seconds.get<double>());
}

Namespace constants_of(const json& model) {
  Namespace constants;
  for (const auto& [name, value] : model["constants"].items()) {
    Dimension dimension;
    value[1].get_to(dimension.exponents);
    constants[name] = AnyQuantity(value[0].get<double>(), dimension);
  }
  return constants;
}

/// One model, its objects by name, and what they recorded.
class Model {
 public:
  explicit Model(const json& text)
      : network_({.seed = text.value("seed", std::uint64_t{1}),
                  .dt = time_of(text["dt"]),
                  .namespace_ = constants_of(text)}) {
    for (const json& group : text["groups"]) add_group(group);
    for (const json& poisson : text["poisson"])
      groups_[poisson["name"]] = &network_.poisson_group(
          poisson["n"].get<std::int64_t>(), poisson["rates"].get<std::string>(), {.name = poisson["name"]});
    for (const json& synapses : text["synapses"]) add_synapses(synapses);
    for (const json& code : text["regular"])
      groups_.at(code["group"])
          ->run_regularly(code["code"].get<std::string>(), {.dt = time_of(code["dt"]), .when = code["when"]});
    for (const auto& [name, group] : groups_) spikes_[name] = &network_.spike_monitor(*group);
    for (const json& record : text["record"]) {
      const std::string group = record["group"];
      recorded_[group] = record["variables"].get<std::vector<std::string>>();
      states_[group] = &network_.state_monitor(*groups_.at(group), {.variables = recorded_[group]});
    }
  }

  json run(const json& durations) {
    for (const json& duration : durations) network_.run(time_of(duration));
    json result;
    for (const auto& [name, monitor] : spikes_) {
      const auto indices = monitor->indices();
      const auto times = monitor->times();
      result["spikes"][name]["i"] = std::vector<std::int32_t>(indices.begin(), indices.end());
      result["spikes"][name]["t"] = std::vector<double>(times.begin(), times.end());
    }
    for (const auto& [name, monitor] : states_)
      for (const std::string& variable : recorded_[name])
        for (std::int64_t k = 0; k < groups_[name]->size(); ++k)
          result["traces"][name + "." + variable].push_back(monitor->trace(variable, k));
    for (const auto& [name, variables] : initialised_)
      for (const std::string& variable : variables)
        result["final"][name + "." + variable] = values_of(name, variable);
    return result;
  }

 private:
  std::vector<double> values_of(const std::string& name, const std::string& variable) {
    return synapses_.contains(name) ? (*synapses_[name])[variable].to_vector()
                                    : (*groups_[name])[variable].to_vector();
  }

  void add_group(const json& group) {
    const std::string name = group["name"];
    groups_[name] =
        &network_.neuron_group(group["n"].get<std::int64_t>(), {.equations = group.value("equations", ""),
                                                                .threshold = group.value("threshold", ""),
                                                                .reset = group.value("reset", ""),
                                                                .refractory = group.value("refractory", ""),
                                                                .method = group.value("method", ""),
                                                                .name = name});
    for (const auto& [variable, value] : group["initial"].items()) {
      (*groups_[name])[variable] = value.get<std::string>();
      initialised_[name].push_back(variable);
    }
  }

  void add_synapses(const json& text) {
    const std::string name = text["name"];
    Synapses& synapses = network_.synapses(*groups_.at(text["source"]), *groups_.at(text["target"]),
                                           {.equations = text.value("equations", ""),
                                            .on_pre = text["on_pre"].get<std::string>(),
                                            .delay = time_of(text["delay"]),
                                            .name = name});
    ConnectOptions options{.condition = text.value("condition", "")};
    options.skip_if_invalid = text.value("skip", false);
    if (text.contains("p")) options.p = text["p"].get<double>();
    if (text.contains("j")) options.j = text["j"].get<std::string>();
    synapses.connect(options);
    synapses_[name] = &synapses;
    for (const auto& [variable, value] : text["initial"].items()) {
      synapses[variable] = value.get<std::string>();
      initialised_[name].push_back(variable);
    }
  }

  Network network_;
  std::map<std::string, Group*> groups_;
  std::map<std::string, Synapses*> synapses_;
  std::map<std::string, SpikeMonitor*> spikes_;
  std::map<std::string, StateMonitor*> states_;
  std::map<std::string, std::vector<std::string>> recorded_, initialised_;
};

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) return std::cerr << "usage: run_models MODELS.json RESULTS.json\n", 2;
  const json models = json::parse(std::ifstream(arguments[1]));
  json results;
  for (const json& model : models) {
    try {
      results[model["name"]] = Model(model).run(model["durations"]);
    } catch (const Error& error) {
      results[model["name"]]["error"] = error.what();
    }
  }
  std::ofstream(arguments[2]) << results;
}
