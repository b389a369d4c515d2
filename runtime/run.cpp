#include <fmt/format.h>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <ranges>
#include <ranvier/compiler/stopwatch.hpp>
#include <ranvier/runtime/forecast.hpp>
#include <ranvier/runtime/names.hpp>
#include <ranvier/runtime/network.hpp>

// Time: clocks, and the walk over the plan.
namespace ranvier {
namespace {

using Wall = std::chrono::steady_clock;

double seconds_since(Wall::time_point start) {
  return std::chrono::duration<double>(Wall::now() - start).count();
}

double checked_dt(Time dt) {
  if (!(dt.si() > 0) || !std::isfinite(dt.si()))
    throw NetworkError(fmt::format("dt is {} s, but a step must have a positive length", dt.si()));
  return dt.si();
}

/// True while it lives.
class Raised {
 public:
  explicit Raised(bool& flag) : flag_(flag) { flag_ = true; }
  ~Raised() { flag_ = false; }
  Raised(const Raised&) = delete;
  Raised& operator=(const Raised&) = delete;

 private:
  bool& flag_;
};

void require_countable(double steps) {
  constexpr double most = 9007199254740992;  // 2^53: times beyond are not exact
  if (!(steps < most))
    throw NetworkError(fmt::format("{} steps are more than can be counted exactly (2^53)", steps));
}

}  // namespace

const Clock& Network::clock(Time dt) {
  auto made = std::make_unique<Clock>();
  made->dt = checked_dt(dt);
  made->timestep = made->steps_until(time_);
  made->end = made->steps_until(run_end_);
  clocks_.push_back(std::move(made));
  return *clocks_.back();
}

const Clock& Network::clock(std::span<const Time> times) {
  if (times.empty()) throw NetworkError("a clock that ticks at given times needs at least one");
  auto made = std::make_unique<Clock>();
  made->dt = clock().dt;
  for (const Time time : times) {
    if (!(time.si() >= 0) || !std::isfinite(time.si()))
      throw NetworkError(
          fmt::format("a clock cannot tick at {} s; times must be zero or positive", time.si()));
    made->times.push_back(time.si());
  }
  std::ranges::sort(made->times);
  const auto repeated = std::ranges::adjacent_find(made->times);
  if (repeated != made->times.end())
    throw NetworkError(fmt::format("the clock's times have {} s more than once", *repeated));
  made->timestep = made->steps_until(time_);
  made->end = made->steps_until(run_end_);
  clocks_.push_back(std::move(made));
  return *clocks_.back();
}

Clock& Network::own_clock(const Clock& clock) const {
  const auto found = std::ranges::find_if(clocks_, [&](const auto& own) { return own.get() == &clock; });
  if (found == clocks_.end()) throw NetworkError("the clock belongs to another network");
  return **found;
}

const Clock& Network::clock_for(const std::string& name, const std::optional<Time>& dt, const Clock* clock,
                                const Clock& inherited) {
  if (dt && clock)
    throw NetworkError(fmt::format("'{}' was given both dt and a clock; give it one of them", name));
  if (clock) return own_clock(*clock);
  return dt ? this->clock(*dt) : inherited;
}

void Network::set_dt(const Clock& clock, Time dt) {
  Clock& own = own_clock(clock);
  if (running_) throw NetworkError("dt can be changed between two runs, not while the network is running");
  if (!own.times.empty()) throw NetworkError("a clock that ticks at given times has no dt to set");
  Clock changed = own;
  changed.dt = checked_dt(dt);
  if (changed.dt == own.dt) return;
  const double steps = std::round(time_ / changed.dt);
  if (std::abs(steps * changed.dt - time_) > same_time * changed.dt)
    throw NetworkError(fmt::format(
        "dt cannot become {} s now: the time is {} s, which is not a multiple of it", changed.dt, time_));
  changed.timestep = changed.steps_until(time_);
  const Renumbering renumbered{own.steps_until(time_), changed.timestep, own.dt / changed.dt};
  for (const auto& object : objects_) object->require_steps(own, changed);
  // What follows the events of others was made after them, and looks up the old numbers first.
  for (const auto& object : objects_ | std::views::reverse) object->renumber_steps(own, renumbered);
  own = std::move(changed);
  highest_epoch_ = std::max(highest_epoch_, ++epoch_);
  structure_changed();
}

void Network::set_schedule(Schedule schedule) {
  schedule_ = std::move(schedule);
  model_changed();
}

void Network::wind_clocks(double end) {
  for (const auto& clock : clocks_) {
    clock->timestep = clock->steps_until(time_);
    clock->end = clock->steps_until(end);
    clock->due = false;
  }
}

const Clock& Network::earliest() const {
  return **std::ranges::min_element(clocks_, {}, [](const auto& clock) { return clock->t(); });
}

bool Network::next_sweep() {
  const Clock& first = earliest();
  if (first.timestep >= first.end) return false;
  time_ = first.t();
  for (const auto& clock : clocks_)
    clock->due =
        clock.get() == &first || std::abs(clock->t() - time_) < same_time * std::min(clock->dt, first.dt);
  return true;
}

void Network::call(const PlanEntry& entry) {
  if (!entry.profile) return entry.call(entry.object, *entry.clock);
  const auto begin = Wall::now();
  entry.call(entry.object, *entry.clock);
  entry.profile->seconds += seconds_since(begin);
  ++entry.profile->calls;
}

/// Whatever host code connects, links or sets in the middle of a sweep, the rest of it sees. If something
/// fails, what is left of the step is left out: it must not be executed twice.
void Network::sweep() {
  try {
    const Raised sweeping(sweeping_);
    for (const PlanEntry& entry : plan_) {
      if (!entry.clock->due) continue;
      call(entry);
      if (!bound_) prepare();
    }
  } catch (...) {
    end_run(std::current_exception());
  }
  for (const auto& clock : clocks_) {
    if (clock->due) ++clock->timestep;
    clock->due = false;
  }
  time_ = std::min(earliest().t(), run_end_);
  if (watch_) take_findings();
  if (replan_ && !failure_) prepare();
}

void Network::end_run(std::exception_ptr failure) {
  if (!failure_) failure_ = std::move(failure);
  stop();
}

void Network::require_room_for_run() const {
  std::vector<RecordingForecast> forecasts;
  for (const auto& object : objects_) {
    if (!object->active()) continue;
    object->require_countable(object->clock().end);
    const auto steps = static_cast<double>(object->clock().end - object->clock().timestep);
    forecasts.push_back({object->name(), object->demand(steps)});
  }
  require_recording_memory(std::move(forecasts), limits_);
}

/// While it lives, the constants of one run are known. Kernels are bound to their values, so whatever comes
/// after has to bind anew.
class Network::RunNames {
 public:
  RunNames(Network& network, const Namespace& names) : network_(network) {
    check_constants(names);
    network_.run_names_ = names;
  }
  ~RunNames() {
    if (!network_.run_names_.empty()) network_.structure_changed();
    network_.run_names_.clear();
  }
  RunNames(const RunNames&) = delete;
  RunNames& operator=(const RunNames&) = delete;

