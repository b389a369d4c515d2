// The models that come with the tool have the spikes of the C++ examples.
#include <doctest/doctest.h>

#include <ranvier/ranvier.hpp>

#include "tests/tools/dialogue.hpp"
#include "tests/tools/process.hpp"

using namespace ranvier;
using namespace ranvier::units;
using test::Dialogue;

namespace {

using Spikes = std::pair<std::vector<std::int32_t>, std::vector<double>>;

Spikes spikes_of(const SpikeMonitor& monitor) {
  return {monitor.indices(), monitor.times()};
}

const SpikeMonitor& monitor_of(Dialogue& dialogue, const std::string& name) {
  for (const tool::Recorded& recorded : dialogue.session.built().recorded())
    if (recorded.name == name) return recorded.spikes();
  throw std::runtime_error("no monitor " + name);
}

/// Says a model; `long_run` of it becomes `short_run`.
void say_example(Dialogue& dialogue, const std::string& name, const std::string& long_run = {},
                 const std::string& short_run = {}) {
  std::string text = test::contents_of(test::examples_folder + "/" + name);
  if (!long_run.empty()) {
    REQUIRE(text.find(long_run) != text.npos);
    text.replace(text.find(long_run), long_run.size(), short_run);
  }
  REQUIRE(dialogue.say(text) == "");
}

const StateMonitor& trace_of(Dialogue& dialogue, const std::string& name) {
  for (const tool::Recorded& recorded : dialogue.session.built().recorded())
    if (recorded.name == name) return recorded.trace();
  throw std::runtime_error("no monitor " + name);
}

}  // namespace

TEST_CASE("lif_inhibition.rv has exactly the spikes of lif_inhibition.cpp") {
  PointNeuronModel model({.model = "leakyIF", .cm_abs = 281 * pF, .gl_abs = 30 * nS, .v_rest = -70.6 * mV});
  model.synapse("AMPA", {.tag = "ext", .g = 2 * nS, .t_decay = 2.5 * ms});
  model.synapse("GABA", {.tag = "inh", .g = 2 * nS, .t_decay = 7.5 * ms});
  model.add_params({{"Vth", -40.4 * mV}, {"Vr", -65.6 * mV}});
  Network net({.seed = 123});
  auto& neurons =
      net.neuron_group(1000, model, {.threshold = "V > Vth", .reset = "V = Vr", .method = "euler"});
  auto inhibitory = neurons.slice(0, 300);
  auto excitatory = neurons.slice(300, 1000);
  auto& input = net.poisson_group(200, 90 * Hz);
  auto& ext_e = net.synapses(input, excitatory, {.on_pre = "s_AMPA_ext += 1"});
  auto& ext_i = net.synapses(input, inhibitory, {.on_pre = "s_AMPA_ext += 1"});
  auto& inh_e = net.synapses(inhibitory, excitatory, {.on_pre = "s_GABA_inh += 1"});
  ext_e.connect({.p = 0.2});
  ext_i.connect({.p = 0.0});
  inh_e.connect({.p = 0.15});
  auto& spikes_e = net.spike_monitor(excitatory);
  auto& spikes_i = net.spike_monitor(inhibitory);
  auto& spikes_input = net.spike_monitor(input);
  net.run(250 * ms);
  ext_i.connect({.p = 0.2});
  net.run(250 * ms);
  REQUIRE(spikes_e.num_spikes() > 1000);

  Dialogue dialogue(false);
  say_example(dialogue, "lif_inhibition.rv");
  CHECK(spikes_of(monitor_of(dialogue, "excitatory_spikes")) == spikes_of(spikes_e));
  CHECK(spikes_of(monitor_of(dialogue, "inhibitory_spikes")) == spikes_of(spikes_i));
  CHECK(spikes_of(monitor_of(dialogue, "input_spikes")) == spikes_of(spikes_input));
}

TEST_CASE("cuba.rv has exactly the spikes of cuba.cpp") {
  Network net({.seed = 1,
               .namespace_ = {{"taum", 20 * ms},
                              {"taue", 5 * ms},
                              {"taui", 10 * ms},
                              {"El", -49 * mV},
                              {"Vt", -50 * mV},
                              {"Vr", -60 * mV},
                              {"we", 1.62 * mV},
                              {"wi", -9 * mV}}});
  auto& neurons = net.neuron_group(4000, {.equations = R"(
      dv/dt  = (ge + gi - (v - El))/taum : volt (unless refractory)
      dge/dt = -ge/taue                  : volt
      dgi/dt = -gi/taui                  : volt)",
                                          .threshold = "v > Vt",
                                          .reset = "v = Vr",
                                          .refractory = 5 * ms,
                                          .method = "exact"});
  neurons["v"] = "Vr + rand()*(Vt - Vr)";
  net.synapses(neurons.slice(0, 3200), neurons, {.on_pre = "ge += we"}).connect({.p = 0.02});
  net.synapses(neurons.slice(3200, 4000), neurons, {.on_pre = "gi += wi"}).connect({.p = 0.02});
  auto& spikes = net.spike_monitor(neurons);
  net.run(1000 * ms);
  REQUIRE(spikes.num_spikes() > 1000);

  Dialogue dialogue(false);
  say_example(dialogue, "cuba.rv");
  CHECK(spikes_of(monitor_of(dialogue, "cells_spikes")) == spikes_of(spikes));
}

