// Back-propagating action potentials: 115 pA make the soma fire; the peak of each action potential, 40 mV for
// 0.8 ms, drives the trunk and the proximal dendrite over the threshold of their sodium spikes. The thin
// distal dendrite stays just below its own.
//
//   comp_backprop [folder]     writes comp_backprop.png there
#include <algorithm>
#include <cstdio>
#include <ranvier/ranvier.hpp>
#include <string>

using namespace ranvier;
using namespace ranvier::units;

namespace {

NeuronModel cell_with_four_compartments() {
  Soma soma({.name = "soma", .geometry = Cylinder{25 * um, 25 * um}});
  Dendrite trunk({.name = "trunk", .geometry = Cylinder{100 * um, 2.5 * um}});
  Dendrite prox({.name = "prox", .geometry = Cylinder{100 * um, 1 * um}});
  Dendrite dist({.name = "dist", .geometry = Cylinder{100 * um, 0.5 * um}});
  trunk.dspikes({.name = "Na", .g_rise = 22 * nS, .g_fall = 14 * nS});
  prox.dspikes({.name = "Na", .g_rise = 9 * nS, .g_fall = 5.7 * nS});
  dist.dspikes({.name = "Na", .g_rise = 3.7 * nS, .g_fall = 2.4 * nS});

  NeuronModel cell({{soma, trunk, 15 * nS}, {trunk, prox, 6 * nS}, {prox, dist, 2 * nS}},
                   {.cm = 1 * uF / cm2,
                    .gl = 40 * uS / cm2,
                    .v_rest = -65 * mV,
                    .scale_factor = 2.8,
                    .spine_factor = 1.5});
  cell.configure_dspikes("Na", {.threshold = -35 * mV,
                                .duration_rise = 1.2 * ms,
                                .duration_fall = 2.4 * ms,
                                .reversal_rise = "E_Na",
                                .reversal_fall = "E_K",
                                .offset_fall = 0.2 * ms,
                                .refractory = 5 * ms});
  return cell;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string folder = argc > 1 ? std::string(argv[1]) + "/" : "";

  Network net;
  auto& neuron = net.neuron_group(
      1, cell_with_four_compartments(),
      {.threshold = "V_soma > -40*mV",
       .refractory = 4 * ms,
       .method = "euler",
       .action_potential = ActionPotential{.peak = 40 * mV, .after = -55 * mV, .width = 0.8 * ms}});
  auto& state = net.state_monitor(neuron, {.variables = {"V_soma", "V_trunk", "V_prox", "V_dist"}});
  auto& spikes = net.spike_monitor(neuron);

  net.run(10 * ms);
  neuron["I_ext_soma"] = 115 * pA;
  net.run(100 * ms);
  neuron["I_ext_soma"] = 0 * pA;
  net.run(60 * ms);

  std::printf("action potentials:");
  for (const double t : spikes.times()) std::printf(" %.1f", t * 1e3);
  std::printf(" ms\npeaks:");  // as a monitor of states sees them, at the start of the next step
  const auto v = state.trace("V_soma", 0, mV);
  for (std::size_t k = 0; k < v.size(); ++k)
    if (v[k] == 40) std::printf(" %.1f", state.times()[k] * 1e3);
  std::printf(" ms\n");

  plot::Figure figure({.width_inches = 8, .height_inches = 5, .title = "115 pA into the soma, 10 to 110 ms"});
  for (const char* part : {"soma", "trunk", "prox", "dist"}) {
    const std::string variable = std::string("V_") + part;
    std::printf("highest voltage of %s: %.4f mV\n", part, std::ranges::max(state.trace(variable, 0, mV)));
    figure.trace(state, variable, 0, {.label = part, .unit = "mV"});
  }
  figure.y_label("V")
      .x_label("Time")
      .time_range(40 * ms, 130 * ms)
      .legend()
      .save(folder + "comp_backprop.png");
}
