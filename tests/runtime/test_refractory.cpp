// How long neurons stay refractory, and what is protected meanwhile.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <ranvier/ranvier.hpp>

using namespace ranvier;
using namespace ranvier::units;

namespace {

using Steps = std::vector<std::int64_t>;

Steps steps_of(const SpikeMonitor& monitor) {
  Steps steps;
  for (const double t : monitor.times()) steps.push_back(std::llround(t / 1e-4));
  return steps;
}

/// Steps at which a neuron spikes whose threshold is always true.
Steps spikes_with(const Refractory& refractory, Time duration = 10 * ms) {
  Network net;
  auto& group =
      net.neuron_group(1, {.equations = "dv/dt = 0*Hz : 1", .threshold = "True", .refractory = refractory});
  auto& spikes = net.spike_monitor(group);
  net.run(duration);
  return steps_of(spikes);
}

std::int64_t interval_with(const Refractory& refractory) {
  const Steps steps = spikes_with(refractory);
  for (std::size_t k = 2; k < steps.size(); ++k) REQUIRE(steps[k] - steps[k - 1] == steps[1] - steps[0]);
  return steps.at(1) - steps.at(0);
}

DiagnosticCode error_of(const std::string& refractory) {
  Network net;
  try {
    net.neuron_group(1, {.equations = "v : volt", .threshold = "v > 0*mV", .refractory = refractory});
    net.prepare();
  } catch (const ModelError& error) {
    return error.diagnostics().front().code;
  }
  FAIL("no error");
  return {};
}

}  // namespace

TEST_CASE("gotcha 1: intervals with a refractory period of 5 ms are 50 steps") {
  CHECK(spikes_with(5 * ms, 20 * ms) == Steps{0, 50, 100, 150});
  CHECK(spikes_with("5*ms", 20 * ms) == Steps{0, 50, 100, 150});
}

TEST_CASE("gotcha 2: refractory times are truncated to steps, with a slack of a thousandth") {
  CHECK(interval_with(2 * ms) == 20);
  CHECK(interval_with(1.96 * ms) == 19);
  CHECK(interval_with(2.04 * ms) == 20);
  CHECK(interval_with(2.06 * ms) == 20);
  CHECK(interval_with(0.05 * ms) == 1);
  CHECK(interval_with(0.1 * ms) == 1);
  CHECK(interval_with(0.15 * ms) == 1);
  CHECK(interval_with(0.2 * ms) == 2);
  CHECK(interval_with(1.9999 * ms) == 20);
  CHECK(interval_with(0 * ms) == 1);
}

TEST_CASE("a condition lasts as long as it holds: < as a time, <= a step longer") {
  CHECK(interval_with("timestep(t - lastspike, dt) < timestep(2*ms, dt)") == 20);
  CHECK(interval_with("timestep(t - lastspike, dt) <= timestep(2*ms, dt)") == 21);
}

TEST_CASE("a refractory period of its own for every neuron, also one that changes") {
  Network net;
  auto& group = net.neuron_group(3, {.equations = "dv/dt = 0*Hz : 1\nr : second",
                                     .threshold = "True",
                                     .reset = "r += 1*ms*int(i == 2)",
                                     .refractory = "r"});
  group["r"] = "(1 + i)*ms";
  auto& spikes = net.spike_monitor(group);
  net.run(9.95 * ms);
  CHECK(spikes.spike_trains()[0].size() == 10);
  CHECK(spikes.spike_trains()[1].size() == 5);
  CHECK(spikes.spike_trains()[2].size() == 3);  // at 0, 4 and 9 ms
}

TEST_CASE("a negative period of a neuron is none") {
  Network net;
  auto& group = net.neuron_group(
      2, {.equations = "dv/dt = 0*Hz : 1\nr : second", .threshold = "True", .refractory = "r"});
  group["r"] = "(2*i - 1)*ms";
  auto& spikes = net.spike_monitor(group);
  net.run(2 * ms);
  CHECK(spikes.counts()[0] == 20);
  CHECK(spikes.counts()[1] == 2);
  CHECK(error_of("-1*ms") == DiagnosticCode::negative_duration);
  CHECK_THROWS_AS(Refractory(-1 * ms), NetworkError);
}

