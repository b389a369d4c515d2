// CUBA: the benchmark network of Vogels and Abbott with current-based synapses (Brette et al. 2007). 3200
// excitatory and 800 inhibitory neurons, connected at random with 2 %, keep each other firing irregularly.
//
//   cuba [folder]     writes cuba.png there
#include <cstdio>
#include <ranvier/ranvier.hpp>
#include <string>

using namespace ranvier;
using namespace ranvier::units;

int main(int argc, char** argv) {
  const std::string folder = argc > 1 ? std::string(argv[1]) + "/" : "";

  Network net({.seed = 1,
               .namespace_ = {{"taum", 20 * ms},
                              {"taue", 5 * ms},
                              {"taui", 10 * ms},
                              {"El", -49 * mV},
                              {"Vt", -50 * mV},
                              {"Vr", -60 * mV},
                              {"we", 1.62 * mV},
                              {"wi", -9 * mV}}});
  auto& neurons = net.neuron_group(4000, {.equations = R"(
      dv/dt  = (ge + gi - (v - El))/taum : volt (unless refractory)
      dge/dt = -ge/taue                  : volt
      dgi/dt = -gi/taui                  : volt)",
                                          .threshold = "v > Vt",
                                          .reset = "v = Vr",
                                          .refractory = 5 * ms,
                                          .method = "exact"});
  neurons["v"] = "Vr + rand()*(Vt - Vr)";

  auto excitatory = neurons.slice(0, 3200);
  auto inhibitory = neurons.slice(3200, 4000);
  net.synapses(excitatory, neurons, {.on_pre = "ge += we"}).connect({.p = 0.02});
  net.synapses(inhibitory, neurons, {.on_pre = "gi += wi"}).connect({.p = 0.02});

  auto& spikes = net.spike_monitor(neurons);
  auto& rate = net.population_rate_monitor(neurons);
  auto& voltage = net.state_monitor(neurons, {.variables = {"v"}, .record = {0}});
  net.run(1000 * ms);

  std::printf("%lld spikes in 1 s: %.2f Hz per neuron; method: %s\n",
              static_cast<long long>(spikes.num_spikes()), static_cast<double>(spikes.num_spikes()) / 4000,
              neurons.method().c_str());

  plot::Figure figure({.width_inches = 8, .height_inches = 7, .title = "CUBA, 4000 neurons"});
  figure.raster(spikes, {.label = "spikes"}).y_label("Neuron index");
  figure.panel(0.4).trace(voltage, "v", 0, {.unit = "mV", .scale = 1e3}).y_label("v of neuron 0 (mV)");
  figure.panel(0.4)
      .rate(rate.times(), rate.smooth_rate("gaussian", 2 * ms))
      .y_label("Rate (Hz)")
      .x_label("Time (ms)");
  figure.save(folder + "cuba.png");
}
