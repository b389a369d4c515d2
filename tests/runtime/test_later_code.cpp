// Code that follows an event with a delay, and the action potentials that it ends. The oracle: synapses of
// every neuron with itself, whose delay is the same.
#include <doctest/doctest.h>

#include <cmath>
#include <ranvier/ranvier.hpp>
#include <ranvier/tests/support/message_of.hpp>
#include <ranvier/tests/support/scratch.hpp>

using namespace ranvier;
using namespace ranvier::units;
using test::message_of;
using Traces = std::vector<std::vector<double>>;

namespace {

const NeuronGroupOptions neurons{.equations = "dv/dt = (I - v)/(10*ms) : volt\nI : volt",
                                 .threshold = "v > -40*mV",
                                 .refractory = "4*ms",
                                 .method = "euler"};
const ActionPotential shape{.peak = 40 * mV, .after = -55 * mV, .width = 0.8 * ms, .variable = "v"};

NeuronGroupOptions shaped(const ActionPotential& with = shape, NeuronGroupOptions options = neurons) {
  options.action_potential = with;
  return options;
}

/// A group with action potentials: its own, or made of a reset and synapses.
NeuronGroup& make(Network& net, bool own, const char* refractory, Time width, int n = 5) {
  NeuronGroupOptions options = neurons;
  options.refractory = refractory;
  ActionPotential with = shape;
  with.width = width;
  if (own) options.action_potential = with;
  if (!own) options.reset = "v = 40*mV";
  auto& group = net.neuron_group(n, options);
  group["v"] = -65 * mV;
  group["I"] = "-30*mV + i*5*mV";
  if (own) return group;
  net.synapses(group, group, {.on_pre = "v_post = -55*mV", .delay = width}).connect({.j = "i"});
  return group;
}

Traces traces(bool own, const char* refractory, Time width, Time dt = 0.1 * ms) {
  Network net({.dt = dt});
  auto& group = make(net, own, refractory, width);
  auto& state = net.state_monitor(group, {.variables = {"v"}});
  auto& spikes = net.spike_monitor(group);
  net.run(60 * ms);
  CHECK(spikes.num_spikes() > 10);
  return state.values("v");
}

}  // namespace

TEST_CASE("an action potential ends when a synapse with its width as delay would end it") {
  CHECK(traces(true, "4*ms", 0.8 * ms) == traces(false, "4*ms", 0.8 * ms));
  CHECK(traces(true, "4*ms", 0.1 * ms) == traces(false, "4*ms", 0.1 * ms));
  CHECK(traces(true, "4*ms", 0.83 * ms) == traces(false, "4*ms", 0.83 * ms));  // to the nearest step
  CHECK(traces(true, "4*ms", 0.87 * ms) == traces(false, "4*ms", 0.87 * ms));
  CHECK(traces(true, "4*ms", 0.8 * ms, 0.05 * ms) == traces(false, "4*ms", 0.8 * ms, 0.05 * ms));
  CHECK(traces(true, "4*ms", 0.02 * ms) == traces(false, "4*ms", 0.02 * ms));  // in the same step
}

TEST_CASE("spikes within the width of an action potential end one each") {
  CHECK(traces(true, "0.5*ms", 0.8 * ms) == traces(false, "0.5*ms", 0.8 * ms));
  CHECK(traces(true, "0.1*ms", 2 * ms) == traces(false, "0.1*ms", 2 * ms));
}

TEST_CASE("an action potential ends over runs, stored states, and files") {
  const test::Scratch folder;
  const std::string path = folder.path("snapshot");
  const auto run = [&](int how) {
    Network net, other;
    auto& group = make(net, true, "4*ms", 0.8 * ms);
    auto& second = make(other, true, "4*ms", 0.8 * ms);
    auto& state = net.state_monitor(group, {.variables = {"v"}});
    auto& other_state = other.state_monitor(second, {.variables = {"v"}});
    int steps = 0;
    while (net.spikes(group).empty()) net.step(), ++steps;  // one action potential has begun
    if (how == 1) net.store(), net.run(2 * ms), net.restore();
    if (how == 2) net.store_to(path), other.restore_from(path);
    (how == 2 ? other : net).run(5 * ms);
    return (how == 2 ? other_state : state).values("v");
  };
  CHECK(run(0) == run(1));
  CHECK(run(0) == run(2));
}

