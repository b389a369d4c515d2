// One GABA spike into a dendrite, through a synapse that rises and decays and through one that only decays.
// The reversal potential, -80 mV, lies below the resting potential: the response is a dip.
//
//   syn_gaba [folder]     writes syn_gaba.png there
#include <algorithm>
#include <cstdio>
#include <ranvier/ranvier.hpp>
#include <string>

using namespace ranvier;
using namespace ranvier::units;

int main(int argc, char** argv) {
  const std::string folder = argc > 1 ? std::string(argv[1]) + "/" : "";

  Soma soma({.name = "soma", .geometry = Absolute{100 * pF, 10 * nS}});
  Dendrite near({.name = "dend1", .geometry = Absolute{50 * pF, 5 * nS}});
  Dendrite far({.name = "dend2", .geometry = Absolute{50 * pF, 5 * nS}});
  near.synapse("GABA", {.tag = "slow", .g = 1 * nS, .t_rise = 2 * ms, .t_decay = 5 * ms});
  far.synapse("GABA", {.tag = "fast", .g = 1 * nS, .t_decay = 5 * ms});
  const NeuronModel cell({{soma, near, 10 * nS}, {near, far, 10 * nS}}, {.v_rest = -60 * mV});

  Network net;
  auto& neurons = net.neuron_group(2, cell, {.method = "euler"});
  auto& input = net.spike_generator_group(2, {0, 1}, {10 * ms, 10 * ms});
  net.synapses(input, neurons, {.on_pre = "s_GABA_slow_dend1 += 1"}).connect({.i = 0, .j = 0});
  net.synapses(input, neurons, {.on_pre = "s_GABA_fast_dend2 += 1"}).connect({.i = 1, .j = 1});
  auto& state = net.state_monitor(
      neurons, {.variables = {"V_soma", "V_dend1", "V_dend2", "I_GABA_slow_dend1", "I_GABA_fast_dend2"}});
  net.run(80 * ms);

  const auto report = [&](const char* what, const char* variable, int neuron, auto unit, const char* name) {
    const auto values = state.trace(variable, neuron, unit);
    const auto peak = std::ranges::min_element(values);
    std::printf("%s: %.4f %s\n", what, *peak, name);
    std::printf("%s reached at: %.1f ms\n", what,
                state.times()[static_cast<std::size_t>(peak - values.begin())] * 1e3);
  };
  report("slow IPSP", "V_dend1", 0, mV, "mV");
  report("fast IPSP", "V_dend2", 1, mV, "mV");
  report("slow current", "I_GABA_slow_dend1", 0, pA, "pA");
  report("fast current", "I_GABA_fast_dend2", 1, pA, "pA");

  plot::Figure figure({.width_inches = 7, .height_inches = 6, .title = "One GABA spike at 10 ms"});
  figure.trace(state, "V_dend1", 0, {.label = "rise and decay", .unit = "mV"});
  figure.trace(state, "V_dend2", 1, {.label = "decay only", .colour = "crimson", .unit = "mV"});
  figure.trace(state, "V_soma", 0, {.label = "soma behind the first", .colour = "grey", .unit = "mV"});
  figure.y_label("V of the dendrite").legend();
  figure.panel(0.7).trace(state, "I_GABA_slow_dend1", 0, {.unit = "pA"});
  figure.trace(state, "I_GABA_fast_dend2", 1, {.colour = "crimson", .unit = "pA"});
  figure.y_label("Current").x_label("Time").save(folder + "syn_gaba.png");
}
