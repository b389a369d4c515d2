// NMDA channels let more current through when the membrane is depolarised already: the same spike makes a
// response of 5 mV in a dendrite at rest and of 12 mV in one that 200 pA hold 20 mV higher, although the
// driving force is smaller there.
//
//   syn_nmda [folder]     writes syn_nmda.png there
#include <algorithm>
#include <cstdio>
#include <ranvier/ranvier.hpp>
#include <string>

using namespace ranvier;
using namespace ranvier::units;

int main(int argc, char** argv) {
  const std::string folder = argc > 1 ? std::string(argv[1]) + "/" : "";

  Soma soma({.name = "soma", .geometry = Absolute{100 * pF, 10 * nS}});
  Dendrite dendrite({.name = "dend", .geometry = Absolute{50 * pF, 5 * nS}});
  dendrite.synapse("NMDA", {.tag = "x", .g = 2 * nS, .t_rise = 10 * ms, .t_decay = 60 * ms});
  const NeuronModel cell({{soma, dendrite, 10 * nS}}, {.v_rest = -70 * mV});

  Network net;
  auto& neurons = net.neuron_group(2, cell, {.method = "euler"});
  auto& input = net.spike_generator_group(1, {0}, {100 * ms});
  net.synapses(input, neurons, {.on_pre = "s_NMDA_x_dend += 1"}).connect();
  auto& state = net.state_monitor(neurons, {.variables = {"V_dend", "I_NMDA_x_dend"}});

  net.run(20 * ms);
  neurons["I_ext_dend"][1] = 200 * pA;
  net.run(240 * ms);

  const char* const names[] = {"at rest", "depolarised"};
  for (int k = 0; k < 2; ++k) {
    const auto v = state.trace("V_dend", k, mV), current = state.trace("I_NMDA_x_dend", k, pA);
    const auto peak = std::ranges::max_element(v);
    std::printf("voltage before the spike, %s: %.4f mV\n", names[k], v[999]);
    std::printf("highest voltage, %s: %.4f mV\n", names[k], *peak);
    std::printf("reached, %s: %.1f ms\n", names[k],
                state.times()[static_cast<std::size_t>(peak - v.begin())] * 1e3);
    std::printf("largest current, %s: %.4f pA\n", names[k], std::ranges::max(current));
  }

  plot::Figure figure({.width_inches = 7, .height_inches = 6, .title = "One NMDA spike at 100 ms"});
  figure.trace(state, "V_dend", 0, {.label = "at rest", .unit = "mV"});
  figure.trace(state, "V_dend", 1, {.label = "with 200 pA from 20 ms", .colour = "crimson", .unit = "mV"});
  figure.y_label("V of the dendrite").legend();
  figure.panel(0.7).trace(state, "I_NMDA_x_dend", 0, {.unit = "pA"});
  figure.trace(state, "I_NMDA_x_dend", 1, {.colour = "crimson", .unit = "pA"});
  figure.y_label("NMDA current").x_label("Time").save(folder + "syn_nmda.png");
}