 private:
  Network& network_;
};

/// While it lives, the network runs; when an exception ends the run, time stays where the steps got to.
class Network::Running {
 public:
  Running(Network& network, double end) : network_(network) {
    network_.running_ = true;
    network_.run_end_ = end;
  }
  ~Running() {
    network_.running_ = false;
    network_.run_end_ = -1;
  }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

 private:
  Network& network_;
};

/// While it lives, the parts of steps are timed.
class Network::Profiling {
 public:
  Profiling(Network& network, bool wanted) : network_(network) {
    if (!wanted) return;
    network_.profile_.clear();
    network_.profiling_ = true;
  }
  ~Profiling() {
    if (network_.profiling_) network_.structure_changed();  // the plan counts no more
    network_.profiling_ = false;
  }
  Profiling(const Profiling&) = delete;
  Profiling& operator=(const Profiling&) = delete;

 private:
  Network& network_;
};

void Network::require_idle() const {
  if (running_) throw NetworkError("the network is running; a callback may stop it, but not run or step it");
}

void Network::run(Time duration, const RunOptions& options) {
  if (!(duration.si() >= 0) || !std::isfinite(duration.si()))
    throw NetworkError(
        fmt::format("run: the duration is {} s, but it must be zero or positive", duration.si()));
  const double end = time_ + duration.si();
  for (const auto& clock : clocks_) require_countable(end / clock->dt);
  require_idle();
  const RunNames names(*this, options.namespace_);
  const Profiling profiling(*this, options.profile);
  const WatchOptions watch = options.watch.value_or(watch_options_);
  begin_watch(watch);
  prepare();
  const auto bad_before = bad_arrays(watch.limit);
  const Stopwatch stopwatch(&times_.run);
  execute(end, options);
  for (const auto& object : objects_) object->after_run();
  if (duration.si() > 0) check_at_end(watch, bad_before);
}

void Network::step(std::int64_t n) {
  if (n < 0) throw NetworkError(fmt::format("step: {} steps, but the number must be zero or positive", n));
  const double steps = static_cast<double>(clock().steps_until(time_)) + static_cast<double>(n);
  for (const auto& clock : clocks_) require_countable(steps * dt().si() / clock->dt);
  require_idle();
  set_watch(watch_options_);
  if (!bound_) prepare();
  const Stopwatch stopwatch(&times_.run);
  execute(steps * clock().dt, {});
}

void Network::execute(double end, const RunOptions& options) {
  const auto begin = Wall::now();
  auto reported = begin;
  Progress progress{0, 0, time_, end - time_};
  const auto report = [&](double fraction) {
    progress.elapsed = seconds_since(begin);
    progress.fraction = fraction;
    options.progress(progress);
  };
  wind_clocks(end);
  require_room_for_run();
  warn_of_many_steps(end);
  const Running running(*this, end);
  const auto told_to_stop = [&] { return stop_ && stop_->load(std::memory_order_relaxed); };
  stopped_ = told_to_stop();
  failure_ = nullptr;
  if (options.progress) report(0);
  while (!stopped_ && next_sweep()) {
    sweep();
    if (told_to_stop()) stop();
    if (!options.progress || seconds_since(reported) < options.period.si()) continue;
    reported = Wall::now();
    report(std::min(1.0, (time_ - progress.start) / progress.duration));
    if (!bound_) prepare();  // the callback connected something or set a constant
  }
  if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
  if (options.progress && !stopped_) report(1);
  if (!stopped_) time_ = end;
}

}  // namespace ranvier