TEST_CASE(
    "embedding.rv, whose controller is a group, has exactly the spikes of the host program in "
    "embedding.cpp") {
  Network net({.seed = 7});
  auto& neurons = net.neuron_group(
      200,
      {.equations = "dv/dt = (El - v + R*I)/tau + sigma*sqrt(2/(tau*dt))*randn() : volt (unless refractory)\n"
                    "I : amp",
       .threshold = "v > Vt",
       .reset = "v = El",
       .refractory = 2 * ms,
       .method = "euler",
       .namespace_ = {
           {"El", -70 * mV}, {"Vt", -50 * mV}, {"R", 100 * Mohm}, {"tau", 10 * ms}, {"sigma", 3 * mV}}});
  neurons["v"] = -70 * mV;
  auto& recorded = net.spike_monitor(neurons);
  double current = 0, estimate = 0;  // [A], [Hz]
  std::vector<double> currents;      // in each millisecond
  for (int millisecond = 0; millisecond < 1000; ++millisecond) {
    currents.push_back(current);
    std::ranges::fill(neurons["I"].values(), current);
    std::size_t spikes = 0;
    for (int k = 0; k < 10; ++k) {
      net.step();
      spikes += net.spikes(neurons).size();
    }
    estimate += 0.02 * (static_cast<double>(spikes) / 200 / 1e-3 - estimate);
    current += 0.5e-12 * (20 - estimate);
    if (millisecond == 500)
      net.inject_spikes(neurons, std::vector<std::int32_t>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
  }
  REQUIRE(recorded.num_spikes() > 1000);

  Dialogue dialogue(false);
  say_example(dialogue, "embedding.rv");
  CHECK(spikes_of(monitor_of(dialogue, "cells_spikes")) == spikes_of(recorded));
  CHECK(trace_of(dialogue, "controller_trace").trace("current", 0) == currents);
}

TEST_CASE("hodgkin_huxley.rv has exactly the spikes of hodgkin_huxley.cpp") {
  Network net({.dt = 0.01 * ms,
               .namespace_ = {{"C", 200 * pF},
                              {"gl", 10 * nS},
                              {"gNa", 20 * uS},
                              {"gK", 6 * uS},
                              {"El", -65 * mV},
                              {"EK", -90 * mV},
                              {"ENa", 50 * mV},
                              {"VT", -63 * mV}}});
  auto& neuron = net.neuron_group(1, {.equations = R"(
  dv/dt = (gl*(El - v) - gNa*m**3*h*(v - ENa) - gK*n**4*(v - EK) + I)/C : volt
  dm/dt = alpha_m*(1 - m) - beta_m*m : 1
  dn/dt = alpha_n*(1 - n) - beta_n*n : 1
  dh/dt = alpha_h*(1 - h) - beta_h*h : 1
  u = v - VT : volt
  alpha_m = 1.28/exprel((13*mV - u)/(4*mV))/ms : Hz
  beta_m  = 1.4/exprel((u - 40*mV)/(5*mV))/ms : Hz
  alpha_h = 0.128*exp((17*mV - u)/(18*mV))/ms : Hz
  beta_h  = 4/(1 + exp((40*mV - u)/(5*mV)))/ms : Hz
  alpha_n = 0.16/exprel((15*mV - u)/(5*mV))/ms : Hz
  beta_n  = 0.5*exp((10*mV - u)/(40*mV))/ms : Hz
  I : amp)",
                                      .threshold = "v > -20*mV",
                                      .refractory = "v > -20*mV",
                                      .method = "rk4"});
  neuron["v"] = -65 * mV;
  neuron["h"] = 1;
  auto& spikes = net.spike_monitor(neuron);
  net.run(20 * ms);
  neuron["I"] = 300 * pA;
  net.run(100 * ms);
  neuron["I"] = 0 * pA;
  net.run(30 * ms);
  REQUIRE(spikes.num_spikes() > 2);

  Dialogue dialogue(false);
  say_example(dialogue, "hodgkin_huxley.rv");
  CHECK(spikes_of(monitor_of(dialogue, "neuron_spikes")) == spikes_of(spikes));
}

