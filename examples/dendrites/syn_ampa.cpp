// One AMPA spike into a dendrite, through a synapse that rises and decays and through one that only decays.
// The same conductance opens more slowly, and the response of the dendrite comes later and is larger; little
// of it reaches the soma.
//
//   syn_ampa [folder]     writes syn_ampa.png there
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
  near.synapse("AMPA", {.tag = "slow", .g = 1 * nS, .t_rise = 2 * ms, .t_decay = 5 * ms});
  far.synapse("AMPA", {.tag = "fast", .g = 1 * nS, .t_decay = 5 * ms});
  const NeuronModel cell({{soma, near, 10 * nS}, {near, far, 10 * nS}}, {.v_rest = -60 * mV});

  Network net;
  auto& neurons = net.neuron_group(2, cell, {.method = "euler"});
  auto& input = net.spike_generator_group(2, {0, 1}, {10 * ms, 10 * ms});
  net.synapses(input, neurons, {.on_pre = "s_AMPA_slow_dend1 += 1"}).connect({.i = 0, .j = 0});
  net.synapses(input, neurons, {.on_pre = "s_AMPA_fast_dend2 += 1"}).connect({.i = 1, .j = 1});
  auto& state = net.state_monitor(
      neurons, {.variables = {"V_soma", "V_dend1", "V_dend2", "I_AMPA_slow_dend1", "I_AMPA_fast_dend2"}});
  net.run(80 * ms);

  const auto report = [&](const char* what, const char* variable, int neuron, auto unit, const char* name) {
    const auto values = state.trace(variable, neuron, unit);
    const auto peak = std::ranges::max_element(values);
    std::printf("%s: %.4f %s\n", what, *peak, name);
    std::printf("%s reached at: %.1f ms\n", what,
                state.times()[static_cast<std::size_t>(peak - values.begin())] * 1e3);
  };
  report("slow EPSP", "V_dend1", 0, mV, "mV");
  report("fast EPSP", "V_dend2", 1, mV, "mV");
  report("slow current", "I_AMPA_slow_dend1", 0, pA, "pA");
  report("fast current", "I_AMPA_fast_dend2", 1, pA, "pA");

  plot::Figure figure({.width_inches = 7, .height_inches = 6, .title = "One AMPA spike at 10 ms"});
  figure.trace(state, "V_dend1", 0, {.label = "rise and decay", .unit = "mV"});
  figure.trace(state, "V_dend2", 1, {.label = "decay only", .colour = "crimson", .unit = "mV"});
  figure.trace(state, "V_soma", 0, {.label = "soma behind the first", .colour = "grey", .unit = "mV"});
  figure.y_label("V of the dendrite").legend();
  figure.panel(0.7).trace(state, "I_AMPA_slow_dend1", 0, {.unit = "pA"});
  figure.trace(state, "I_AMPA_fast_dend2", 1, {.colour = "crimson", .unit = "pA"});
  figure.y_label("Current").x_label("Time").save(folder + "syn_ampa.png");
}
