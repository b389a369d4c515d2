#include <fmt/format.h>
#include <fmt/ranges.h>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <ranvier/runtime/adopt.hpp>
#include <ranvier/runtime/names.hpp>

// The factories of a network: from options to objects. An object that cannot be made leaves the network as it
// was.
namespace ranvier {
namespace {

std::vector<EventText> texts_of_events(const std::string& object,
                                       const std::vector<std::pair<std::string, std::string>>& events) {
  std::vector<EventText> texts;
  for (const auto& [event, condition] : events)
    texts.push_back({make_source("name of an event of " + object, event),
                     make_source(fmt::format("event {} of {}", event, object), condition)});
  return texts;
}

/// A spike first puts the variable to its peak, then does what the user's reset says.
std::string reset_of(const NeuronGroupOptions& options) {
  if (!options.action_potential) return options.reset;
  const ActionPotential& shape = *options.action_potential;
  return fmt::format("{} = {}*volt{}{}", shape.variable, shape.peak.si(), options.reset.empty() ? "" : "\n",
                     options.reset);
}

void check_shape(const NeuronGroupOptions& options, const std::string& name) {
  if (!options.action_potential) return;
  const auto refuse = [&](std::string_view why) {
    throw NetworkError(fmt::format("action potentials of '{}': {}", name, why));
  };
  const ActionPotential& shape = *options.action_potential;
  if (shape.variable.empty()) refuse("which variable has their shape? Write .variable = \"v\"");
  if (!is_name(shape.variable)) refuse(fmt::format("'{}' is no variable", shape.variable));
  if (options.threshold.empty()) refuse("there is no threshold, at which one would begin");
  if (!std::isfinite(shape.peak.si()) || !std::isfinite(shape.after.si()))
    refuse("peak and after must be finite");
  if (!(shape.width.si() > 0)) refuse(fmt::format("a width of {} s; it must be positive", shape.width.si()));
}

/// Code of events as the options give it; the end of an action potential comes where synapses deliver.
std::vector<EventCode> codes_of(const NeuronGroupOptions& options, const GroupModel& model) {
  std::vector<EventCode> codes = options.on_events;
  if (!options.action_potential) return codes;
  const ActionPotential& shape = *options.action_potential;
  std::vector<std::string> variables;
  for (const Variable& variable : model.variables) variables.push_back(variable.name);
  if (!model.find(shape.variable)) {
    const std::string near = nearest_name(shape.variable, variables);
    throw NetworkError(fmt::format("action potentials of '{}': it has no variable '{}'; {}", model.name,
                                   shape.variable,
                                   near.empty() ? fmt::format("it has {}", fmt::join(variables, ", "))
                                                : fmt::format("did you mean '{}'?", near)));
  }
  codes.push_back({"spike",
                   fmt::format("{} = {}*volt", shape.variable, shape.after.si()),
                   {.when = "synapses", .order = -1, .delay = shape.width}});
  return codes;
}

}  // namespace

std::string Network::name_for(const std::string& wished, const char* kind) {
  const auto taken = [&](const std::string& name) {
    return std::ranges::any_of(objects_, [&](const auto& object) { return object->name() == name; });
  };
  if (!wished.empty()) {
    if (!is_name(wished))
      throw NetworkError(
          fmt::format("'{}' is not a name: use letters, digits and _, beginning with a letter", wished));
    if (taken(wished))
      throw NetworkError(fmt::format("the network already has an object called '{}'", wished));
    return wished;
  }
  std::string name = kind;
  for (int k = 1; taken(name); ++k) name = fmt::format("{}_{}", kind, k);
  return name;
}

void Network::forget(const Group& group) {
  spare_names_.erase(&group);
  std::erase(groups_, &group);
  std::erase_if(objects_, [&](const auto& object) { return object.get() == &group; });
}

void Network::set(const std::string& constant, const NamespaceValue& value) {
  check_constant(constant, value);
  names_[constant] = value;
  structure_changed();
}

std::int64_t Network::checked_size(std::int64_t n, const std::string& name, const GroupModel& model) const {
  constexpr std::int64_t most = std::numeric_limits<std::int32_t>::max() - element_padding;
  if (n < 1) throw NetworkError(fmt::format("a group of {} elements: it needs at least one", n));
  const double lists = static_cast<double>(1 + model.events.size()) * sizeof(std::int32_t);
  const double bytes = static_cast<double>(n) * (bytes_of_element(model.variables) + lists);
  if (n > most)
    throw NetworkError(fmt::format("a group of {} elements: at most {} are possible; these would need {}", n,
                                   most, in_bytes(bytes)));
  require_memory(fmt::format("'{}' with {} elements", name, n), bytes, limits_);
  return n;
}

NeuronGroup& Network::neuron_group(std::int64_t n, const NeuronGroupOptions& options) {
  check_constants(options.namespace_);
  const std::string name = name_for(options.name, "neurongroup");
  check_shape(options, name);
  const GroupText text{name,
                       options.equations.named("equations of " + name),
                       text_of("threshold", name, options.threshold),
                       text_of("reset", name, reset_of(options)),
                       text_of("refractory", name, options.refractory.text()),
                       text_of("method", name, options.method),
                       limits_,
                       texts_of_events(name, options.events),
                       options.method_options};
  Namespace known = options.namespace_;
  known.insert(names_.begin(), names_.end());
  GroupModel model = declare_group(text, known, &compile_times_);
  checked_size(n, name, model);
  const std::vector<EventCode> codes = codes_of(options, model);
  const GroupPlace place{clock_for(name, options.dt, options.clock, clock()), options.order};
  auto& group = adopt<NeuronGroup>(name, n, std::move(model), place, options.namespace_);
  groups_.push_back(&group);
  try {
    for (const EventCode& code : codes) group.run_on_event(code.event, code.code, code.options);
  } catch (...) {
    forget(group);
    throw;
  }
  return group;
}

SpikeMonitor& Network::spike_monitor(Slice source, const SpikeMonitorOptions& options) {
  require_member(source);
  return adopt<SpikeMonitor>(name_for(options.name, "spikemonitor"), source, "spike", options);
}

SpikeMonitor& Network::event_monitor(Slice source, std::string_view event,
                                     const SpikeMonitorOptions& options) {
  require_member(source);
  return adopt<SpikeMonitor>(name_for(options.name, "eventmonitor"), source, event, options);
}

StateMonitor& Network::state_monitor(Slice source, const StateMonitorOptions& options) {
  require_member(source);
  const std::string name = name_for(options.name, "statemonitor");
  return adopt<StateMonitor>(name, Elements(source),
                             clock_for(name, options.dt, options.clock, source.group().clock()), options);
}

StateMonitor& Network::state_monitor(Synapses& source, const StateMonitorOptions& options) {
  require_member(source);
  source.require_connected("recording them");
  const std::string name = name_for(options.name, "statemonitor");
  return adopt<StateMonitor>(name, Elements(source),
                             clock_for(name, options.dt, options.clock, source.clock()), options);
}

PopulationRateMonitor& Network::population_rate_monitor(Slice source, const RateMonitorOptions& options) {
  require_member(source);
  return adopt<PopulationRateMonitor>(name_for(options.name, "ratemonitor"), source, options);
}

void Network::require_member(const Elements& elements) const {
  const auto is_theirs = [&](const auto& object) { return object.get() == &elements.object(); };
  if (std::ranges::none_of(objects_, is_theirs))
    throw NetworkError(fmt::format("'{}' belongs to another network", elements.object().name()));
}

}  // namespace ranvier
