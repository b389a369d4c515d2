// What a dendrite answers to more and more synapses: neuron k gets the first k+1 of 15 spikes, 0.1 ms apart.
// Up to eight of them it answers less than the sum of the single responses; the ninth sets off a dendritic
// spike.
//
//   val_dendritic_io [folder]     writes val_dendritic_io.png there
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
  dendrite.synapse("AMPA", {.tag = "x", .g = 3 * nS, .t_decay = 2 * ms});
  dendrite.synapse("NMDA", {.tag = "x", .g = 3 * nS, .t_decay = 50 * ms});
  dendrite.dspikes({.name = "Na",
                    .threshold = -35 * mV,
                    .g_rise = 30 * nS,
                    .g_fall = 15 * nS,
                    .duration_rise = 1.2 * ms,
                    .duration_fall = 2.4 * ms,
                    .reversal_rise = "E_Na",
                    .reversal_fall = "E_K",
                    .offset_fall = 0.2 * ms,
                    .refractory = 5 * ms});
  const NeuronModel cell({{soma, dendrite, 15 * nS}}, {.v_rest = -65 * mV});

  Network net;
  auto& neurons = net.neuron_group(15, cell, {.method = "euler"});
  std::vector<std::int64_t> sources;
  std::vector<Time> times;
  for (int k = 0; k < 15; ++k) {
    sources.push_back(k);
    times.push_back(10 * ms + k * 0.1 * ms);
  }
  auto& input = net.spike_generator_group(15, sources, times);
  auto& synapses = net.synapses(input, neurons, {.on_pre = "s_AMPA_x_dend += 1; s_NMDA_x_dend += 1"});
  synapses.connect({.condition = "j >= i"});
  auto& state = net.state_monitor(neurons, {.variables = "V_dend"});
  net.run(100 * ms);

  std::vector<double> sums, responses;
  for (int k = 0; k < 15; ++k) {
    responses.push_back(std::ranges::max(state.trace("V_dend", k, mV)) + 65);
    sums.push_back((k + 1) * responses.front());
  }
  std::printf("responses:");
  for (const double response : responses) std::printf(" %.4f", response);
  std::printf(" mV\n");

  plot::Figure figure({.height_inches = 7, .title = "1 to 15 synapses on one dendrite"});
  for (const int k : {0, 3, 7, 8, 14})
    figure.trace(state, "V_dend", k,
                 {.label = std::to_string(k + 1) + (k == 0 ? " synapse" : " synapses"), .unit = "mV"});
  figure.time_range(5 * ms, 60 * ms).y_label("V of the dendrite").x_label("Time").legend();
  figure.panel().curve(sums, sums,
                       {.label = "sum of single responses", .colour = "grey", .x_unit = "mV", .unit = "mV"});
  figure.curve(sums, responses,
               {.label = "response", .colour = "crimson", .x_unit = "mV", .unit = "mV", .dot = 4});
  figure.x_label("Sum of single responses").y_label("Response").save(folder + "val_dendritic_io.png");
}