TEST_CASE("stdp.rv has exactly the spikes and the weights of stdp.cpp") {
  Network net({.seed = 1});
  auto& inputs = net.poisson_group(1000, 15 * Hz);
  auto& neuron = net.neuron_group(1, {.equations = "dv/dt = (ge*(0*mV - v) + El - v)/(10*ms) : volt\n"
                                                   "dge/dt = -ge/(5*ms) : 1",
                                      .threshold = "v > -54*mV",
                                      .reset = "v = -60*mV",
                                      .method = "euler",
                                      .namespace_ = {{"El", -74 * mV}}});
  neuron["v"] = -74 * mV;
  auto& synapses =
      net.synapses(inputs, neuron, plastic_synapses("stdp", {.transmission = "ge_post += 0.01*w"}));
  synapses.connect();
  synapses["w"] = "rand()";
  auto& spikes = net.spike_monitor(neuron);
  net.run(2 * second);
  REQUIRE(spikes.num_spikes() > 10);

  Dialogue dialogue(false);
  say_example(dialogue, "plasticity/stdp.rv", "200*second", "2*second");
  CHECK(spikes_of(monitor_of(dialogue, "neuron_spikes")) == spikes_of(spikes));
  CHECK((*dialogue.session.built().synapses("plastic"))["w"].to_vector() == synapses["w"].to_vector());
}

TEST_CASE("inhibitory_stdp.rv has exactly the spikes and the weights of inhibitory_stdp.cpp") {
  Network net({.seed = 2});
  auto& neurons = net.neuron_group(
      200, {.equations = "dv/dt = (El - v + ge*(0*mV - v) + gi*(Ei - v))/(20*ms) : volt (unless refractory)\n"
                         "dge/dt = -ge/(5*ms) : 1\n"
                         "dgi/dt = -gi/(10*ms) : 1",
            .threshold = "v > -50*mV",
            .reset = "v = El",
            .refractory = 5 * ms,
            .method = "euler",
            .namespace_ = {{"El", -60 * mV}, {"Ei", -80 * mV}}});
  neurons["v"] = "El + rand()*10*mV";
  auto& excitation = net.poisson_group(800, 10 * Hz);
  auto& inhibition = net.poisson_group(200, 10 * Hz);
  net.synapses(excitation, neurons, {.on_pre = "ge_post += 0.03"}).connect({.p = 0.2});
  auto& synapses = net.synapses(
      inhibition, neurons,
      plastic_synapses("inhibitory_stdp",
                       {.transmission = "gi_post += 0.1*w", .parameters = {{"rate_target", 5 * Hz}}}));
  synapses.connect({.p = 0.2});
  auto& spikes = net.spike_monitor(neurons);
  net.run(1 * second);
  REQUIRE(spikes.num_spikes() > 1000);

  Dialogue dialogue(false);
  say_example(dialogue, "plasticity/inhibitory_stdp.rv", "60*second", "1*second");
  CHECK(spikes_of(monitor_of(dialogue, "cells_spikes")) == spikes_of(spikes));
  CHECK((*dialogue.session.built().synapses("balance"))["w"].to_vector() == synapses["w"].to_vector());
}

TEST_CASE("tsodyks_markram.rv has exactly the responses of tsodyks_markram.cpp") {
  std::vector<Time> times;
  for (int k = 0; k < 10; ++k) times.push_back((100 + 50 * k) * ms);
  times.push_back(1050 * ms);
  Network net;
  auto& source = net.spike_generator_group(1, std::vector<std::int64_t>(times.size()), times);
  const auto behind = [&](const Namespace& parameters) -> StateMonitor& {
    auto& neuron =
        net.neuron_group(1, {.equations = "dv/dt = (10*g - v)/(20*ms) : 1\ndg/dt = -g/(3*ms) : 1"});
    auto& synapses = net.synapses(
        source, neuron,
        plastic_synapses("tsodyks_markram", {.transmission = "g_post += w*r", .parameters = parameters}));
    synapses.connect();
    synapses["w"] = 1;
    return net.state_monitor(neuron, {.variables = "v"});
  };
  auto& depressing = behind({{"U", 0.5}, {"tau_rec", 800 * ms}, {"tau_facil", 1 * ms}});
  auto& facilitating = behind({{"U", 0.1}, {"tau_rec", 100 * ms}, {"tau_facil", 1000 * ms}});
  net.run(1300 * ms);

  Dialogue dialogue(false);
  say_example(dialogue, "plasticity/tsodyks_markram.rv");
  CHECK(trace_of(dialogue, "tired_trace").trace("v", 0) == depressing.trace("v", 0));
  CHECK(trace_of(dialogue, "warm_trace").trace("v", 0) == facilitating.trace("v", 0));
}
