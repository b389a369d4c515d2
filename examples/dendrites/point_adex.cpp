// An adaptive exponential integrate-and-fire neuron under a step of current. Every spike adds to the
// adaptation current w, so the intervals grow.
//
//   point_adex [folder]     writes point_adex.png there
#include <cstdio>
#include <ranvier/ranvier.hpp>
#include <string>

using namespace ranvier;
using namespace ranvier::units;

int main(int argc, char** argv) {
  const std::string folder = argc > 1 ? std::string(argv[1]) + "/" : "";

  PointNeuronModel model({.model = "adex", .cm_abs = 281 * pF, .gl_abs = 30 * nS, .v_rest = -70.6 * mV});
  model.add_params({{"Vth", -50.4 * mV},
                    {"DeltaT", 2 * mV},
                    {"tauw", 144 * ms},
                    {"a", 4 * nS},
                    {"b", 80.5 * pA},
                    {"Vr", -70.6 * mV}});

  Network net;
  auto& neuron = net.neuron_group(
      1, model, {.threshold = "V > Vth + 5*DeltaT", .reset = "V = Vr; w += b", .method = "euler"});
  auto& state = net.state_monitor(neuron, {.variables = {"V", "w"}});
  auto& spikes = net.spike_monitor(neuron);

  net.run(20 * ms);
  neuron["I_ext"] = 1 * nA;
  net.run(100 * ms);
  neuron["I_ext"] = 0 * nA;
  net.run(20 * ms);

  std::printf("spikes:");
  for (const double t : spikes.times()) std::printf(" %.1f", t * 1e3);
  std::printf(" ms\n");

  plot::Figure figure(
      {.width_inches = 8, .height_inches = 5, .title = "AdEx neuron, 1 nA from 20 to 120 ms"});
  figure.trace(state, "V", 0, {.unit = "mV"}).y_label("V");
  figure.panel(0.6).trace(state, "w", 0, {.colour = "crimson", .unit = "pA"}).y_label("w").x_label("Time");
  figure.save(folder + "point_adex.png");
}
