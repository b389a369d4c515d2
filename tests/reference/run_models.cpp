// Runs models that a file describes and writes what came of them: run_models MODELS.json RESULTS.json
// What the file holds is said in models.py; compare.py writes it, and runs the same models elsewhere.
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <ranvier/ranvier.hpp>

using namespace ranvier;
using nlohmann::json;

namespace {

Time time_of(const json& seconds) {
  return Time(seconds.get<double>());
}

/// A number, or numbers, with the exponents of their dimension.
AnyQuantity quantity_of(const json& number, const json& exponents) {
  Dimension dimension;
  exponents.get_to(dimension.exponents);
  return AnyQuantity(number.get<double>(), dimension);
}

TimedArray timed_array_of(const json& array) {
  std::vector<std::vector<AnyQuantity>> rows;
  for (const json& row : array["rows"]) {
    rows.emplace_back();
    for (const json& value : row) rows.back().push_back(quantity_of(value, array["dimension"]));
  }
  const Time dt = time_of(array["dt"]);
  return array["columns"].get<bool>() ? TimedArray(rows, dt) : TimedArray(rows.front(), dt);
}

Namespace names_of(const json& model) {
  Namespace names;
  for (const auto& [name, value] : model["constants"].items()) names[name] = quantity_of(value[0], value[1]);
  for (const auto& [name, array] : model["arrays"].items()) names[name] = timed_array_of(array);
  return names;
}

std::vector<Time> times_of(const json& seconds) {
  std::vector<Time> times;
  for (const json& s : seconds) times.push_back(time_of(s));
  return times;
}

std::optional<Time> dt_of(const json& text) {
  return text.contains("dt") ? std::optional(time_of(text["dt"])) : std::nullopt;
}

/// One model, its objects by name, and what they recorded.
class Model {
 public:
  explicit Model(const json& text)
      : network_({.seed = text.value("seed", std::uint64_t{1}),
                  .dt = time_of(text["dt"]),
                  .namespace_ = names_of(text)}) {
    for (const json& group : text["groups"]) add_group(group);
    for (const json& poisson : text["poisson"])
      groups_[poisson["name"]] =
          &network_.poisson_group(poisson["n"].get<std::int64_t>(), poisson["rates"].get<std::string>(),
                                  {.dt = dt_of(poisson), .name = poisson["name"]});
    for (const json& generator : text["generators"])
      groups_[generator["name"]] = &network_.spike_generator_group(
          generator["n"].get<std::int64_t>(), generator["indices"], times_of(generator["times"]),
          {.period = time_of(generator["period"]), .dt = dt_of(generator), .name = generator["name"]});
    for (const json& link : text["links"]) add_link(link);
    for (const json& group : text["groups"]) initialise(*groups_[group["name"]], group);
    for (const json& synapses : text["synapses"]) add_synapses(synapses);
    for (const json& input : text["inputs"])
      network_.poisson_input(*groups_.at(input["target"]), input["variable"], input["n"].get<std::int64_t>(),
                             Frequency(input["rate"].get<double>()), input["weight"].get<std::string>());
    for (const json& code : text["regular"]) add_operation(code);
    for (const auto& [name, group] : groups_) spikes_[name] = &network_.spike_monitor(*group);
    for (const json& group : text["groups"]) add_event_monitors(group);
    for (const json& record : text["record"]) add_record(record);
  }

  json run(const json& stages) {
    for (const json& stage : stages) act(stage);
    json result;
    for (const auto& [name, monitor] : spikes_) {
      const auto indices = monitor->indices();
      const auto times = monitor->times();
      result["spikes"][name]["i"] = std::vector<std::int32_t>(indices.begin(), indices.end());
      result["spikes"][name]["t"] = std::vector<double>(times.begin(), times.end());
    }
    for (const auto& [name, monitor] : states_)
      for (const std::string& variable : recorded_[name])
        result["traces"][name + "." + variable] = monitor->values(variable);
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
    NeuronGroupOptions options{.equations = group.value("equations", ""),
                               .threshold = group.value("threshold", ""),
                               .reset = group.value("reset", ""),
                               .refractory = group.value("refractory", ""),
                               .method = group.value("method", ""),
                               .dt = dt_of(group),
                               .name = name};
    for (const auto& [event, condition] : group["events"].items())
      options.events.emplace_back(event, condition.get<std::string>());
    groups_[name] = &network_.neuron_group(group["n"].get<std::int64_t>(), options);
    for (const auto& [event, code] : group["event_code"].items())
      groups_[name]->run_on_event(event, code.get<std::string>());
    for (const auto& [event, when] : group["event_schedule"].items())
      groups_[name]->set_event_schedule(event, {.when = when.get<std::string>()});
  }

  /// Values that are texts, of a group or of synapses; they are compared at the end.
  template <class Owner>
  void initialise(Owner& owner, const json& text) {
    for (const auto& [variable, value] : text["initial"].items()) {
      owner[variable] = value.template get<std::string>();
      initialised_[text["name"]].push_back(variable);
    }
  }