TEST_CASE("an action potential that a change of dt meets ends in time") {
  for (const Time dt : {0.05 * ms, 0.1 * ms, 0.2 * ms, 0.4 * ms}) {
    Network net;
    auto& group = net.neuron_group(1, shaped());
    group["v"] = -30 * mV;
    group["I"] = -65 * mV;
    net.run(0.4 * ms);  // it spikes in the first step
    net.set_dt(dt);
    auto& state = net.state_monitor(group, {.variables = {"v"}});
    net.run(0.8 * ms);
    const auto v = state.trace("v", 0, mV);
    for (std::size_t k = 0; k < v.size(); ++k)
      CHECK_MESSAGE((v[k] > 0) == (state.times()[static_cast<std::int64_t>(k)] < 0.8e-3 + dt.si() / 2), "dt ",
                    dt.si(), " step ", k);
  }
}

TEST_CASE("an element that two steps made one by a longer dt runs its code twice") {
  Network net;
  auto& group = net.neuron_group(3, {.equations = "n : 1", .threshold = "i != 1 and t < 0.35*ms"});
  group.run_on_event("spike", "n += 1", {.delay = 0.4 * ms});
  net.run(0.4 * ms);  // four spikes each, none has arrived
  net.set_dt(0.2 * ms);
  net.run(0.2 * ms);
  CHECK(group["n"].values()[0] == 1);
  net.run(0.2 * ms);
  CHECK(group["n"].values()[0] == 3);
  net.run(0.2 * ms);
  CHECK(group["n"].values()[0] == 4);
  CHECK(group["n"].values()[1] == 0);
  CHECK(group["n"].values()[2] == 4);
}

TEST_CASE("whatever changes meanwhile, an event is repeated once for every time that it happens") {
  for (const Time delay : {0.03 * ms, 0.1 * ms, 0.87 * ms, 1.04 * ms}) {
    for (const Time dt : {0.05 * ms, 0.1 * ms, 0.2 * ms, 0.4 * ms}) {
      Network net;
      auto& group = net.neuron_group(
          50, {.equations = "n : 1", .threshold = "(t_in_timesteps + i) % 7 < 2 and t < 6*ms"});
      auto& spikes = net.spike_monitor(group);
      group.run_on_event("spike", "n += 1", {.when = "synapses", .delay = delay});
      net.run(1.2 * ms);
      group.set_event_schedule("spike_later", {.when = "start"});
      net.run(0.8 * ms);
      net.set_dt(dt);
      net.run(1.2 * ms);
      group.set_event_schedule("spike_later", {.when = "end"});
      net.run(0.8 * ms);
      net.set_dt(0.1 * ms);
      group.set_active(false);
      net.run(0.8 * ms);
      group.set_active(true);
      net.run(5.2 * ms);
      const auto n = group["n"].values();
      CHECK(spikes.num_spikes() > 500);
      for (std::size_t k = 0; k < 50; ++k) CHECK(n[k] == static_cast<double>(spikes.counts()[k]));
    }
  }
}

TEST_CASE("later code stands in the schedule, and its event can be followed") {
  Network net;
  auto& group = net.neuron_group(2, {.equations = "x : 1\nlast : second",
                                     .threshold = "t_in_timesteps == 3",
                                     .reset = "x = 1",
                                     .events = {{"boost", "t_in_timesteps == 5"}}});
  group.run_on_event("spike", "x = 2; last = t", {.when = "synapses", .delay = 0.5 * ms});
  group.run_on_event("spike", "x = 3", {.delay = 1 * ms});
  group.run_on_event("boost", "x = 4", {.when = "end", .delay = 1.2 * ms});
  auto& later = net.event_monitor(group, "spike_later");
  auto& state = net.state_monitor(group, {.variables = {"x"}, .record = {0}});
  net.run(2 * ms);
  CHECK(state.trace("x", 0) ==
        std::vector<double>{0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4});
  CHECK(later.num_spikes() == 2);
  CHECK(later.times()[0] == doctest::Approx(0.8e-3));
  CHECK(group["last"].values()[1] == doctest::Approx(0.8e-3));
  CHECK(net.scheduling_summary().find("neurongroup_boost_later") != std::string::npos);
}

