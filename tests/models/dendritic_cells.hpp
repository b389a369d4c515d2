#pragma once
#include <cmath>
#include <vector>

#include <ranvier/ranvier.hpp>

/// The neurons of two of the reference's examples, and spikes by their steps.
namespace ranvier::test {

inline DSpikeOptions understanding_dspikes() {
  using namespace units;
  return {.name = "Na",
          .threshold = -35 * mV,
          .g_rise = 30 * nS,
          .g_fall = 15 * nS,
          .duration_rise = 1.2 * ms,
          .duration_fall = 2.4 * ms,
          .reversal_rise = "E_Na",
          .reversal_fall = "E_K",
          .offset_fall = 0.5 * ms,
          .refractory = 5 * ms};
}

/// comp_understanding: a soma, and a dendrite with dendritic spikes.
inline NeuronModel understanding(const DSpikeOptions& dspikes = understanding_dspikes()) {
  using namespace units;
  const Soma soma({.name = "soma", .geometry = Absolute{200 * pF, 10 * nS}});
  Dendrite dend({.name = "dend", .geometry = Absolute{50 * pF, 2.5 * nS}});
  dend.dspikes(dspikes);
  return NeuronModel({{soma, dend, 15 * nS}}, {.v_rest = -60 * mV});
}

/// comp_backprop: a soma with an action potential, and three dendrites.
inline NeuronModel backprop() {
  using namespace units;
  const Soma soma({.name = "soma", .model = "leakyIF", .geometry = Cylinder{25 * um, 25 * um}});
  Dendrite trunk({.name = "trunk", .geometry = Cylinder{100 * um, 2.5 * um}});
  Dendrite prox({.name = "prox", .geometry = Cylinder{100 * um, 1 * um}});
  Dendrite dist({.name = "dist", .geometry = Cylinder{100 * um, 0.5 * um}});
  trunk.dspikes({.name = "Na", .g_rise = 22 * nS, .g_fall = 14 * nS});
  prox.dspikes({.name = "Na", .g_rise = 9 * nS, .g_fall = 5.7 * nS});
  dist.dspikes({.name = "Na", .g_rise = 3.7 * nS, .g_fall = 2.4 * nS});
  NeuronModel cell({{soma, trunk, 15 * nS}, {trunk, prox, 6 * nS}, {prox, dist, 2 * nS}},
                   {.cm = 1 * uF / cm2,
                    .gl = 40 * uS / cm2,
                    .r_axial = 150 * ohm * cm,
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

inline NeuronGroupOptions backprop_options() {
  using namespace units;
  return {.threshold = "V_soma > -40*mV",
          .refractory = "4*ms",
          .method = "euler",
          .action_potential = ActionPotential{.peak = 40 * mV, .after = -55 * mV, .width = 0.8 * ms}};
}

/// The steps of 0.1 ms in which events happened.
inline std::vector<int> steps_of(const SpikeMonitor& monitor) {
  std::vector<int> steps;
  for (const double t : monitor.times()) steps.push_back(static_cast<int>(std::lround(t / 1e-4)));
  return steps;
}

}  // namespace ranvier::test
