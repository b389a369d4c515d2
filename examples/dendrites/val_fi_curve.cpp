// How often a neuron fires for how much current: 21 neurons of two compartments, each with a current of its
// own into the soma, from 200 to 600 pA.
//
//   val_fi_curve [folder]     writes val_fi_curve.png there
#include <cstdio>
#include <ranvier/ranvier.hpp>
#include <string>

using namespace ranvier;
using namespace ranvier::units;

int main(int argc, char** argv) {
  const std::string folder = argc > 1 ? std::string(argv[1]) + "/" : "";

  Soma soma({.name = "soma", .geometry = Absolute{200 * pF, 10 * nS}});
  Dendrite dendrite({.name = "dend", .geometry = Absolute{50 * pF, 2.5 * nS}});
  const NeuronModel cell({{soma, dendrite, 15 * nS}}, {.v_rest = -65 * mV});

  Network net;
  auto& neurons = net.neuron_group(
      21, cell,
      {.threshold = "V_soma > -40*mV", .reset = "V_soma = -55*mV", .refractory = 4 * ms, .method = "euler"});
  neurons["I_ext_soma"] = "(200 + 20*i)*pA";
  auto& spikes = net.spike_monitor(neurons);
  net.run(1 * second);

  const auto currents = neurons["I_ext_soma"].in(pA);
  const std::vector<double> rates(spikes.counts().begin(), spikes.counts().end());  // in one second
  std::printf("rates:");
  for (const double rate : rates) std::printf(" %.0f", rate);
  std::printf(" Hz\n");

  plot::Figure figure({.title = "Rate over current of a neuron of two compartments"});
  figure.curve(currents, rates, {.x_unit = "pA", .unit = "Hz", .dot = 4});
  figure.x_label("Current into the soma").y_label("Rate").save(folder + "val_fi_curve.png");
}
