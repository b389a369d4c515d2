// A recurrent network whose input comes and goes: 200 Poisson neurons at 50 Hz for 50 ms, then silent for 50
// ms, and so on. With passive dendrites the 200 neurons follow weakly; with dendritic sodium spikes they
// answer every burst.
//
//   comp_network [folder] [seed]     writes comp_network.png there
#include <cstdio>
#include <ranvier/ranvier.hpp>
#include <string>

using namespace ranvier;
using namespace ranvier::units;

namespace {

NeuronModel cell(bool active) {
  Soma soma({.name = "soma", .geometry = Absolute{200 * pF, 10 * nS}});
  Dendrite dendrite({.name = "dend", .geometry = Absolute{50 * pF, 2.5 * nS}});
  dendrite.synapse("AMPA", {.tag = "external", .g = 1 * nS, .t_decay = 5 * ms});
  dendrite.synapse("AMPA", {.tag = "recurrent", .g = 1 * nS, .t_decay = 5 * ms});
  if (active)
    dendrite.dspikes({.name = "Na",
                      .threshold = -35 * mV,
                      .g_rise = 30 * nS,
                      .g_fall = 14 * nS,
                      .duration_rise = 1.2 * ms,
                      .duration_fall = 2.4 * ms,
                      .reversal_rise = "E_Na",
                      .reversal_fall = "E_K",
                      .offset_fall = 0.2 * ms,
                      .refractory = 5 * ms});
  return NeuronModel({{soma, dendrite, 15 * nS}}, {.v_rest = -60 * mV});
}

void simulate(bool active, std::uint64_t seed, plot::Figure& figure) {
  Network net({.seed = seed});
  auto& neurons = net.neuron_group(
      200, cell(active),
      {.threshold = "V_soma > -40*mV",
       .refractory = 4 * ms,
       .method = "euler",
       .action_potential = ActionPotential{.peak = 40 * mV, .after = -50 * mV, .width = 0.8 * ms}});
  std::vector<Frequency> rates;
  for (int k = 0; k < 5; ++k) rates.insert(rates.end(), {50 * Hz, 0 * Hz});
  auto& input =
      net.poisson_group(200, "stimulus(t)", {.namespace_ = {{"stimulus", TimedArray(rates, 50 * ms)}}});
  net.synapses(input, neurons, {.on_pre = "s_AMPA_external_dend += 1"}).connect({.p = 0.2});
  net.synapses(neurons, neurons, {.on_pre = "s_AMPA_recurrent_dend += 1"}).connect({.p = 0.1});
  auto& spikes = net.spike_monitor(neurons);
  net.run(550 * ms);

  const std::string which = active ? "active" : "passive";
  std::printf("spikes, %s dendrites: %lld\n", which.c_str(), static_cast<long long>(spikes.num_spikes()));
  figure.raster(spikes, {.label = which + " dendrites", .colour = active ? "crimson" : "steelblue"});
  figure.y_label("Neuron index");
}

}  // namespace

int main(int argc, char** argv) {
  const std::string folder = argc > 1 ? std::string(argv[1]) + "/" : "";
  const std::uint64_t seed = argc > 2 ? std::stoull(argv[2]) : 1;

  plot::Figure figure(
      {.width_inches = 7, .height_inches = 6, .title = "Input from 200 Poisson neurons (shaded)"});
  simulate(false, seed, figure);
  figure.panel();
  simulate(true, seed, figure);
  for (int k = 0; k < 5; ++k) figure.shade(k * 100 * ms, (k * 100 + 50) * ms, {.every_panel = true});
  figure.x_label("Time").time_range(0 * ms, 550 * ms).legend().save(folder + "comp_network.png");
}
