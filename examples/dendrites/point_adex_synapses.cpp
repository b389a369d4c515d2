// 100 AdEx neurons with AMPA and NMDA synapses, driven by 200 Poisson neurons at 100 Hz. A spike that arrives
// opens both channels: AMPA for 2 ms, NMDA for 50 ms, so the neurons need 50 ms to warm up; then adaptation
// slows them.
//
//   point_adex_synapses [folder] [seed]     writes point_adex_synapses.png there
#include <algorithm>
#include <cstdio>
#include <ranvier/ranvier.hpp>
#include <string>

using namespace ranvier;
using namespace ranvier::units;

int main(int argc, char** argv) {
  const std::string folder = argc > 1 ? std::string(argv[1]) + "/" : "";
  const std::uint64_t seed = argc > 2 ? std::stoull(argv[2]) : 1;

  PointNeuronModel model({.model = "adex", .cm_abs = 281 * pF, .gl_abs = 30 * nS, .v_rest = -70.6 * mV});
  model.synapse("AMPA", {.tag = "x", .g = 0.5 * nS, .t_decay = 2 * ms});
  model.synapse("NMDA", {.tag = "x", .g = 0.5 * nS, .t_decay = 50 * ms});
  model.add_params({{"Vth", -50.4 * mV},
                    {"DeltaT", 2 * mV},
                    {"tauw", 144 * ms},
                    {"a", 4 * nS},
                    {"b", 80.5 * pA},
                    {"Vr", -70.6 * mV}});

  Network net({.seed = seed});
  auto& neurons = net.neuron_group(
      100, model, {.threshold = "V > Vth + 5*DeltaT", .reset = "V = Vr; w += b", .method = "euler"});
  auto& input = net.poisson_group(200, 100 * Hz);
  auto& synapses = net.synapses(input, neurons, {.on_pre = "s_AMPA_x += 1; s_NMDA_x += 1"});
  synapses.connect({.p = 0.25});
  auto& voltage = net.state_monitor(neurons, {.variables = "V", .record = {0}});
  auto& spikes = net.spike_monitor(neurons);
  net.run(200 * ms);

  std::printf("spikes: %lld\n", static_cast<long long>(spikes.num_spikes()));
  std::printf("spikes in each 50 ms:");
  for (int k = 0; k < 4; ++k) {
    const auto here = [&](double t) { return static_cast<int>(t / 0.05 + 1e-9) == k; };
    std::printf(" %td", std::ranges::count_if(spikes.times(), here));
  }
  std::printf("\n");

  plot::Figure figure(
      {.width_inches = 8, .height_inches = 6, .title = "100 AdEx neurons with AMPA and NMDA synapses"});
  figure.raster(spikes).y_label("Neuron index");
  figure.panel(0.7).trace(voltage, "V", 0, {.unit = "mV"}).y_label("V of neuron 0").x_label("Time");
  figure.save(folder + "point_adex_synapses.png");
}
