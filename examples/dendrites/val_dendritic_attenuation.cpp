// How far a current into the soma moves the voltage along a dendrite of three cylinders. The couplings follow
// from the shapes: half of each of two neighbours.
//
//   val_dendritic_attenuation [folder]     writes val_dendritic_attenuation.png there
#include <algorithm>
#include <cstdio>
#include <ranvier/ranvier.hpp>
#include <string>

using namespace ranvier;
using namespace ranvier::units;

int main(int argc, char** argv) {
  const std::string folder = argc > 1 ? std::string(argv[1]) + "/" : "";

  const Soma soma({.name = "soma", .geometry = Cylinder{25 * um, 25 * um}});
  const Dendrite trunk({.name = "trunk", .geometry = Cylinder{100 * um, 1.5 * um}});
  const Dendrite prox({.name = "prox", .geometry = Cylinder{100 * um, 1.2 * um}});
  const Dendrite dist({.name = "dist", .geometry = Cylinder{100 * um, 1 * um}});
  const NeuronModel cell(
      {{soma, trunk}, {trunk, prox}, {prox, dist}},
      {.cm = 1 * uF / cm2, .gl = 50 * uS / cm2, .r_axial = 400 * ohm * cm, .v_rest = -70 * mV});
  for (const auto& [a, b, g] : cell.couplings())
    std::printf("coupling of %s and %s: %.8f nS\n", a.c_str(), b.c_str(), g->in(nS));

  Network net;
  auto& neuron = net.neuron_group(1, cell, {.method = "euler"});
  auto& state = net.state_monitor(neuron, {.variables = {"V_soma", "V_trunk", "V_prox", "V_dist"}});
  net.run(20 * ms);
  neuron["I_ext_soma"] = -10 * pA;
  net.run(500 * ms);
  neuron["I_ext_soma"] = 0 * pA;
  net.run(80 * ms);

  plot::Figure figure({.width_inches = 7, .title = "−10 pA into the soma, 20 to 520 ms"});
  double at_soma = 0;
  for (const std::string& part : cell.compartment_names()) {
    const auto v = state.trace("V_" + part, 0, mV);
    const double change = std::ranges::min(v) + 70;
    if (part == "soma") at_soma = change;
    std::printf("change of %s: %.4f mV\n", part.c_str(), change);
    std::printf("ratio of %s: %.4f\n", part.c_str(), change / at_soma);
    figure.trace(state, "V_" + part, 0, {.label = part, .unit = "mV"});
  }
  figure.y_label("V").x_label("Time").legend().save(folder + "val_dendritic_attenuation.png");
}
