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

/// Says a model, its runs shorter by some factor.
void say_example(Dialogue& dialogue, const std::string& name) {
  REQUIRE(dialogue.say(test::contents_of(test::examples_folder + "/" + name)) == "");
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
