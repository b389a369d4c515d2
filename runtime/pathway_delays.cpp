#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <limits>
#include <ranvier/runtime/network.hpp>
#include <ranvier/runtime/pathway.hpp>

// Delays of pathways: one for all synapses or one for each, and what becomes of them and of spikes in flight
// when steps get another length.
namespace ranvier {
namespace {

constexpr double most_own = std::numeric_limits<std::uint16_t>::max();  // steps

double rounded(double steps) {
  return std::trunc(steps + 0.5);
}

}  // namespace

Time Pathway::delay() const {
  require_one_delay();
  return Time(delay_);
}

std::int64_t Pathway::delay_steps() const {
  require_one_delay();
  return steps_;
}

void Pathway::require_one_delay() const {
  if (has_own_delays())
    throw NetworkError(
        fmt::format("each synapse of '{0}' has a delay of its own; read {0}.pathway(\"{1}\")"
                    "[\"delay\"]",
                    synapses_.name(), name()));
}

void Pathway::set_delay(Time delay) {
  const bool writes =
      std::ranges::any_of(model_.code, [](const Statement& s) { return s.target == "delay"; });
  if (writes)
    throw NetworkError(
        fmt::format("the code of the pathway '{1}' of '{0}' writes delays, so each synapse has "
                    "its own; assign {0}.pathway(\"{1}\")[\"delay\"]",
                    synapses_.name(), name()));
  const std::int64_t steps = in_steps(delay.si(), clock());
  synapses_.settle();
  hold_spikes();
  event_.history.deepen(steps + lag_ + 1);
  const bool other_code = delays_ || (delay_ == 0 && delay.si() > 0) || !model_.one_delay;
  delays_.reset();
  delay_ = delay.si();
  steps_ = steps;
  model_.one_delay = true, model_.own_delays = false;
  other_code ? network().model_changed() : network().structure_changed();
}

VariableView Pathway::operator[](std::string_view variable) {
  if (variable != "delay")
    throw NetworkError(fmt::format("the pathway '{}' of '{}' has no variable '{}', only its 'delay'", name(),
                                   synapses_.name(), variable));
  return synapses_[name() + ".delay"];
}

void Pathway::give_own_delays() {
  if (delays_) return;
  Array delays(Storage::u16, synapses_.size());
  std::ranges::fill(delays.as<std::uint16_t>(), static_cast<std::uint16_t>(steps_));
  hold_spikes();
  delays_ = std::move(delays);
  delay_ = 0, steps_ = 0;
  model_.own_delays = true;
  network().model_changed();
}

std::vector<double> Pathway::delays_at(std::span<const std::int32_t> positions) const {
  std::vector<double> values;
  for (const std::int32_t p : positions) values.push_back(delays_ ? delays_->get(p) * clock().dt : delay_);
  return values;
}

void Pathway::set_delays(std::span<const std::int32_t> positions, std::span<const double> delays) {
  if (model_.one_delay) {
    const bool one = !delays.empty() && std::ssize(delays) == synapses_.size() &&
                     std::ranges::all_of(delays, [&](double d) { return d == delays.front(); });
    if (one) return set_delay(Time(delays.front()));
    throw NetworkError(
        fmt::format("'{}' was given one delay for all synapses of the pathway '{}'; leave it out where they "
                    "are made, and each can have its own",
                    synapses_.name(), name()));
  }
  std::vector<std::uint16_t> steps;
  for (const double delay : delays) {
    const double own = rounded(delay / clock().dt);
    if (!(delay >= 0) || !(own <= most_own))
      throw NetworkError(
          fmt::format("'{}': a delay of {} s is impossible; it must be zero or positive, and "
                      "at most {} steps of {} s",
                      synapses_.name(), delay, most_own, clock().dt));
    steps.push_back(static_cast<std::uint16_t>(own));
  }
  give_own_delays();
  const auto all = delays_->as<std::uint16_t>();
  for (std::size_t k = 0; k < steps.size(); ++k) all[static_cast<std::size_t>(positions[k])] = steps[k];
}

std::optional<Array> Pathway::moved_delays(std::int64_t count, const std::vector<std::int64_t>& from) const {
  if (!delays_) return std::nullopt;
  Array moved(Storage::u16, count);
  for (std::size_t k = 0; k < from.size(); ++k)
    if (from[k] >= 0) moved.set(static_cast<std::int64_t>(k), delays_->get(from[k]));
  return moved;
}

void Pathway::require_steps(const Clock& changed) const {
  in_steps(delay_, changed);
  const double ratio = clock().dt / changed.dt;
  std::int64_t longest = segments_ ? segments_->longest() : 0;
  if (delays_)
    for (const std::uint16_t delay : delays_->as<std::uint16_t>())
      longest = std::max<std::int64_t>(longest, delay);
  if (rounded(static_cast<double>(longest) * ratio) > most_own)
    throw NetworkError(fmt::format("dt cannot become {} s: '{}' has a delay of {} s, more than {} such steps",
                                   changed.dt, synapses_.name(), static_cast<double>(longest) * clock().dt,
                                   most_own));
  const double ahead = static_cast<double>(due_.last(next_) - next_ + steps_) * ratio;
  if (ahead < static_cast<double>(DueSynapses::most_steps)) return;
  throw NetworkError(
      fmt::format("dt cannot become {} s now: spikes in flight to '{}' would have more than a "
                  "million steps before them",
                  changed.dt, synapses_.name()));
}

void Pathway::renumber_steps(const Renumbering& renumbered) {
  hold_spikes_before(next_);
  due_.clear_before(renumbered.from);
  due_.renumber(renumbered.from, renumbered.to, renumbered.ratio);
  next_ = next_ == renumbered.from ? renumbered.to : renumbered(next_);
  held_ = next_;
  if (!delays_) return;
  for (std::uint16_t& delay : delays_->as<std::uint16_t>())
    delay = static_cast<std::uint16_t>(rounded(delay * renumbered.ratio));
}

void Pathway::archive(Archive& archive, std::int64_t synapses) {
  const std::string prefix = name() + ".";
  if (archive.checking()) {
    const auto next = archive.stored<std::int64_t>(prefix + "next").front();
    const auto lag = archive.stored<std::int64_t>(prefix + "lag").front();
    archive.require(next >= 0 && (lag == 0 || lag == 1), "it acts in no step");
    archive.require(archive.stored<double>(prefix + "delay").front() >= 0, "a delay is no time");
  }
  archive.number(prefix + "delay", delay_);
  archive.number(prefix + "one delay", model_.one_delay);
  archive.number(prefix + "lag", lag_);
  archive.number(prefix + "next", next_);
  archive.number(prefix + "held", held_);
  archive_delays(archive, synapses);
  due_.archive(archive, prefix + "due",
               archive.checking() ? archive.stored<std::int64_t>(prefix + "next").front() : next_, synapses);
  if (!archive.reading()) return;
  const double most = static_cast<double>(DueSynapses::most_steps - 1);
  steps_ = static_cast<std::int64_t>(std::min(rounded(delay_ / clock().dt), most));
  network().model_changed();
}

void Pathway::archive_delays(Archive& archive, std::int64_t synapses) {
  const std::string field = name() + ".delay steps";
  std::vector<std::uint16_t> steps;
  if (delays_) steps.assign(delays_->as<std::uint16_t>().begin(), delays_->as<std::uint16_t>().end());
  archive.number(name() + ".own delays", model_.own_delays);
  if (archive.checking()) {
    const bool own = archive.stored<std::uint8_t>(name() + ".own delays").front() != 0;
    archive.require(std::ssize(archive.stored<std::uint16_t>(field)) == (own ? synapses : 0),
                    "its delays are not those of its synapses");
  }
  archive.list(field, steps);
  if (!archive.reading()) return;
  delays_.reset();
  if (!model_.own_delays) return;
  delays_.emplace(Storage::u16, synapses);
  std::ranges::copy(steps, delays_->as<std::uint16_t>().begin());
}

}  // namespace ranvier
