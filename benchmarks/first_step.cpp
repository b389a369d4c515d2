// From the text of the seed network to its first executed step, in a cold process: prints milliseconds since
// main began, and how they were spent. benchmarks/first-step runs it in 20 processes and prints medians.
#include <chrono>
#include <cstdio>
#include <ranvier/ranvier.hpp>

using namespace ranvier;
using namespace ranvier::units;

int main() {
  const auto begin = std::chrono::steady_clock::now();

  PointNeuronModel model({.model = "leakyIF", .cm_abs = 281 * pF, .gl_abs = 30 * nS, .v_rest = -70.6 * mV});
  model.synapse("AMPA", {.tag = "ext", .g = 2 * nS, .t_decay = 2.5 * ms});
  model.synapse("GABA", {.tag = "inh", .g = 2 * nS, .t_decay = 7.5 * ms});
  model.add_params({{"Vth", -40.4 * mV}, {"Vr", -65.6 * mV}});
  Network net({.seed = 123});
  auto& neurons =
      net.neuron_group(1000, model, {.threshold = "V > Vth", .reset = "V = Vr", .method = "euler"});
  auto inhibitory = neurons.slice(0, 300), excitatory = neurons.slice(300, 1000);
  auto& input = net.poisson_group(200, 90 * Hz);
  net.synapses(input, excitatory, {.on_pre = "s_AMPA_ext += 1"}).connect({.p = 0.2});
  net.synapses(input, inhibitory, {.on_pre = "s_AMPA_ext += 1"}).connect({.p = 0.0});
  net.synapses(inhibitory, excitatory, {.on_pre = "s_GABA_inh += 1"}).connect({.p = 0.15});
  net.spike_monitor(excitatory);
  net.spike_monitor(inhibitory);
  net.step();

  const std::chrono::duration<double> total = std::chrono::steady_clock::now() - begin;
  const PhaseTimes& t = net.times();
  std::printf("%.2f %.2f %.2f %.2f %.2f %.2f %.2f\n", total.count() * 1e3, t.parse * 1e3, t.check * 1e3,
              t.lower * 1e3, (t.build.emit + t.build.optimise) * 1e3, t.build.link * 1e3, t.connect * 1e3);
}