TEST_CASE("a period that draws a random number is drawn anew in every step") {
  // It ends in step k if a draw of U[10, 50) steps is not above k: the mean of that, and its spread.
  double mean = 0, square = 0, left = 1;
  for (int k = 10; k < 50; ++k) {
    const double ends = std::min(1.0, (k + 1 - 1e-3 - 10) / 40);
    mean += left * ends * k, square += left * ends * k * k;
    left *= 1 - ends;
  }
  CHECK(mean == doctest::Approx(16.4).epsilon(0.02));  // 1.64 ms in Brian2
  Network net({.seed = 7});
  auto& group = net.neuron_group(
      500, {.equations = "dv/dt = 0*Hz : 1", .threshold = "True", .refractory = "(1 + 4*rand())*ms"});
  auto& spikes = net.spike_monitor(group);
  net.run(100 * ms);
  double sum = 0, intervals = 0;
  for (const auto& [neuron, times] : spikes.spike_trains()) {
    sum += (times.back() - times.front()) / 1e-4;
    intervals += static_cast<double>(times.size() - 1);
  }
  // Intervals cut off by the end are the long ones: with 60 intervals in each window that is a thousandth.
  CHECK(sum / intervals ==
        doctest::Approx(mean).epsilon(5 * std::sqrt((square - mean * mean) / intervals) / mean + 1e-3));
}

TEST_CASE("a neuron is refractory until its potential has fallen") {
  Network net;
  auto& group = net.neuron_group(1, {.equations = "dv/dt = -v/(10*ms) : volt",
                                     .threshold = "v > 10*mV",
                                     .reset = "v = 100*mV*int(lastspike == 0*ms)",
                                     .refractory = "v > 40*mV",
                                     .method = "exact"});
  group["v"] = 20 * mV;
  auto& states = net.state_monitor(group, {.variables = {"v"}, .when = "end"});
  auto& spikes = net.spike_monitor(group);
  net.run(20 * ms);
  // 100 mV fall below 40 mV after 10 ms * ln(2.5) = 9.163 ms: the update of step 93 finds 39.9 mV.
  CHECK(steps_of(spikes) == Steps{0, 93});
  CHECK(states.trace("v", 0)[91] > 0.04);
  CHECK(states.trace("v", 0)[92] < 0.04);
}

TEST_CASE("gotcha 3: no spikes while refractory, also if nothing is clamped") {
  Network net;
  auto& group = net.neuron_group(1, {.equations = "dv/dt = 100*Hz : 1",
                                     .threshold = "v > 0.995",
                                     .reset = "v = 0",
                                     .refractory = 15 * ms,
                                     .method = "euler"});
  auto& spikes = net.spike_monitor(group);
  net.run(50 * ms);
  // v passes the threshold while the neuron is refractory, and is far beyond it when that ends.
  CHECK(steps_of(spikes) == Steps{99, 249, 399});
}

TEST_CASE("gotcha 4: only flagged variables are clamped, for as many samples as the period has steps") {
  Network net;
  auto& group =
      net.neuron_group(1, {.equations = "dv/dt = 100*Hz : 1 (unless refractory)\ndw/dt = 100*Hz : 1",
                           .threshold = "v > 0.995",
                           .reset = "v = 0; w = 0",
                           .refractory = 0.5 * ms,
                           .method = "euler"});
  auto& states = net.state_monitor(group, {.variables = {"v", "w"}});
  net.run(12 * ms);
  const auto v = states.trace("v", 0), w = states.trace("w", 0);
  CHECK(std::ranges::count(v, 0.0) == 1 + 5);
  CHECK(v[100] == 0);
  CHECK(v[104] == 0);
  CHECK(v[105] == doctest::Approx(0.01));
  CHECK(w[104] == doctest::Approx(0.04));
}

