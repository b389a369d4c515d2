// Dendritic spikes amplify what arrives at a dendrite. Two neurons get the same input, five Poisson neurons
// at 20 Hz through AMPA and NMDA synapses; the dendrite of the second one has sodium spikes, and its soma
// fires several times as often.
//
//   comp_amplification [folder] [seed]     writes comp_amplification.png there
#include <cstdio>
#include <ranvier/ranvier.hpp>
#include <string>

using namespace ranvier;
using namespace ranvier::units;

namespace {

const DSpikeOptions sodium = {.name = "Na",
                              .threshold = -35 * mV,
                              .g_rise = 30 * nS,
                              .g_fall = 14 * nS,
                              .duration_rise = 1.2 * ms,
                              .duration_fall = 2.4 * ms,
                              .reversal_rise = "E_Na",
                              .reversal_fall = "E_K",
                              .offset_fall = 0.2 * ms,
                              .refractory = 5 * ms};

}  // namespace

int main(int argc, char** argv) {
  const std::string folder = argc > 1 ? std::string(argv[1]) + "/" : "";
  const std::uint64_t seed = argc > 2 ? std::stoull(argv[2]) : 9;

  Soma soma({.name = "soma", .geometry = Absolute{200 * pF, 10 * nS}});
  Dendrite dendrite({.name = "dend", .geometry = Absolute{50 * pF, 2.5 * nS}});
  dendrite.synapse("AMPA", {.tag = "x", .g = 3 * nS, .t_decay = 2 * ms});
  dendrite.synapse("NMDA", {.tag = "x", .g = 3 * nS, .t_decay = 60 * ms});
  const NeuronModel passive({{soma, dendrite, 15 * nS}}, {.v_rest = -60 * mV});

  // A model has copies of its compartments: these can go on to the next one.
  dendrite.dspikes(sodium);
  const NeuronModel active({{soma, dendrite, 15 * nS}}, {.v_rest = -60 * mV});

  Network net({.seed = seed});
  auto& input = net.poisson_group(5, 20 * Hz);
  const auto driven = [&](const NeuronModel& model) -> NeuronGroup& {
    auto& neuron = net.neuron_group(
        1, model,
        {.threshold = "V_soma > -40*mV",
         .refractory = 4 * ms,
         .method = "euler",
         .action_potential = ActionPotential{.peak = 40 * mV, .after = -50 * mV, .width = 0.8 * ms}});
    net.synapses(input, neuron, {.on_pre = "s_AMPA_x_dend += 1; s_NMDA_x_dend += 1"}).connect();
    return neuron;
  };
  auto& without = driven(passive);
  auto& with = driven(active);
  auto& passive_state = net.state_monitor(without, {.variables = {"V_soma", "V_dend"}});
  auto& active_state = net.state_monitor(with, {.variables = {"V_soma", "V_dend"}});
  auto& passive_spikes = net.spike_monitor(without);
  auto& active_spikes = net.spike_monitor(with);
  auto& dspikes = net.event_monitor(with, "spike_Na_dend");
  net.run(500 * ms);

  const auto count = [](const char* what, const SpikeMonitor& monitor) {
    std::printf("%s: %lld\n", what, static_cast<long long>(monitor.num_spikes()));
  };
  count("action potentials, passive dendrite", passive_spikes);
  count("action potentials, active dendrite", active_spikes);
  count("dendritic spikes", dspikes);

  plot::Figure figure({.width_inches = 8, .height_inches = 6, .title = "The same input to two dendrites"});
  const auto draw = [&](const StateMonitor& state, const char* which) {
    figure.trace(state, "V_dend", 0, {.label = which, .colour = "crimson", .unit = "mV"});
    figure.trace(state, "V_soma", 0, {.label = "soma", .unit = "mV"});
    figure.y_label("V").legend();
  };
  draw(passive_state, "passive dendrite");
  figure.panel();
  draw(active_state, "active dendrite");
  figure.x_label("Time").save(folder + "comp_amplification.png");
}
