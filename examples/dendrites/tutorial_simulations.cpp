// Tutorial 2, simulations: one neuron of four compartments, passive; 100 of them behind 100 Poisson neurons;
// with dendritic spikes; with noise everywhere. And a point neuron.
//
//   tutorial_simulations [folder] [seed]     writes tutorial_simulations.png and tutorial_cell.png there
#include <cstdio>
#include <ranvier/ranvier.hpp>
#include <string>

using namespace ranvier;
using namespace ranvier::units;

namespace {

struct Parts {
  Soma soma{{.name = "soma", .geometry = Cylinder{25 * um, 25 * um}}};
  Dendrite trunk{{.name = "trunk", .geometry = Cylinder{100 * um, 2.5 * um}}};
  Dendrite prox{{.name = "prox", .geometry = Cylinder{100 * um, 1 * um}}};
  Dendrite dist{{.name = "dist", .geometry = Cylinder{100 * um, 0.5 * um}}};
};

const NeuronModelOptions membrane = {
    .cm = 1 * uF / cm2, .gl = 40 * uS / cm2, .v_rest = -65 * mV, .scale_factor = 2.8, .spine_factor = 1.5};

NeuronModel passive_cell() {
  Parts parts;
  parts.prox.synapse("AMPA", {.tag = "pathY", .g = 1 * nS, .t_decay = 2 * ms});
  parts.prox.synapse("NMDA", {.tag = "pathY", .g = 1 * nS, .t_decay = 60 * ms});
  parts.dist.synapse("AMPA", {.tag = "pathX", .g = 1 * nS, .t_decay = 2 * ms});
  parts.dist.synapse("NMDA", {.tag = "pathX", .g = 1 * nS, .t_decay = 60 * ms});
  const auto& [soma, trunk, prox, dist] = parts;
  return NeuronModel({{soma, trunk, 15 * nS}, {trunk, prox, 6 * nS}, {prox, dist, 2 * nS}}, membrane);
}

NeuronModel active_cell(bool noisy) {
  Parts parts;
  auto& [soma, trunk, prox, dist] = parts;
  trunk.dspikes({.name = "dSpike", .g_rise = 22 * nS, .g_fall = 14 * nS});
  prox.dspikes({.name = "dSpike", .g_rise = 9 * nS, .g_fall = 5.7 * nS});
  dist.dspikes({.name = "dSpike", .g_rise = 3.7 * nS, .g_fall = 2.4 * nS});
  if (noisy) {
    soma.noise({.tau = 1 * ms, .sigma = 25 * pA, .mean = 50 * pA});
    trunk.noise({.tau = 1 * ms, .sigma = 20 * pA, .mean = 40 * pA});
    prox.noise({.tau = 1 * ms, .sigma = 15 * pA, .mean = 30 * pA});
    dist.noise({.tau = 1 * ms, .sigma = 10 * pA, .mean = 12 * pA});
  }
  const Conductance to_prox = noisy ? 8 * nS : 6 * nS, to_dist = noisy ? 3 * nS : 2 * nS;
  NeuronModel cell({{soma, trunk, 15 * nS}, {trunk, prox, to_prox}, {prox, dist, to_dist}}, membrane);
  cell.configure_dspikes("dSpike", {.threshold = -35 * mV,
                                    .duration_rise = 1.2 * ms,
                                    .duration_fall = 2.4 * ms,
                                    .reversal_rise = "E_Na",
                                    .reversal_fall = "E_K",
                                    .offset_fall = 0.2 * ms,
                                    .refractory = 5 * ms});
  return cell;
}

NeuronGroupOptions firing(Time width) {
  return {.threshold = "V_soma > -40*mV",
          .refractory = 4 * ms,
          .method = "euler",
          .action_potential = ActionPotential{.peak = 40 * mV, .after = -55 * mV, .width = width}};
}

void report(const char* what, const SpikeMonitor& spikes) {
  std::printf("%s: %lld\n", what, static_cast<long long>(spikes.num_spikes()));
}

void draw(plot::Figure& figure, const StateMonitor& state, const char* title) {
  for (const char* part : {"soma", "trunk", "prox", "dist"})
    figure.trace(state, std::string("V_") + part, 0, {.label = part, .unit = "mV"});
  figure.y_label(title);
}

/// A current into the soma from 10 to 110 ms.
void inject(const char* what, const NeuronModel& cell, Current current, Time width, plot::Figure& figure) {
  Network net;
  auto& neuron = net.neuron_group(1, cell, firing(width));
  auto& state = net.state_monitor(neuron, {.variables = {"V_soma", "V_trunk", "V_prox", "V_dist"}});
  auto& spikes = net.spike_monitor(neuron);
  net.run(10 * ms);
  neuron["I_ext_soma"] = current;
  net.run(100 * ms);
  neuron["I_ext_soma"] = 0 * pA;
  net.run(60 * ms);
  report(what, spikes);
  draw(figure, state, what);
}

void population(std::uint64_t seed, plot::Figure& figure) {
  Network net({.seed = seed});
  auto& neurons = net.neuron_group(100, passive_cell(), firing(0.5 * ms));
  auto& x = net.poisson_group(50, 10 * Hz);
  auto& y = net.poisson_group(50, 10 * Hz);
  net.synapses(x, neurons, {.on_pre = "s_AMPA_pathX_dist += 1; s_NMDA_pathX_dist += 1"}).connect({.p = 0.5});
  net.synapses(y, neurons, {.on_pre = "s_AMPA_pathY_prox += 1; s_NMDA_pathY_prox += 1"}).connect({.p = 0.5});
  auto& spikes = net.spike_monitor(neurons);
  net.run(1 * second);
  report("100 neurons", spikes);
  figure.raster(spikes).y_label("100 neurons");
}

void noise(std::uint64_t seed, plot::Figure& figure) {
  Network net({.seed = seed});
  auto& neuron = net.neuron_group(1, active_cell(true), firing(0.8 * ms));
  auto& state = net.state_monitor(neuron, {.variables = {"V_soma", "V_trunk", "V_prox", "V_dist"}});
  auto& spikes = net.spike_monitor(neuron);
  net.run(500 * ms);
  report("noise", spikes);
  draw(figure, state, "noise");
}

void point_neuron(std::uint64_t seed, plot::Figure& figure) {
  PointNeuronModel model({.cm_abs = 200 * pF, .gl_abs = 10 * nS, .v_rest = -60 * mV});
  model.synapse("AMPA", {.tag = "x", .g = 2.5 * nS, .t_decay = 2 * ms});
  Network net({.seed = seed});
  auto& neuron =
      net.neuron_group(1, model, {.threshold = "V > -40*mV", .reset = "V = -50*mV", .method = "euler"});
  net.synapses(net.poisson_group(10, 100 * Hz), neuron, {.on_pre = "s_AMPA_x += 1"}).connect();
  auto& state = net.state_monitor(neuron, {.variables = "V"});
  auto& spikes = net.spike_monitor(neuron);
  net.run(250 * ms);
  report("point neuron", spikes);
  figure.trace(state, "V", 0, {.unit = "mV"}).y_label("point neuron");
}

}  // namespace

int main(int argc, char** argv) {
  const std::string folder = argc > 1 ? std::string(argv[1]) + "/" : "";
  const std::uint64_t seed = argc > 2 ? std::stoull(argv[2]) : 1;

  plot::Figure figure({.width_inches = 8, .height_inches = 11, .title = "Simulations of four compartments"});
  inject("passive, 200 pA", passive_cell(), 200 * pA, 0.5 * ms, figure);
  figure.legend().panel();
  inject("dSpikes, 150 pA", active_cell(false), 150 * pA, 0.8 * ms, figure);
  figure.panel();
  noise(seed, figure);
  figure.panel();
  population(seed, figure);
  figure.panel();
  point_neuron(seed, figure);
  figure.time_range(0 * ms, 500 * ms).x_label("Time").save(folder + "tutorial_simulations.png");
  plot::save(plot::graph_of(active_cell(false)), folder + "tutorial_cell.png", {.title = "The cell"});
}
