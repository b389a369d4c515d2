#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <new>
#include <ranvier/runtime/bins.hpp>
#include <ranvier/runtime/memory.hpp>
#include <ranvier/runtime/network.hpp>
#include <ranvier/runtime/pathway.hpp>

// An event is on its way from the moment at which the pathway's slot has seen it. As long as nothing changes,
// what it leads to is looked up when it arrives, in the history of events. Before anything changes that this
// depends on, it becomes a list of synapses that are due.
namespace ranvier {
namespace {

constexpr std::size_t most_bins = 4096;  // that are worth counting in on every thread

}  // namespace

Pathway::Pathway(Synapses& synapses, PathwayModel& model, Time delay)
    : synapses_(synapses),
      model_(model),
      side_((model.post ? synapses.target() : synapses.source()).slice()),
      event_(side_.group().followed(model.event)),
      place_{"synapses", model.post ? 1 : -1},
      delay_(delay.si()),
      steps_(in_steps(delay_, clock())),
      next_(clock().timestep),
      held_(next_) {
  event_.history.deepen(steps_ + 1);
  if (model_.own_delays) delays_.emplace(Storage::u16, synapses.size());
}

std::int64_t Pathway::in_steps(double delay, const Clock& clock) const {
  const double steps = std::trunc(delay / clock.dt + 0.5);
  if (!(delay >= 0) || !(steps < static_cast<double>(DueSynapses::most_steps)))
    throw NetworkError(
        fmt::format("'{}': a delay of {} s is impossible for the pathway '{}'; it must be zero or positive, "
                    "and less than a million steps",
                    synapses_.name(), delay, name()));
  const double history = static_cast<double>(side_.group().size()) * (steps + 2);
  require_memory(fmt::format("the spikes in flight to '{}'", synapses_.name()),
                 history * sizeof(std::int32_t), network().limits());
  return static_cast<std::int64_t>(steps);
}

void Pathway::set_when(std::string when) {
  network().schedule().position(when);  // or there is none
  place_.when = std::move(when);
  network().model_changed();
}

void Pathway::set_order(int order) {
  place_.order = order;
  network().model_changed();
}

/// What can be on its way beyond a step is executed as a list when something changes meanwhile.
PathwayUse Pathway::use() {
  listed_ = listed_ || model_.post || has_own_delays() || delay_ > 0 || !due_.empty() || current_lag() > 0 ||
            takes_apart_;
  return {!model_.post && (!delays_ || new_segments()), listed_, clock().dt};
}

void Pathway::detach() {
  rows_ = list_ = BoundKernel();
}

void Pathway::attach(BoundKernel kernel) {
  draws_ = std::ranges::any_of(kernel.kernel().scalars,
                               [](const Scalar& s) { return s.kind == ScalarKind::key_low; });
  (kernel.kernel().loop == Loop::rows ? rows_ : list_) = std::move(kernel);
}

void Pathway::bind(const RunContext& context) {
  catch_up(clock().timestep);
  if (!network().sweeping()) see_after(current_lag());
  if (!has_own_delays()) steps_ = in_steps(delay_, clock());
  event_.history.deepen(steps_ + lag_ + 1);
  RunContext own = context;
  own.dt = clock().dt;
  const bool usual = name() == "pre" || name() == "post";
  const std::string block = usual ? name() : "pathway " + name();  // names a stream: it never changes
  if (rows_) rows_.bind(synapses_, own, synapses_.name(), block);
  if (list_ && (model_.post || delays_ || takes_apart_ || !due_.empty()))
    list_.bind(synapses_, own, synapses_.name(), block);
}

std::string Pathway::entry_name() const {
  return synapses_.name() + "_" + name();
}

void Pathway::plan(std::vector<PlanEntry>& entries) {
  if (!rows_ && !list_) return;
  entries.push_back({place_.when, place_.order, 0, entry_name(),
                     [](void* self, const Clock& clock) { static_cast<Pathway*>(self)->deliver(clock); },
                     this, &clock(), false, "pathway", synapses_.name()});
}

/// By default events are listed before the slot of synapses.
std::int64_t Pathway::current_lag() const {
  PlanEntry own, event;
  const Group& group = *event_.group;
  own.position = network().schedule().position(place_.when);
  event.position = network().schedule().position(event_.place.when);
  own.order = place_.order, event.order = event_.place.order;
  own.name = entry_name();
  event.name = event_.name == "spike" ? group.name() : fmt::format("{}_{}", group.name(), event_.name);
  return own < event ? 1 : 0;
}

void Pathway::see_after(std::int64_t lag) {
  if (lag == lag_) return;
  hold_spikes_before(next_);  // none of them is seen twice, or never
  lag_ = lag;
}

void Pathway::hold_spikes() {
  hold_spikes_before(next_ - lag_);
}

void Pathway::hold_spikes_before(std::int64_t step) {
  for (std::int64_t s = std::max(held_, next_ - lag_ - steps_); s < step; ++s) send(s);
  held_ = std::max(held_, step);
}

/// What the events of a step lead to becomes due.
void Pathway::send(std::int64_t step) {
  const std::int64_t seen = step + lag_, now = std::max(clock().timestep, next_);
  if (segments_) return send_segments(step, now);
  const std::uint16_t* delays = delays_ ? delays_->as<std::uint16_t>().data() : nullptr;
  if (!delays && seen + steps_ < now) return;
  for (const std::int32_t neuron : spikes_of(step))
    synapses_.for_each_synapse(neuron, model_.post, [&](std::int32_t synapse) {
      const std::int64_t due = seen + (delays ? delays[synapse] : steps_);
      if (due >= now) due_.push(due, synapse);
    });
}

std::span<std::int32_t> Pathway::spikes_of(std::int64_t step) {
  const std::span<std::int32_t> all = event_.history.at(step);
  const auto first = std::ranges::lower_bound(all, static_cast<std::int32_t>(side_.begin()));
  const auto last = std::ranges::lower_bound(first, all.end(), static_cast<std::int32_t>(side_.end()));
  return {first, last};
}

/// Steps were left out: what happened or was due in them is lost.
void Pathway::catch_up(std::int64_t now) {
  if (next_ >= now) return;
  hold_spikes();
  due_.clear_before(now);
  next_ = now;
  held_ = now - lag_;
}

void Pathway::deliver(const Clock& clock) {
  const std::int64_t now = clock.timestep;
  if (next_ < now) due_.clear_before(now);  // a step that failed was left out
  const std::int64_t step = now - lag_ - (delays_ ? 0 : steps_);
  const bool arrives = step >= held_;
  if (delays_ && arrives) take_up(step);
  if (const std::span<std::int32_t> due = due_.at(now); !due.empty()) {
    deliver_list(clock, due);
    due_.clear(now);
  }
  if (segments_)
    deliver_segments(clock);
  else if (!delays_ && arrives)
    deliver_to(clock, spikes_of(step));
  next_ = now + 1;
}

void Pathway::take_up(std::int64_t step) {
  try {
    if (!send_together(step)) send(step);
  } catch (const std::bad_alloc&) {
    throw NetworkError(fmt::format("out of memory for the spikes in flight to '{}'", synapses_.name()));
  }
  held_ = step + 1;
}

/// As `send`, by all threads; false if it is not worth it.
bool Pathway::send_together(std::int64_t step) {
  const std::span<std::int32_t> neurons = spikes_of(step);
  Team& team = network().team();
  if (neurons.empty() || team.size() == 1) return false;
  const std::int64_t synapses = synapses_.synapses_of(neurons, model_.post);
  if (!list_.worth_dividing(synapses)) return false;
  const std::uint16_t* delays = delays_->as<std::uint16_t>().data();
  const std::int64_t parts = team.size(), count = std::ssize(neurons);
  const auto visit = [&](std::int64_t part, auto f) {
    for (std::int64_t k = count * part / parts; k < count * (part + 1) / parts; ++k)
      synapses_.for_each_synapse(neurons[static_cast<std::size_t>(k)], model_.post,
                                 [&](std::int32_t synapse) { f(delays[synapse], synapse); });
  };
  std::vector<std::size_t> longest(static_cast<std::size_t>(parts));
  team.each(parts, [&](std::int64_t part, int) {
    std::size_t own = 0;
    visit(part, [&](std::size_t delay, std::int32_t) { own = std::max(own, delay); });
    longest[static_cast<std::size_t>(part)] = own;
  });
  const std::size_t bins = std::ranges::max(longest) + 1;
  if (bins > std::min<std::size_t>(most_bins, static_cast<std::size_t>(synapses))) return false;
  put_into_bins(team, parts, bins, visit,
                [&](const std::vector<std::int64_t>& sizes) { return due_.extend(step + lag_, sizes); });
  return true;
}

void Pathway::deliver_list(const Clock& clock, std::span<std::int32_t> synapses) {
  if (!list_.targets_apart() || !list_.worth_dividing(std::ssize(synapses))) {
    list_.run(clock, 0, std::ssize(synapses), synapses.data());
    return;
  }
  const Elements target = synapses_.target();
  list_.run_lists(clock, lists_.divide(synapses, synapses_.connectivity_.target, target.begin(),
                                       target.size(), network().team()));
}

/// Each target has its own synapses: whoever executes them, they are in order.
void Pathway::deliver_to_targets(const Clock& clock, std::span<const std::int32_t> neurons) {
  Incoming& incoming = synapses_.incoming_synapses();
  const auto row = [&](std::int32_t neuron) { return incoming.row.begin() + (neuron - side_.begin()); };
  list_.start(clock);
  const auto deliver = [&](std::span<const std::int32_t> some) {
    for (const std::int32_t neuron : some)
      list_.proceed(row(neuron)[0], row(neuron)[1], incoming.synapses.data());
  };
  if (!list_.targets_apart() || !list_.worth_dividing(synapses_.synapses_of(neurons, true)))
    return deliver(neurons);
  const auto parts = static_cast<std::size_t>(network().team().size());
  const auto begin_of = [&](std::size_t part) {  // after a change of dt a neuron may be there repeatedly
    std::size_t k = neurons.size() * part / parts;
    while (k > 0 && k < neurons.size() && neurons[k] == neurons[k - 1]) ++k;
    return k;
  };
  network().team().each(static_cast<std::int64_t>(parts), [&](std::int64_t part, int) {
    const std::size_t first = begin_of(static_cast<std::size_t>(part));
    deliver(neurons.subspan(first, begin_of(static_cast<std::size_t>(part) + 1) - first));
  });
}

std::string Pathway::kernel_text() const {
  std::string text;
  for (const BoundKernel* kernel : {&rows_, &list_})
    if (*kernel) text += print(kernel->kernel());
  return text;
}

}  // namespace ranvier
