#include <fmt/format.h>
#include <ranvier/tools/line.hpp>
#include <ranvier/tools/says.hpp>

// What is recorded.
namespace ranvier::tool {
namespace {

void add_monitor(Session& session, Reader& reader, MonitorStep monitor,
                 const std::map<std::string, Place>& options, const std::string& kind) {
  std::string name = fmt::format("{}_{}", monitor.source, kind);
  if (const auto given = options.find("name"); given != options.end())
    name = given->second.text();
  else
    for (int k = 1; session.description().find(name); ++k)
      name = fmt::format("{}_{}_{}", monitor.source, kind, k);
  session.add({reader.line(), name, name, std::move(monitor)});
  session.keep(reader.line());
}

MonitorStep neurons_to_record(Session& session, MonitorKind kind, const Place& place) {
  MonitorStep monitor{.kind = kind};
  monitor.neurons = read_neurons(session, place);
  monitor.source = monitor.neurons.handle;
  return monitor;
}

}  // namespace

void say_spikes(Session& session, Reader& reader) {
  const auto options = reader.options({"name", "event"});
  MonitorStep monitor = neurons_to_record(session, MonitorKind::spikes, reader.rest("the neurons"));
  if (const auto event = options.find("event"); event != options.end()) monitor.event = event->second.text();
  add_monitor(session, reader, monitor, options, monitor.event.empty() ? "spikes" : monitor.event);
}

void say_rate(Session& session, Reader& reader) {
  const auto options = reader.options({"name"});
  const MonitorStep monitor = neurons_to_record(session, MonitorKind::rate, reader.rest("the neurons"));
  add_monitor(session, reader, monitor, options, "rate");
}

void say_trace(Session& session, Reader& reader) {
  const auto options = reader.options({"name", "every"});
  const Place source = reader.chunk("the neurons or the synapses");
  MonitorStep monitor{.kind = MonitorKind::trace};
  const Step* step = session.description().find(source.text());
  if (step && std::holds_alternative<SynapsesStep>(step->what))
    monitor.source = source.text();
  else
    monitor = neurons_to_record(session, MonitorKind::trace, source);
  for (const Place& variable : listed(reader.chunk("variables: v,w")))
    if (!variable.text().empty()) monitor.variables.emplace_back(variable.text());
  if (!reader.done()) monitor.elements = unquoted(reader.rest("elements"));
  if (monitor.elements.source) selection(monitor.elements);
  if (const auto every = options.find("every"); every != options.end())
    monitor.every = whole_number(every->second, "every so many steps");
  add_monitor(session, reader, monitor, options, "trace");
}

}  // namespace ranvier::tool
