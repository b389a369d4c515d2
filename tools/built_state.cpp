#include <fmt/format.h>
#include <algorithm>
#include <ranvier/tools/built.hpp>
#include <ranvier/tools/line.hpp>
#include <ranvier/tools/reader.hpp>

// Assignments and monitors of a network that a session built.
namespace ranvier::tool {
namespace {

void update(const VariableView& view, AssignOp op, const auto& value) {
  switch (op) {
    case AssignOp::set:
      view = value;
      return;
    case AssignOp::add:
      view += value;
      return;
    case AssignOp::subtract:
      view -= value;
      return;
    case AssignOp::multiply:
      view *= value;
      return;
    default:
      view /= value;
      return;
  }
}

}  // namespace

RecordSelection selection(const Place& place) {
  const std::string text(place.text());
  if (text.empty() || text == "all") return {};
  if (text.find_first_not_of("0123456789, []") == text.npos) {
    std::vector<std::int64_t> numbers;
    for (const Place& item : listed(place)) numbers.push_back(whole_number(item, "the number of an element"));
    return RecordSelection(numbers);
  }
  if (text.find_first_not_of("0123456789: []") == text.npos) {
    const bool brackets = text.starts_with('[');
    const Place inner = brackets ? part(place, 1, text.size() - 1) : place;
    std::vector<std::int64_t> numbers;
    for (std::size_t begin = 0; begin <= inner.text().size();) {
      const std::size_t end = std::min(inner.text().find(':', begin), inner.text().size());
      numbers.push_back(whole_number(part(inner, begin, end), "begin:end:step"));
      begin = end + 1;
    }
    if (numbers.size() < 2 || numbers.size() > 3)
      refuse(place, "a range is written begin:end or begin:end:step");
    return RecordSelection(ElementRange{numbers[0], numbers[1], numbers.size() == 3 ? numbers[2] : 1});
  }
  return RecordSelection(text);
}

void Built::make(const Step&, const AssignStep& assign, Texts& texts) {
  StateOwner* owner = this->owner(assign.handle);
  if (!owner) throw NetworkError("there is nothing called '" + assign.handle + "' yet");
  Synapses* synapses = this->synapses(assign.handle);
  const auto view_of = [&]() -> VariableView {
    if (synapses) return (*synapses)[assign.variable];
    const Slice all = neurons(assign.handle);
    return (assign.range ? all.slice(assign.range->first, assign.range->second) : all)[assign.variable];
  };
  VariableView view = view_of();
  const bool missing = synapses && !connects_;
  const VariableView elements =
      assign.elements && !missing ? view.slice(assign.elements->first, assign.elements->second) : view;
  const VariableView chosen =
      assign.where.source ? elements.where(texts.text("condition", assign.where)) : elements;
  if (assign.values.size() == 1 || (missing && !assign.values.empty()))
    return update(chosen, assign.op, assign.values.front());
  if (assign.values.empty())
    return update(chosen, assign.op, texts.text("value of " + assign.variable, assign.text));
  if (assign.op != AssignOp::set) throw NetworkError("a list of values can be assigned with = alone");
  std::vector<double> si;
  for (const AnyQuantity& value : assign.values) si.push_back(value.value);
  chosen.set_si(si, assign.values.front().dimension);
}

void Built::make(const Step&, const InjectStep& inject, Texts&) {
  const Slice all = neurons(inject.neurons);
  std::vector<std::int32_t> numbers(inject.numbers.begin(), inject.numbers.end());
  if (numbers.empty())
    for (std::int32_t k = 0; k < all.size(); ++k) numbers.push_back(k);
  network_->inject_spikes(all, numbers);
}

void Built::record(const Step& step, const MonitorStep& monitor, Monitor& made) {
  recorded_.push_back({step.name, monitor.source, monitor.kind, &made, false});
}

void Built::make(const Step& step, const MonitorStep& monitor, Texts& texts) {
  if (monitor.kind == MonitorKind::trace) {
    StateMonitorOptions options{.every = monitor.every, .name = step.name};
    const bool missing = synapses(monitor.source) && !connects_;
    if (!missing) options.record = selection(monitor.elements);
    if (monitor.variables == std::vector<std::string>{"all"})
      options.variables = all_variables;
    else
      options.variables = monitor.variables;
    if (monitor.elements.source) texts.text("elements", monitor.elements);
    Synapses* found = synapses(monitor.source);
    return record(step, monitor,
                  found ? network_->state_monitor(*found, options)
                        : network_->state_monitor(neurons(monitor.neurons), options));
  }
  const Slice source = neurons(monitor.neurons);
  if (monitor.kind == MonitorKind::rate)
    return record(step, monitor, network_->population_rate_monitor(source, {.name = step.name}));
  record(step, monitor,
         monitor.event.empty() ? network_->spike_monitor(source, {.name = step.name})
                               : network_->event_monitor(source, monitor.event, {.name = step.name}));
}

void Built::record_the_rest(const Description& description) {
  constexpr std::int64_t most = 10;  // neurons whose traces are kept without being asked for
  const auto is_recorded = [&](const std::string& handle, MonitorKind kind) {
    return std::ranges::any_of(recorded_, [&](const Recorded& r) {
      const Step* owner = description.owner(r.source);
      return r.kind == kind && owner && owner->handle == handle;
    });
  };
  for (const Step& step : description.steps) {
    const auto* group = std::get_if<GroupStep>(&step.what);
    const bool input =
        std::holds_alternative<PoissonStep>(step.what) || std::holds_alternative<GeneratorStep>(step.what);
    if ((!group && !input) || !has(step.handle)) continue;
    const Slice all = neurons(step.handle);
    if ((input || group->texts.contains("threshold")) && !is_recorded(step.handle, MonitorKind::spikes))
      recorded_.push_back({step.handle + "_spikes", step.handle, MonitorKind::spikes,
                           &network_->spike_monitor(all, {.name = step.name + "_spikes"}), true});
    if (!group || group->equations.empty() || is_recorded(step.handle, MonitorKind::trace)) continue;
    recorded_.push_back(
        {step.handle + "_trace", step.handle, MonitorKind::trace,
         &network_->state_monitor(all, {.variables = all_variables,
                                        .record = ElementRange{0, std::min(most, all.size()), 1},
                                        .name = step.name + "_trace"}),
         true});
  }
}

}  // namespace ranvier::tool
