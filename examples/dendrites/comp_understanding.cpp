// What a dendritic spike is made of. When the dendrite reaches -35 mV, a sodium conductance opens for 1.2 ms;
// 0.5 ms after the event a potassium conductance follows, for 2.4 ms. The next spike comes 5 ms later at the
// earliest.
//
//   comp_understanding [folder]     writes comp_understanding.png there
#include <algorithm>
#include <cstdio>
#include <ranvier/ranvier.hpp>
#include <string>

using namespace ranvier;
using namespace ranvier::units;

int main(int argc, char** argv) {
  const std::string folder = argc > 1 ? std::string(argv[1]) + "/" : "";

  Soma soma({.name = "soma", .geometry = Absolute{200 * pF, 10 * nS}});
  Dendrite dendrite({.name = "dend", .geometry = Absolute{50 * pF, 2.5 * nS}});
  dendrite.dspikes({.name = "Na",
                    .threshold = -35 * mV,
                    .g_rise = 30 * nS,
                    .g_fall = 15 * nS,
                    .duration_rise = 1.2 * ms,
                    .duration_fall = 2.4 * ms,
                    .reversal_rise = "E_Na",
                    .reversal_fall = "E_K",
                    .offset_fall = 0.5 * ms,
                    .refractory = 5 * ms});
  const NeuronModel cell({{soma, dendrite, 15 * nS}}, {.v_rest = -60 * mV});

  Network net;
  auto& neuron = net.neuron_group(1, cell, {.method = "euler"});
  auto& state =
      net.state_monitor(neuron, {.variables = {"V_soma", "V_dend", "I_rise_Na_dend", "I_fall_Na_dend",
                                               "g_rise_Na_dend", "g_fall_Na_dend"}});
  auto& dspikes = net.event_monitor(neuron, "spike_Na_dend");

  net.run(10 * ms);
  neuron["I_ext_dend"] = 213 * pA;
  net.run(150 * ms);
  neuron["I_ext_dend"] = 0 * pA;
  net.run(80 * ms);

  const auto steps_open = [&](const char* g) {
    return std::ranges::count_if(state.trace(g, 0), [](double x) { return x > 0; });
  };
  std::printf("dendritic spikes: %lld\n", static_cast<long long>(dspikes.num_spikes()));
  std::printf("events:");
  for (const double t : dspikes.times()) std::printf(" %.1f", t * 1e3);
  std::printf(" ms\nsodium opens:");  // in the step after the event
  for (const double t : dspikes.times()) std::printf(" %.1f", t * 1e3 + 0.1);
  std::printf(" ms\n");
  std::printf("steps with sodium open: %td\n", steps_open("g_rise_Na_dend"));
  std::printf("steps with potassium open: %td\n", steps_open("g_fall_Na_dend"));
  std::printf("highest voltage: %.4f mV\n", std::ranges::max(state.trace("V_dend", 0, mV)));
  std::printf("largest sodium current: %.4f pA\n", std::ranges::max(state.trace("I_rise_Na_dend", 0, pA)));
  std::printf("largest potassium current: %.4f pA\n", std::ranges::min(state.trace("I_fall_Na_dend", 0, pA)));

  plot::Figure figure(
      {.width_inches = 8, .height_inches = 7, .title = "Dendritic spikes: 213 pA from 10 to 160 ms"});
  figure.trace(state, "V_dend", 0, {.label = "dendrite", .colour = "crimson", .unit = "mV"});
  figure.trace(state, "V_soma", 0, {.label = "soma", .unit = "mV"}).y_label("V").legend();
  figure.panel(0.7).trace(state, "I_rise_Na_dend", 0,
                          {.label = "rise", .colour = "darkorange", .unit = "nA"});
  figure.trace(state, "I_fall_Na_dend", 0, {.label = "fall", .colour = "teal", .unit = "nA"})
      .y_label("Current");
  figure.panel(0.7).trace(state, "g_rise_Na_dend", 0, {.colour = "darkorange", .unit = "nS"});
  figure.trace(state, "g_fall_Na_dend", 0, {.colour = "teal", .unit = "nS"}).y_label("Conductance");
  figure.x_label("Time").time_range(120 * ms, 170 * ms).legend();
  figure.save(folder + "comp_understanding.png");
}