TEST_CASE("gotcha 7: the flag without a period has no effect, and is warned of") {
  Network net;
  auto& group = net.neuron_group(1, {.equations = "dv/dt = 100*Hz : 1 (unless refractory)",
                                     .threshold = "v > 1",
                                     .reset = "v = 0",
                                     .method = "euler"});
  net.run(1 * ms);
  CHECK(group["v"].values()[0] == doctest::Approx(0.1));
  REQUIRE(net.warnings().size() == 1);
  CHECK(net.warnings()[0].code == DiagnosticCode::flag_without_effect);
}

TEST_CASE("what is no refractory period is refused") {
  CHECK(error_of("True") == DiagnosticCode::refractory_type);
  CHECK(error_of("5") == DiagnosticCode::refractory_type);
  CHECK(error_of("2*mV") == DiagnosticCode::refractory_type);
  CHECK(error_of("v") == DiagnosticCode::refractory_type);
  CHECK(error_of("int(v > 0*mV)") == DiagnosticCode::refractory_type);
}

TEST_CASE(
    "gotchas 5 and 6: a reset writes what is protected, synapses do not, from the spike's own step on") {
  Network net;
  auto& source = net.spike_generator_group(1, {0, 0, 0, 0}, {0 * ms, 0.5 * ms, 0.9 * ms, 1 * ms});
  auto& group = net.neuron_group(2, {.equations = "dv/dt = 0*Hz : 1 (unless refractory)\nw : 1",
                                     .threshold = "v > 5 and t < 0.1*ms",
                                     .reset = "v = 2",
                                     .refractory = 1 * ms});
  group["v"] = "10*int(i == 0)";
  auto& synapses = net.synapses(source, group, {.on_pre = "v += 1; w += 1"});
  synapses.connect();
  net.run(2 * ms);
  CHECK(group["v"].values()[0] == 3);  // 0, 0.5, 0.9 ms are protected; 1 ms is not
  CHECK(group["v"].values()[1] == 4);
  CHECK(group["w"].values()[0] == 4);
}

TEST_CASE("protection by hand and by the flag give the same") {
  Network net;
  auto& source = net.spike_generator_group(1, {0, 0, 0}, {0 * ms, 0.5 * ms, 1.2 * ms});
  auto& group = net.neuron_group(1, {.equations = "dv/dt = 0*Hz : 1 (unless refractory)\ndw/dt = 0*Hz : 1",
                                     .threshold = "v > 5",
                                     .reset = "v = 0; w = 0",
                                     .refractory = 1 * ms});
  group["v"] = 6.0;
  auto& automatic = net.synapses(source, group, {.on_pre = "v += 1"});
  automatic.connect();
  auto& manual = net.synapses(source, group, {.on_pre = "w += int(not_refractory)"});
  manual.connect();
  net.run(2 * ms);
  CHECK(group["v"].values()[0] == 1);
  CHECK(group["w"].values()[0] == 1);
}

TEST_CASE("assignments of the host are never masked") {
  Network net;
  auto& group = net.neuron_group(2, {.equations = "dv/dt = 0*Hz : 1 (unless refractory)",
                                     .threshold = "v > 5",
                                     .reset = "v = 0",
                                     .refractory = 10 * ms});
  group["v"] = 6.0;
  net.run(1 * ms);
  group["v"] = "1 + i";
  CHECK(group["v"].values()[0] == 1);
  CHECK(group["v"].values()[1] == 2);
  group["v"] = 3.0;
  CHECK(group["v"].values()[1] == 3);
}

TEST_CASE("lastspike may be set so that neurons begin refractory") {
  Network net;
  auto& group =
      net.neuron_group(2, {.equations = "dv/dt = 0*Hz : 1", .threshold = "True", .refractory = 1 * ms});
  group["lastspike"] = "-0.4*ms - 1000*second*i";
  auto& spikes = net.spike_monitor(group);
  net.run(0.7 * ms);
  CHECK(steps_of(spikes) == Steps{0, 6});
}
