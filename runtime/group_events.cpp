// Events of groups: what happens to elements besides the step, and what they do then.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <algorithm>
#include <ranvier/compiler/compile_operation.hpp>
#include <ranvier/runtime/network.hpp>

namespace ranvier {

GroupEvent& Group::event(std::string_view name) {
  const std::vector<std::string> known = model_.event_names();
  if (std::ranges::find(known, name) != known.end())
    return *std::ranges::find(events_, name, &GroupEvent::name);
  const std::string near = nearest_name(name, known);
  const std::string instead = !near.empty()   ? fmt::format("did you mean '{}'?", near)
                              : known.empty() ? "it has none: give it a threshold, or events"
                                              : fmt::format("it has {}", fmt::join(known, ", "));
  throw NetworkError(fmt::format("'{}' has no event '{}'; {}", this->name(), name, instead));
}

GroupEvent& Group::followed(std::string_view event) {
  return event == "spike" ? events_.front() : this->event(event);
}

void Group::set_event_schedule(std::string_view event, const EventSchedule& schedule) {
  SlotPlace& place = this->event(event).place;
  if (!schedule.when.empty()) place.when = schedule.when;
  place.order = schedule.order.value_or(place.order);
  network_.model_changed();
}

void Group::run_on_event(const std::string& event, const std::string& code,
                         const RunOnEventOptions& options) {
  GroupEvent& happening = this->event(event);
  const auto own = std::ranges::find(model_.events, event, &Event::name);
  Code& place = own == model_.events.end() ? model_.reset : own->code;
  if (!place.empty())
    throw NetworkError(fmt::format("'{}': the event '{}' has code already{}; write all of it there", name(),
                                   event, event == "spike" ? ", the reset" : ""));
  const SourcePtr source = make_source(fmt::format("code on {} of {}", event, name()), code);
  Code parsed =
      declare_operation(model_, source, network_.names_for(*this), &network_.compile_times(), false);
  if (parsed.empty())
    throw NetworkError(fmt::format("'{}': there is no code to run on the event '{}'", name(), event));
  place = std::move(parsed);
  happening.code_place = {options.when, options.order};
  network_.model_changed();
}

void Group::plan_events(std::vector<PlanEntry>& entries) {
  const auto add = [&](GroupEvent& event, const SlotPlace& place, const char* action,
                       void (*call)(void*, const Clock&)) {
    const bool spikes = &event == &events_.front();
    entries.push_back({place.when, place.order, 0, spikes ? name() : fmt::format("{}_{}", name(), event.name),
                       call, &event, nullptr, false, action});
  };
  for (GroupEvent& event : events_) {
    if (event.condition)
      add(event, event.place, "event",
          [](void* self, const Clock& c) { look_for(*static_cast<GroupEvent*>(self), c); });
    if (event.code)
      add(event, event.code_place, &event == &events_.front() ? "reset" : "code of the event",
          [](void* self, const Clock& c) { act_on(*static_cast<GroupEvent*>(self), c); });
  }
}

void Group::look_for(GroupEvent& event, const Clock& clock) {
  std::int32_t* list = event.history.open(clock.timestep);
  event.history.close(clock.timestep, event.condition->run(clock, 0, event.group->size(), list));
}

void Group::act_on(GroupEvent& event, const Clock& clock) {
  const std::span<std::int32_t> list = event.history.at(clock.timestep);
  if (!list.empty()) event.code->run(clock, 0, std::ssize(list), list.data());
}

}  // namespace ranvier
