// Dendritic spikes, step by step. Numbers: the reference's examples, run with Brian2 2.5.1 at dt = 0.1 ms.
#include <doctest/doctest.h>

#include <algorithm>
#include <ranvier/tests/models/dendritic_cells.hpp>

using namespace ranvier;
using namespace ranvier::units;
using test::backprop;
using test::backprop_options;
using test::steps_of;
using test::understanding;
using test::understanding_dspikes;
using Steps = std::vector<int>;

namespace {

double largest(const std::vector<double>& trace) {
  return *std::ranges::max_element(trace);
}

/// In which steps after the first event a trace is not zero: first and last.
std::pair<int, int> window(const std::vector<double>& trace, int event) {
  int first = 0, last = 0;
  for (int k = event; k < event + 40; ++k) {
    if (trace[static_cast<std::size_t>(k)] == 0) continue;
    if (first == 0) first = k - event;
    last = k - event;
  }
  return {first, last};
}

struct Understanding {
  Network net;
  NeuronGroup& cell;
  StateMonitor& state;
  SpikeMonitor& events;

  explicit Understanding(const NeuronModel& model)
      : cell(net.neuron_group(1, model, {.method = "euler"})),
        state(net.state_monitor(cell, {.variables = {"V_soma", "V_dend", "g_rise_Na_dend", "g_fall_Na_dend",
                                                     "I_rise_Na_dend", "I_fall_Na_dend"}})),
        events(net.event_monitor(cell, "spike_Na_dend")) {}
  void run() {
    net.run(10 * ms);
    cell["I_ext_dend"] = 213 * pA;
    net.run(150 * ms);
    cell["I_ext_dend"] = 0 * pA;
    net.run(80 * ms);
  }
};

}  // namespace

TEST_CASE("comp_understanding: six dendritic spikes in the reference's steps") {
  Understanding u(understanding());
  u.run();
  CHECK(steps_of(u.events) == Steps{1230, 1311, 1380, 1444, 1504, 1562});
  CHECK(largest(u.state.trace("V_dend", 0, mV)) == doctest::Approx(-2.26811178).epsilon(1e-8));
  CHECK(largest(u.state.trace("V_soma", 0, mV)) == doctest::Approx(-40.0042697858).epsilon(1e-10));
  CHECK(largest(u.state.trace("I_rise_Na_dend", 0, pA)) == doctest::Approx(3149.99928).epsilon(1e-8));
  const auto fall = u.state.trace("I_fall_Na_dend", 0, pA);
  CHECK(*std::ranges::min_element(fall) == doctest::Approx(-1300.97832).epsilon(1e-8));
  const auto v = u.state.trace("V_dend", 0, mV);
  CHECK(v[1235] == doctest::Approx(-13.1625012593).epsilon(1e-10));
  CHECK(v[2399] == doctest::Approx(-59.6432934375).epsilon(1e-10));
}

TEST_CASE("the rising current flows for its duration, the falling one for a step more") {
  Understanding u(understanding());
  u.run();
  CHECK(window(u.state.trace("g_rise_Na_dend", 0), 1230) == std::pair(1, 12));
  CHECK(window(u.state.trace("g_fall_Na_dend", 0), 1230) == std::pair(5, 29));
}

TEST_CASE("exact windows are as long as declared") {
  DSpikeOptions exact = understanding_dspikes();
  exact.exact_windows = true;
  Understanding u(understanding(exact));
  u.run();
  CHECK(window(u.state.trace("g_rise_Na_dend", 0), 1230) == std::pair(1, 12));
  CHECK(window(u.state.trace("g_fall_Na_dend", 0), 1230) == std::pair(6, 29));
}

TEST_CASE("comp_backprop: action potentials travel into the dendrites as in the reference") {
  Network net;
  auto& cell = net.neuron_group(1, backprop(), backprop_options());
  auto& state = net.state_monitor(cell, {.variables = {"V_soma", "V_trunk", "V_prox", "V_dist"}});
  auto& spikes = net.spike_monitor(cell);
  auto& trunk = net.event_monitor(cell, "spike_Na_trunk");
  auto& prox = net.event_monitor(cell, "spike_Na_prox");
  auto& dist = net.event_monitor(cell, "spike_Na_dist");
  net.run(10 * ms);
  cell["I_ext_soma"] = 115 * pA;
  net.run(100 * ms);
  cell["I_ext_soma"] = 0 * pA;
  net.run(60 * ms);
  CHECK(steps_of(spikes) == Steps{570, 687, 802, 917, 1032});
  CHECK(steps_of(trunk) == Steps{573, 690, 805, 920, 1035});
  CHECK(steps_of(prox) == Steps{584, 701, 816, 931, 1046});
  CHECK(dist.num_spikes() == 0);
  CHECK(largest(state.trace("V_trunk", 0, mV)) == doctest::Approx(-7.464371432).epsilon(1e-9));
  CHECK(largest(state.trace("V_prox", 0, mV)) == doctest::Approx(-10.99772301).epsilon(1e-9));
  CHECK(largest(state.trace("V_dist", 0, mV)) == doctest::Approx(-36.21967478).epsilon(1e-9));
  const auto soma = state.trace("V_soma", 0, mV);
  CHECK(soma[500] == doctest::Approx(-41.3271480964).epsilon(1e-10));
  CHECK(soma[571] == doctest::Approx(40));  // recorded before the step of the first after the spike
  CHECK(soma[573] == doctest::Approx(35.2045715086).epsilon(1e-10));
  CHECK(soma[579] == doctest::Approx(-55));  // 0.8 ms after the spike, recorded in the next step
  CHECK(soma[580] == doctest::Approx(-53.535669563).epsilon(1e-10));
  CHECK(soma[1200] == doctest::Approx(-50.2058888469).epsilon(1e-10));
}

