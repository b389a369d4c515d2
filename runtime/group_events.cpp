// Events of groups: what happens to elements besides the step, and what they do then.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <algorithm>
#include <cmath>
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
  const bool later = options.delay.si() != 0;
  const Code& taken = own == model_.events.end() ? model_.reset : own->code;
  if (!later && !taken.empty())
    throw NetworkError(fmt::format("'{}': the event '{}' has code already{}; write all of it there", name(),
                                   event, event == "spike" ? ", the reset" : ""));
  const SourcePtr source = make_source(fmt::format("code on {} of {}", event, name()), code);
  Code parsed =
      declare_operation(model_, source, network_.names_for(*this), &network_.compile_times(), false);
  if (parsed.empty())
    throw NetworkError(fmt::format("'{}': there is no code to run on the event '{}'", name(), event));
  network_.schedule().position(options.when);  // or there is none
  if (later) {
    add_repetition(happening, options);
    model_.events.back().code = std::move(parsed);
  } else {
    (own == model_.events.end() ? model_.reset : own->code) = std::move(parsed);
    happening.code_place = {options.when, options.order};
  }
  network_.model_changed();
}

GroupEvent& Group::add_repetition(GroupEvent& event, const RunOnEventOptions& options) {
  const double delay = options.delay.si();
  steps_of(event, delay, clock());
  const SlotPlace place{options.when, options.order};
  std::string name = event.name + "_later";
  for (int k = 1; model_.has_event(name); ++k) name = fmt::format("{}_later_{}", event.name, k);
  model_.events.push_back({name, {}, {}, {}});
  GroupEvent& repetition = events_.emplace_back(this, std::move(name), SpikeHistory(size()), place, place);
  repetition.repeats = &event;
  repetition.repetition.emplace(event.history, delay, clock().timestep);
  return repetition;
}

/// How many steps a delay is between an event and its repetition.
std::int64_t Group::steps_of(const GroupEvent& event, double delay, const Clock& clock) const {
  constexpr double most = 1e6;
  const double steps = std::trunc(delay / clock.dt + 0.5);
  if (!(delay > 0) || !(steps < most))
    throw NetworkError(
        fmt::format("'{}': code on the event '{}' with a delay of {} s; it must be positive, "
                    "and less than a million steps of {} s",
                    name(), event.name, delay, clock.dt));
  return static_cast<std::int64_t>(steps);
}

void Group::require_steps(const Clock& clock, const Clock& changed) const {
  if (&clock != &this->clock()) return;
  for (const GroupEvent& event : events_) {
    if (!event.repeats) continue;
    steps_of(*event.repeats, event.repetition->delay(), changed);
    if (!event.repetition->fits(clock.dt / changed.dt))
      throw NetworkError(
          fmt::format("dt cannot become {} s now: events of '{}' would be repeated more than a "
                      "million steps later",
                      changed.dt, name()));
  }
}

/// Who looks before an event is listed sees it in the next step.
void Group::bind_events() {
  const auto place_of = [&](GroupEvent& event) {
    PlanEntry entry = entry_of(event, event.place);
    entry.position = network_.schedule().position(event.place.when);
    return entry;
  };
  for (GroupEvent& event : events_) {
    if (!event.repeats) continue;
    const bool before = place_of(event) < place_of(*event.repeats);
    event.repetition->set_steps(steps_of(*event.repeats, event.repetition->delay(), clock()), before ? 1 : 0);
  }
}

PlanEntry Group::entry_of(GroupEvent& event, const SlotPlace& place) const {
  PlanEntry entry{place.when, place.order, 0, name()};
  if (&event != &events_.front()) entry.name += "_" + event.name;
  entry.object = &event;
  return entry;
}

void Group::plan_events(std::vector<PlanEntry>& entries) {
  const auto add = [&](GroupEvent& event, const SlotPlace& place, const char* action,
                       void (*call)(void*, const Clock&)) {
    PlanEntry entry = entry_of(event, place);
    entry.call = call, entry.action = action;
    entries.push_back(std::move(entry));
  };
  for (GroupEvent& event : events_) {
    if (event.repeats) {
      add(event, event.place, "code, later",
          [](void* self, const Clock& c) { repeat(*static_cast<GroupEvent*>(self), c); });
      continue;
    }
    if (event.condition)
      add(event, event.place, "event",
          [](void* self, const Clock& c) { look_for(*static_cast<GroupEvent*>(self), c); });
    if (event.code)
      add(event, event.code_place, &event == &events_.front() ? "reset" : "code of the event",
          [](void* self, const Clock& c) { act_on(*static_cast<GroupEvent*>(self), c); });
  }
}

/// After a change of dt several steps may have become one, and something happen to an element twice.
void Group::repeat(GroupEvent& event, const Clock& clock) {
  std::int32_t* list = event.history.open(clock.timestep);
  std::span<const std::int32_t> due = event.repetition->take(clock.timestep);
  std::vector<std::int32_t> again;
  do {
    const std::span<std::int32_t> once(list, std::ranges::unique_copy(due, list).out);
    event.history.close(clock.timestep, std::ssize(once));
    if (!once.empty()) event.code->run(clock, 0, std::ssize(once), once.data());
    std::vector<std::int32_t> rest;
    std::ranges::set_difference(due, once, std::back_inserter(rest));
    again = std::move(rest), due = again;
  } while (!due.empty());
}

void Group::archive_event(Archive& archive, GroupEvent& event) {
  const std::string name = &event == &events_.front() ? "spikes" : "event " + event.name;
  event.history.archive(archive, name);
  if (event.repetition) event.repetition->archive(archive, name, count_);
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
