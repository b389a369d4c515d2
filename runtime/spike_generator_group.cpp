#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <ranvier/runtime/network.hpp>
#include <ranvier/runtime/spike_generator_group.hpp>
#include <tuple>

namespace ranvier {
namespace {

/// A time that is a rounding error away from the beginning of a step belongs to it.
std::int64_t step_of(double time, double dt) {
  return static_cast<std::int64_t>((time + 1e-3 * dt) / dt);
}

void require_countable(const std::string& name, double time, double dt) {
  constexpr double most = 9007199254740992;  // 2^53: steps beyond are not exact
  if (time / dt < most) return;
  throw NetworkError(
      fmt::format("'{}': {} s are more steps of {} s than can be counted exactly (2^53)", name, time, dt));
}

}  // namespace

GivenSpikes::GivenSpikes(const std::string& name, std::int64_t neurons, std::vector<std::int64_t> indices,
                         std::vector<Time> times, const SpikesOptions& options)
    : indices_(std::move(indices)), times_(std::move(times)), period_(options.period.si()) {
  if (indices_.size() != times_.size())
    throw NetworkError(fmt::format("'{}': {} indices, but {} times; each spike has one of both", name,
                                   indices_.size(), times_.size()));
  for (std::size_t k = 0; k < times_.size(); ++k) {
    if (indices_[k] < 0 || indices_[k] >= neurons)
      throw NetworkError(
          fmt::format("'{}': spike {} is of neuron {}, which is out of range; it must lie in [0, {})", name,
                      k, indices_[k], neurons));
    if (!(times_[k].si() >= 0) || !std::isfinite(times_[k].si()))
      throw NetworkError(fmt::format("'{}': spike {} comes at {} s; times must be zero or positive", name, k,
                                     times_[k].si()));
  }
  if (options.sorted && !std::ranges::is_sorted(times_))
    throw NetworkError(fmt::format("'{}': the times were said to be sorted, but they do not ascend", name));
  if (!(period_ >= 0) || !std::isfinite(period_))
    throw NetworkError(
        fmt::format("'{}': a period of {} s; it must be positive, or 0 for none", name, period_));
  const auto last = std::ranges::max_element(times_);
  if (period_ > 0 && last != times_.end() && last->si() >= period_)
    throw NetworkError(fmt::format("'{}': the period of {} s must be longer than the last time, {} s", name,
                                   period_, last->si()));
}

std::int64_t GivenSpikes::period_steps(const std::string& name, double dt) const {
  if (period_ == 0) return 0;
  require_countable(name, period_, dt);
  const double steps = std::round(period_ / dt);
  if (steps < 1 || std::abs(steps * dt - period_) > same_time * dt)
    throw NetworkError(fmt::format("'{}': the period of {} s is not a whole number of its steps of {} s",
                                   name, period_, dt));
  return static_cast<std::int64_t>(steps);
}

std::vector<GivenSpikes::Due> GivenSpikes::in_steps(const std::string& name, double dt) const {
  const std::int64_t period = period_steps(name, dt);
  std::vector<Due> due;
  due.reserve(times_.size());
  for (std::size_t k = 0; k < times_.size(); ++k) {
    require_countable(name, times_[k].si(), dt);
    const std::int64_t first = step_of(times_[k].si(), dt);
    due.push_back(
        {period > 0 ? first % period : first, first, static_cast<std::int32_t>(indices_[k]), times_[k].si()});
  }
  const auto place = [](const Due& d) { return std::tuple(d.step, d.neuron); };
  std::ranges::sort(due, {}, [&](const Due& d) { return std::tuple_cat(place(d), std::tuple(d.time)); });
  const auto twice = std::ranges::adjacent_find(due, {}, place);
  if (twice != due.end())
    throw NetworkError(
        fmt::format("'{}': neuron {} has two spikes in one step of {} s, at {} s and at {} s; leave one out "
                    "or shorten dt",
                    name, twice->neuron, dt, twice->time, std::next(twice)->time));
  return due;
}

void GivenSpikes::archive(Archive& archive, std::int64_t neurons) {
  std::vector<double> times;
  for (const Time time : times_) times.push_back(time.si());
  if (archive.checking()) {
    const auto indices = archive.stored<std::int64_t>("indices");
    const auto stored = archive.stored<double>("times");
    const auto in_range = [&](std::int64_t k) { return 0 <= k && k < neurons; };
    archive.require(indices.size() == stored.size() && std::ranges::all_of(indices, in_range) &&
                        std::ranges::all_of(stored, [](double t) { return t >= 0 && std::isfinite(t); }),
                    "its spikes are not those of its neurons");
  }
  archive.list("indices", indices_);
  archive.list("times", times);
  archive.number("period", period_);
  times_.clear();
  for (const double time : times) times_.push_back(Time(time));
}

SpikeGeneratorGroup::SpikeGeneratorGroup(Network& network, const std::string& name, std::int64_t count,
                                         GroupModel model, const GroupPlace& place, GivenSpikes spikes)
    : Group(network, name, count, std::move(model), place, {}), given_(std::move(spikes)) {}

void SpikeGeneratorGroup::set_spikes(std::vector<std::int64_t> indices, std::vector<Time> times,
                                     const SpikesOptions& options) {
  given_ = GivenSpikes(name(), size(), std::move(indices), std::move(times), options);
  changed_ = true;
  network_.structure_changed();
}

void SpikeGeneratorGroup::bind(const RunContext& context) {
  Group::bind(context);
  if (!changed_ && dt_ == context.dt) return;
  std::vector<GivenSpikes::Due> due = given_.in_steps(name(), context.dt);
  period_ = given_.period_steps(name(), context.dt);
  due_ = std::move(due);
  dt_ = context.dt;
  expected_ = -1;
  if (!changed_) return;
  const auto past = [&](const GivenSpikes::Due& d) { return d.first < clock().timestep; };
  missed_ = period_ > 0 ? 0 : std::ranges::count_if(due_, past);
  missed_before_ = clock().t();
  changed_ = false;
}

void SpikeGeneratorGroup::warn(std::vector<Diagnostic>& warnings) const {
  if (missed_ == 0) return;
  Diagnostic warning;
  warning.severity = Severity::warning;
  warning.code = DiagnosticCode::spikes_in_the_past;
  warning.message =
      fmt::format("'{}': {} of its spikes lie before {} s, when it was given them, and never come", name(),
                  missed_, missed_before_);
  warnings.push_back(warning.helped_by("times count from the beginning of the first run"));
}

void SpikeGeneratorGroup::archive(Archive& archive) {
  Group::archive(archive);
  given_.archive(archive, size());
  if (archive.reading()) changed_ = false, dt_ = 0;
}

std::int64_t SpikeGeneratorGroup::spikes_of_step(const Clock& clock, std::int32_t* list) {
  const std::int64_t step = period_ > 0 ? clock.timestep % period_ : clock.timestep;
  if (step != expected_)
    next_ = static_cast<std::size_t>(std::ranges::lower_bound(due_, step, {}, &GivenSpikes::Due::step) -
                                     due_.begin());
  std::int64_t count = 0;
  for (; next_ < due_.size() && due_[next_].step == step; ++next_)
    if (due_[next_].first <= clock.timestep) list[count++] = due_[next_].neuron;
  expected_ = step + 1;
  return count;
}

}  // namespace ranvier