  void add_link(const json& link) {
    LinkOptions options;
    if (link.contains("index")) options.index = link["index"].get<std::vector<std::int64_t>>();
    groups_.at(link["group"])
        ->link(link["variable"].get<std::string>(),
               (*groups_.at(link["source"]))[link["of"].get<std::string>()], options);
  }

  void add_operation(const json& code) {
    const std::string owner = code["group"], statements = code["code"];
    const OperationOptions options{.dt = dt_of(code), .when = code["when"]};
    if (synapses_.contains(owner))
      synapses_[owner]->run_regularly(statements, options);
    else
      groups_.at(owner)->run_regularly(statements, options);
  }

  void add_event_monitors(const json& group) {
    const std::string name = group["name"];
    for (const auto& [event, condition] : group["events"].items())
      spikes_[name + "." + event] = &network_.event_monitor(*groups_[name], event);
  }

  void add_record(const json& record) {
    const std::string group = record["group"];
    recorded_[group] = record["variables"].get<std::vector<std::string>>();
    const StateMonitorOptions options{.variables = recorded_[group], .dt = dt_of(record)};
    states_[group] = synapses_.contains(group) ? &network_.state_monitor(*synapses_[group], options)
                                               : &network_.state_monitor(*groups_.at(group), options);
  }

  /// Of neurons, or all of other synapses.
  Elements part(const json& text, const std::string& side) {
    if (const auto found = synapses_.find(text[side]); found != synapses_.end()) return *found->second;
    Group& group = *groups_.at(text[side]);
    if (!text.contains(side + "_slice")) return group;
    const json& limits = text[side + "_slice"];
    return group.slice(limits[0], limits[1]);
  }

  void add_synapses(const json& text) {
    const std::string name = text["name"];
    SynapsesOptions options{.equations = text.value("equations", ""),
                            .on_pre = pathways_of(text["on_pre"]),
                            .on_post = pathways_of(text["on_post"]),
                            .on_event = by_pathway<std::string>(text["on_event"]),
                            .delay = by_pathway<Time>(text["delay"]),
                            .multisynaptic_index = text.value("multisynaptic", ""),
                            .method = text.value("method", ""),
                            .dt = dt_of(text),
                            .name = name};
    synapses_[name] = &network_.synapses(part(text, "source"), part(text, "target"), options);
    connect(*synapses_[name], text);
    initialise(*synapses_[name], text);
    for (const auto& [pathway, delay] : text["delays"].items())
      synapses_[name]->pathway(pathway)["delay"] = delay.get<std::string>();
  }

  static PathwayCode pathways_of(const json& text) {
    PathwayCode::Named named;
    for (const auto& [pathway, code] : text.items()) named.emplace_back(pathway, code.get<std::string>());
    return named;
  }

  template <class Value>
  static ByPathway<Value> by_pathway(const json& text) {
    using List = std::initializer_list<std::pair<std::string, Value>>;
    const auto entry = [&](std::size_t k) {
      const auto found = std::next(text.begin(), static_cast<std::ptrdiff_t>(k));
      if constexpr (std::same_as<Value, Time>)
        return std::pair(found.key(), time_of(*found));
      else
        return std::pair(found.key(), found->template get<Value>());
    };
    if (text.empty()) return {};
    return text.size() == 1 ? ByPathway<Value>(List{entry(0)}) : ByPathway<Value>(List{entry(0), entry(1)});
  }

  static Ends ends_of(const json& text) {
    return text.is_string() ? Ends(text.get<std::string>()) : Ends(text.get<std::vector<std::int64_t>>());
  }

  static void connect(Synapses& synapses, const json& text) {
    ConnectOptions options{.condition = text.value("condition", "")};
    options.skip_if_invalid = text.value("skip", false);
    if (text.contains("p") && text["p"].is_number()) options.p = text["p"].get<double>();
    if (text.contains("p") && text["p"].is_string()) options.p = text["p"].get<std::string>();
    if (text.contains("i")) options.i = ends_of(text["i"]);
    if (text.contains("j")) options.j = ends_of(text["j"]);
    if (text.contains("copies")) options.n = text["copies"].get<std::string>();
    synapses.connect(options);
  }

  /// Runs for a time, or changes something between two runs.
  void act(const json& stage) {
    if (stage.is_number()) return network_.run(time_of(stage));
    if (const auto dt = dt_of(stage)) return network_.set_dt(*dt);
    if (const auto delay = stage.find("delay"); delay != stage.end())
      return synapses_.at((*delay)[0])
          ->pathway((*delay)[1].get<std::string>())
          .set_delay(time_of((*delay)[2]));
    if (stage.contains("connect")) return connect(*synapses_.at(stage["connect"][0]), stage["connect"][1]);
    const json& set = stage["set"];
    (*synapses_.at(set[0]))[set[1].get<std::string>()] = set[2].get<std::string>();
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
      results[model["name"]] = Model(model).run(model["stages"]);
    } catch (const std::exception& error) {
      results[model["name"]]["error"] = error.what();
    }
  }
  std::ofstream(arguments[2]) << results;
}
