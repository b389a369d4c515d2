// LIF network with inhibition: 1000 leaky integrate-and-fire neurons with AMPA and GABA conductances, driven
// by 200 Poisson neurons. The inhibitory 300 receive no input at first; after 250 ms they are connected, and
// silence the others.
//
//   lif_inhibition [folder]     writes lif_inhibition.png and .svg there
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ranvier/ranvier.hpp>
#include <string>

using namespace ranvier;
using namespace ranvier::units;

namespace {

std::ptrdiff_t spikes_between(const SpikeMonitor& monitor, Time from, Time to) {
  return std::ranges::count_if(monitor.times(), [&](double t) { return t >= from.si() && t < to.si(); });
}

void print_table(const SpikeMonitor& excitatory, const SpikeMonitor& inhibitory, const SpikeMonitor& input) {
  std::printf("%-22s%14s%14s\n", "spikes", "0-250 ms", "250-500 ms");
  const auto row = [](const char* name, const SpikeMonitor& monitor) {
    std::printf("%-22s%14td%14td\n", name, spikes_between(monitor, 0 * ms, 250 * ms),
                spikes_between(monitor, 250 * ms, 500 * ms));
  };
  row("excitatory (700)", excitatory);
  row("inhibitory (300)", inhibitory);
  row("Poisson input (200)", input);
}

void print_times(const PhaseTimes& times, double draw) {
  std::printf("\n%-22s%14s\n", "phase", "time (ms)");
  const auto row = [](const char* name, double seconds) {
    std::printf("%-22s%14.2f\n", name, seconds * 1e3);
  };
  row("parse", times.parse);
  row("check", times.check);
  row("compile", times.lower + times.build.emit + times.build.optimise + times.build.link);
  row("connect", times.connect);
  row("run", times.run);
  row("draw", draw);
}

}  // namespace

int main(int argc, char** argv) {
  const std::string folder = argc > 1 ? std::string(argv[1]) + "/" : "";

  PointNeuronModel model({.model = "leakyIF", .cm_abs = 281 * pF, .gl_abs = 30 * nS, .v_rest = -70.6 * mV});
  model.synapse("AMPA", {.tag = "ext", .g = 2 * nS, .t_decay = 2.5 * ms});
  model.synapse("GABA", {.tag = "inh", .g = 2 * nS, .t_decay = 7.5 * ms});
  model.add_params({{"Vth", -40.4 * mV}, {"Vr", -65.6 * mV}});

  Network net({.seed = 123});
  auto& neurons =
      net.neuron_group(1000, model, {.threshold = "V > Vth", .reset = "V = Vr", .method = "euler"});
  auto inhibitory = neurons.slice(0, 300);
  auto excitatory = neurons.slice(300, 1000);
  auto& input = net.poisson_group(200, 90 * Hz);

  auto& ext_e = net.synapses(input, excitatory, {.on_pre = "s_AMPA_ext += 1"});
  auto& ext_i = net.synapses(input, inhibitory, {.on_pre = "s_AMPA_ext += 1"});
  auto& inh_e = net.synapses(inhibitory, excitatory, {.on_pre = "s_GABA_inh += 1"});
  ext_e.connect({.p = 0.2});
  ext_i.connect({.p = 0.0});
  inh_e.connect({.p = 0.15});

  auto& spikes_e = net.spike_monitor(excitatory);
  auto& spikes_i = net.spike_monitor(inhibitory);
  auto& spikes_input = net.spike_monitor(input);

  net.run(250 * ms);
  ext_i.connect({.p = 0.2});
  net.run(250 * ms);

  const auto begin = std::chrono::steady_clock::now();
  plot::Figure figure({.width_inches = 6, .height_inches = 5});
  figure.raster(spikes_e, {.label = "excitatory", .offset = 300});
  figure.raster(spikes_i, {.label = "inhibitory", .colour = "crimson"});
  figure.x_label("Time (ms)").y_label("Neuron index").legend();
  figure.save(folder + "lif_inhibition.png");
  figure.save(folder + "lif_inhibition.svg");
  const std::chrono::duration<double> draw = std::chrono::steady_clock::now() - begin;

  print_table(spikes_e, spikes_i, spikes_input);
  print_times(net.times(), draw.count());
}
