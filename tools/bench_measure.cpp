#include <chrono>
#include <ranvier/tools/bench_hand.hpp>
#include <ranvier/tools/bench_measure.hpp>
#include <ranvier/tools/cost.hpp>
#include <ranvier/tools/kernels_of.hpp>
#include <sstream>
#include <thread>

namespace ranvier::tool {
namespace {

double seconds_since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

/// A session with a model that is ready to run.
struct Ready {
  Ready(const SourcePtr& text, const BenchSetting& setting) : session(options(setting)) {
    if (!session.load(text) || !session.finish()) throw ModelError(session.take_problems());
    session.built().network().prepare();
  }
  SessionOptions options(const BenchSetting& setting) {
    SessionOptions options;
    options.dry = true;
    options.threads = setting.threads;
    options.backend = setting.backend;
    options.backend.cache.clear();  // code that was kept would be compiled in no time
    options.dtype = setting.dtype;
    options.out = &unread;
    return options;
  }
  std::ostringstream unread;
  Session session;
};

void count(Session& session, Measured& measured) {
  for (const Step& step : session.description().steps) {
    if (const auto* group = std::get_if<GroupStep>(&step.what)) measured.neurons += group->size;
    if (std::holds_alternative<SynapsesStep>(step.what))
      measured.synapses += session.built().synapses(step.handle)->size();
  }
}

/// Events that synapses have passed on, from the spikes that their sources had in all runs.
double events_of(Session& session) {
  double events = 0;
  for (const Step& step : session.description().steps) {
    const auto* said = std::get_if<SynapsesStep>(&step.what);
    if (!said) continue;
    const Synapses& synapses = *session.built().synapses(step.handle);
    for (const Recorded& recorded : session.built().recorded())
      if (recorded.kind == MonitorKind::spikes && recorded.source == said->source.handle)
        events += static_cast<double>(recorded.spikes().num_spikes()) * static_cast<double>(synapses.size()) /
                  static_cast<double>(synapses.source().size());
  }
  return events;
}

/// The shortest step of some runs, each twice as long as the last one until five fill the time.
template <class Run>
double shortest_step(double seconds, const Run& run) {
  double shortest = 0, taken = 0;
  std::int64_t steps = 1;
  for (int tries = 0; taken < seconds && tries < 40; ++tries) {
    const auto begin = std::chrono::steady_clock::now();
    run(steps);
    const double one = seconds_since(begin);
    taken += one;
    if (tries == 0 || one / static_cast<double>(steps) < shortest)
      shortest = one / static_cast<double>(steps);
    if (one < seconds / 5) steps *= 2;
  }
  return shortest;
}

/// What a step of a neuron takes at least, if all cost alike and no synapses are there.
double least_step(Session& session, const Measured& measured) {
  if (measured.synapses > 0) return 0;
  LeastTime least;
  for (const Step& step : session.description().steps) {
    if (!std::holds_alternative<GroupStep>(step.what)) continue;
    if (least.seconds() > 0) return 0;  // another group
    KernelCost cost;
    for (const auto& [kernel, often] : kernels_of(session, step))
      if (often == Often::step) cost += cost_of(kernel);
    least = least_time(cost, measured.neurons);
  }
  return least.seconds();
}

double passing_of(Network& network) {
  double seconds = 0;
  for (const ProfileEntry& entry : network.profiling_info())
    if (entry.name.ends_with("_pre")) seconds += entry.seconds;
  return seconds;
}

}  // namespace

std::vector<BenchSetting> bench_settings(bool all) {
  std::vector<BenchSetting> settings{{"llvm", {}}};
  const int cores = static_cast<int>(std::thread::hardware_concurrency());
  if (cores > 1) settings.push_back({"llvm", {}, cores});
  if (!all) return settings;
  for (const int lanes : {1, 2, 4, 8}) settings.push_back({"llvm", {.lanes = lanes}});
  settings.push_back({"precise", {.precise = true}});
  settings.push_back({"reference", {.name = "reference"}});
  settings.push_back({.code = "llvm", .backend = {}, .dtype = Dtype::float32});
  return settings;
}

Measured measure(const std::string& name, const SourcePtr& text, const BenchSetting& setting,
                 double seconds) {
  Ready ready(text, setting);
  Network& network = ready.session.built().network();
  Measured measured{name, setting};
  count(ready.session, measured);
  measured.phases = network.times();
  const double dt = network.dt().si();
  double passing = 0;
  measured.step = shortest_step(seconds, [&](std::int64_t steps) {
    network.run(Time(static_cast<double>(steps) * dt), {.profile = true});
    passing += passing_of(network);
  });
  if (setting.threads == 1) measured.limit = least_step(ready.session, measured);
  const double events = events_of(ready.session);
  if (events > 0) measured.event = passing / events;
  return measured;
}

Measured measure_by_hand(const std::string& name, const SourcePtr& text, double seconds) {
  Ready ready(text, {});
  Measured measured{name, {.code = "by hand", .backend = {}}};
  count(ready.session, measured);
  const auto hand = by_hand(name, ready.session);
  if (!hand) return measured;
  if (measured.synapses == 0) {
    measured.step = shortest_step(seconds, [&](std::int64_t steps) { hand->step(steps); });
    return measured;
  }
  constexpr std::int64_t steps = 20000;  // the inputs are those of the model
  Network& network = ready.session.built().network();
  network.run(Time(steps * network.dt().si()));
  const auto begin = std::chrono::steady_clock::now();
  hand->step(steps);
  measured.step = seconds_since(begin) / steps;
  if (hand->events() > 0) measured.event = hand->event_seconds() / hand->events();
  return measured;
}

}  // namespace ranvier::tool