TEST_CASE("who looks before an event is listed follows it a step later, as synapses do") {
  Network net;
  auto& group = net.neuron_group(1, {.equations = "n : 1", .threshold = "t_in_timesteps == 2"});
  group.run_on_event("spike", "n = t_in_timesteps", {.when = "start", .delay = 0.3 * ms});
  net.run(1 * ms);
  CHECK(group["n"].values()[0] == 6);
}

TEST_CASE("later code writes variables that stand still while refractory") {
  Network net;
  NeuronGroupOptions options = shaped();
  options.equations = "dv/dt = (I - v)/(10*ms) : volt (unless refractory)\nI : volt";
  auto& group = net.neuron_group(1, options);
  group["v"] = -30 * mV;
  net.run(0.7 * ms);
  CHECK(group["v"].values()[0] == doctest::Approx(40e-3));
  net.run(0.2 * ms);
  CHECK(group["v"].values()[0] == doctest::Approx(-55e-3));
}

TEST_CASE("the reset of a group with action potentials comes behind their peak") {
  Network net;
  NeuronGroupOptions options = shaped();
  options.reset = "I = v";
  auto& group = net.neuron_group(1, options);
  group["v"] = -30 * mV;
  net.run(0.1 * ms);
  CHECK(group["I"].values()[0] == doctest::Approx(40e-3));
}

TEST_CASE("threads see the same action potentials") {
  const auto run = [](int threads) {
    Network net({.threads = threads, .elements_per_thread = 64});
    auto& group = make(net, true, "4*ms", 0.8 * ms, 1000);
    group["I"] = "-45*mV + i*0.02*mV";
    net.run(50 * ms);
    const auto v = group["v"].values();
    return std::vector<double>(v.begin(), v.end());
  };
  CHECK(run(1) == run(3));
}

TEST_CASE("impossible action potentials and delays are refused, and change nothing") {
  Network net;
  const auto refusal = [&](const ActionPotential& with, const NeuronGroupOptions& options = neurons) {
    return message_of([&] { net.neuron_group(1, shaped(with, options)); });
  };
  const std::string of = "action potentials of 'neurongroup': ";
  ActionPotential bad = shape;
  bad.variable = "vv";
  CHECK(refusal(bad) == of + "it has no variable 'vv'; it has v, I, lastspike, not_refractory");
  bad.variable = "";
  CHECK(refusal(bad) == of + "which variable has their shape? Write .variable = \"v\"");
  bad = shape;
  bad.width = 0 * ms;
  CHECK(refusal(bad) == of + "a width of 0 s; it must be positive");
  bad = shape;
  bad.peak = INFINITY * mV;
  CHECK(refusal(bad) == of + "peak and after must be finite");
  NeuronGroupOptions silent = neurons;
  silent.threshold = "", silent.refractory = "";
  CHECK(refusal(shape, silent) == of + "there is no threshold, at which one would begin");
  bad = shape;
  bad.width = 1000 * second;
  CHECK(refusal(bad).find("less than a million steps") != std::string::npos);
  CHECK(net.neuron_group(1, neurons).name() == "neurongroup");  // none of the others is there
}

TEST_CASE("code on what no event is, with a typo, or later by a negative time, is refused") {
  Network net;
  auto& group = net.neuron_group(1, neurons);
  const auto refusal = [&](const char* event, const char* code, const RunOnEventOptions& options) {
    return message_of([&] { group.run_on_event(event, code, options); });
  };
  CHECK(refusal("spik", "v = 0*mV", {.delay = 1 * ms}).find("did you mean 'spike'?") != std::string::npos);
  CHECK(refusal("spike", "v = 0*mV", {.delay = -1 * ms}).find("it must be positive") != std::string::npos);
  CHECK(refusal("spike", "v = 0*mV", {.when = "synapse", .delay = 1 * ms}).find("synapses") !=
        std::string::npos);
  CHECK_THROWS_AS(group.run_on_event("spike", "v = 1*nS", {.delay = 1 * ms}), ModelError);
  CHECK(group.model().event_names() == std::vector<std::string>{"spike"});
  net.set_dt(1 * us);
  group.run_on_event("spike", "v = 0*mV", {.delay = 0.9 * second});
  CHECK(message_of([&] { net.set_dt(0.5 * us); }).find("less than a million steps") != std::string::npos);
}