TEST_CASE("times of dendritic spikes stay times when dt changes") {
  const auto duration = [](Time dt) {
    Network net({.dt = dt});
    auto& cell = net.neuron_group(1, understanding(), {.method = "euler"});
    auto& state = net.state_monitor(cell, {.variables = {"g_rise_Na_dend"}});
    cell["V_dend"] = -30 * mV;
    net.run(4 * ms);
    const auto g = state.trace("g_rise_Na_dend", 0);
    return static_cast<double>(std::ranges::count_if(g, [](double x) { return x > 0; })) * dt.in(ms);
  };
  CHECK(duration(0.1 * ms) == doctest::Approx(1.2));
  CHECK(duration(0.05 * ms) == doctest::Approx(1.2));
  CHECK(duration(0.01 * ms) == doctest::Approx(1.2));
}

TEST_CASE("a dendritic spike in flight outlives a change of dt") {
  const auto run = [](Time second_dt) {
    Network net;
    auto& cell = net.neuron_group(1, understanding(), {.method = "euler"});
    cell["V_dend"] = -30 * mV;
    net.run(0.6 * ms);
    net.set_dt(second_dt);
    auto& state = net.state_monitor(cell, {.variables = {"g_rise_Na_dend", "g_fall_Na_dend"}});
    net.run(4 * ms);
    const auto time_of = [&](const char* variable) {
      const auto g = state.trace(variable, 0);
      return static_cast<double>(std::ranges::count_if(g, [](double x) { return x > 0; })) * second_dt.in(ms);
    };
    return std::pair(time_of("g_rise_Na_dend"), time_of("g_fall_Na_dend"));
  };
  const auto same = run(0.1 * ms), longer = run(0.2 * ms), shorter = run(0.05 * ms);
  CHECK(same.first == doctest::Approx(0.7));  // of 1.2 ms, from 0.1 ms on
  CHECK(shorter.first == doctest::Approx(0.65));
  CHECK(longer.first == doctest::Approx(0.8));
  CHECK(same.second == doctest::Approx(2.4));  // until 2.9 ms
  CHECK(std::abs(longer.second - 2.4) < 0.21);
}

TEST_CASE("a time that is no multiple of dt is cut off, and warned of") {
  DSpikeOptions uneven = understanding_dspikes();
  uneven.duration_rise = 1.25 * ms;
  Understanding u(understanding(uneven));
  u.run();
  CHECK(window(u.state.trace("g_rise_Na_dend", 0), 1230) == std::pair(1, 12));
  REQUIRE(u.net.warnings().size() == 1);
  CHECK(code_name(u.net.warnings()[0].code) == "RV0625");
  CHECK(u.net.warnings()[0].message ==
        "`duration_rise_Na_dend` of 'neurongroup' is 1.25 ms, no multiple of dt: 12 whole steps of 100 us "
        "count");
}

TEST_CASE("an event can happen again when its refractory time is over, and cuts a longer window") {
  DSpikeOptions fast = understanding_dspikes();
  fast.refractory = 0.3 * ms;
  Understanding u(understanding(fast));
  u.cell["V_dend"] = -30 * mV;
  u.net.run(1.2 * ms);
  CHECK(steps_of(u.events) == Steps{0, 3, 6, 9});
}

TEST_CASE("results do not depend on how a run is split, nor on what was stored and restored") {
  const auto trace = [](bool split) {
    Understanding u(understanding());
    u.cell["V_dend"] = -30 * mV;
    u.net.run(0.7 * ms);
    if (split) {
      u.net.store();
      u.net.run(3 * ms);
      u.net.restore();
    }
    u.net.run(5 * ms);
    return u.state.trace("V_dend", 0);
  };
  CHECK(trace(false) == trace(true));
}
