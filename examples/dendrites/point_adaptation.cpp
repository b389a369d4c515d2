// Two ways to adapt. In an adaptiveIF neuron every spike adds to a current, in a cadIF neuron to a
// conductance: after the stimulus the current pulls the voltage far below rest, the conductance only back to
// its reversal potential.
//
//   point_adaptation [folder]     writes point_adaptation.png there
#include <algorithm>
#include <cstdio>
#include <ranvier/ranvier.hpp>
#include <string>

using namespace ranvier;
using namespace ranvier::units;

int main(int argc, char** argv) {
  const std::string folder = argc > 1 ? std::string(argv[1]) + "/" : "";

  PointNeuronModel by_current(
      {.model = "adaptiveIF", .cm_abs = 150 * pF, .gl_abs = 15 * nS, .v_rest = -65 * mV});
  by_current.add_params(
      {{"Vth", -50 * mV}, {"Vr", -60 * mV}, {"tauw", 210 * ms}, {"a", 0 * nS}, {"b", 60 * pA}});
  PointNeuronModel by_conductance(
      {.model = "cadIF", .cm_abs = 150 * pF, .gl_abs = 15 * nS, .v_rest = -65 * mV});
  by_conductance.add_params({{"Vth", -50 * mV},
                             {"Vr", -60 * mV},
                             {"tauA", 210 * ms},
                             {"gAmax", 0 * nS},
                             {"EA", -65 * mV},
                             {"delta_gA", 3 * nS}});

  Network net;
  auto& current =
      net.neuron_group(1, by_current, {.threshold = "V > Vth", .reset = "V = Vr; w += b", .method = "euler"});
  auto& conductance = net.neuron_group(
      1, by_conductance, {.threshold = "V > Vth", .reset = "V = Vr; gA += delta_gA", .method = "euler"});
  const StateMonitor* voltages[] = {&net.state_monitor(current, {.variables = "V"}),
                                    &net.state_monitor(conductance, {.variables = "V"})};
  const SpikeMonitor* spikes[] = {&net.spike_monitor(current), &net.spike_monitor(conductance)};

  current["I_ext"] = conductance["I_ext"] = 500 * pA;
  net.run(150 * ms);
  current["I_ext"] = conductance["I_ext"] = 0 * pA;
  net.run(150 * ms);

  const char* const names[] = {"adaptiveIF", "cadIF"};
  plot::Figure figure({.width_inches = 8,
                       .height_inches = 5,
                       .title = "500 pA for 150 ms, then none: two kinds of adaptation"});
  for (int k = 0; k < 2; ++k) {
    const auto v = voltages[k]->trace("V", 0, mV);
    std::printf("spikes of %s: %lld\n", names[k], static_cast<long long>(spikes[k]->num_spikes()));
    std::printf("lowest voltage of %s: %.4f mV\n", names[k], std::ranges::min(v));
    const char* colour = k == 0 ? "steelblue" : "crimson";
    figure.trace(*voltages[k], "V", 0, {.label = names[k], .colour = colour, .unit = "mV"}).y_label("V");
    figure.y_range(-85 * mV, -48 * mV);
    if (k == 0) figure.panel();
  }
  figure.x_label("Time").legend().save(folder + "point_adaptation.png");
}
