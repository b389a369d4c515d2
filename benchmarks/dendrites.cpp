// A neuron of four compartments, alone in a group or in a network, and what a second of it costs:
//   bench_dendrites CASE N      CASE: group-passive, group-active, network-active
// columns: case, N, rate [Hz], model and synapses [s], compile [s], run [s], ns per neuron and step.
// benchmarks/dendrites runs all cases, each in a process of its own, beside the reference simulator.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ranvier/ranvier.hpp>
#include <string>

using namespace ranvier;
using namespace ranvier::units;

namespace {

struct Case {
  const char* name;
  bool active;
  bool recurrent;
};

const Case cases[] = {
    {"group-passive", false, false}, {"group-active", true, false}, {"network-active", true, true}};

NeuronModel cell(const Case& what) {
  const Soma soma({.name = "soma", .geometry = Cylinder{25 * um, 25 * um}});
  Dendrite trunk({.name = "trunk", .geometry = Cylinder{100 * um, 2.5 * um}});
  Dendrite prox({.name = "prox", .geometry = Cylinder{100 * um, 1 * um}});
  Dendrite dist({.name = "dist", .geometry = Cylinder{100 * um, 0.5 * um}});
  dist.synapse("AMPA", {.tag = "X", .g = 1 * nS, .t_decay = 5 * ms});
  prox.synapse("AMPA", {.tag = "X", .g = 2 * nS, .t_decay = 5 * ms});
  if (what.recurrent) prox.synapse("AMPA", {.tag = "Y", .g = 2 * nS, .t_decay = 5 * ms});
  if (what.active) {
    trunk.dspikes({.name = "Na", .g_rise = 22 * nS, .g_fall = 14 * nS});
    prox.dspikes({.name = "Na", .g_rise = 9 * nS, .g_fall = 5.7 * nS});
    dist.dspikes({.name = "Na", .g_rise = 3.7 * nS, .g_fall = 2.4 * nS});
  }
  NeuronModel model({{soma, trunk, 15 * nS}, {trunk, prox, 10 * nS}, {prox, dist, 4 * nS}},
                    {.cm = 1 * uF / cm2,
                     .gl = 40 * uS / cm2,
                     .r_axial = 150 * ohm * cm,
                     .v_rest = -60 * mV,
                     .scale_factor = 2.8,
                     .spine_factor = 1.5});
  if (what.active) {
    model.configure_dspikes("Na", {.threshold = -40 * mV,
                                   .duration_rise = 1.2 * ms,
                                   .duration_fall = 2.4 * ms,
                                   .reversal_rise = "E_Na",
                                   .reversal_fall = "E_K",
                                   .offset_fall = 0.2 * ms,
                                   .refractory = 5 * ms});
  }
  return model;
}

int measure(const Case& what, std::int64_t n) {
  const auto begin = std::chrono::steady_clock::now();
  const auto seconds = [&] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  };
  Network net({.seed = 1, .threads = 1});
  auto& neurons = net.neuron_group(
      n, cell(what),
      {.threshold = "V_soma > -50*mV", .reset = "V_soma = -60*mV", .refractory = 4 * ms, .method = "euler"});
  const char* const effects[] = {"s_AMPA_X_dist += 1", "s_AMPA_X_prox += 1"};
  for (const char* effect : effects) {
    auto& input = net.poisson_group(n, 50 * Hz);
    net.synapses(input, neurons, {.on_pre = effect}).connect(one_to_one());
  }
  if (what.recurrent) {
    auto& recurrent = net.synapses(neurons, neurons, {.on_pre = "s_AMPA_Y_prox += 0.01"});
    recurrent.connect({.p = std::min(1.0, 50.0 / static_cast<double>(n))});
  }
  auto& spikes = net.spike_monitor(neurons);
  const double made = seconds();
  net.prepare();
  const double compiled = seconds();
  net.run(1 * second);
  const double run = seconds() - compiled, steps = 10'000;
  std::printf("%-15s %7lld %7.2f %9.4f %9.4f %9.4f %8.2f\n", what.name, static_cast<long long>(n),
              static_cast<double>(spikes.num_spikes()) / static_cast<double>(n), made, compiled - made, run,
              run * 1e9 / steps / static_cast<double>(n));
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string name = argc > 1 ? argv[1] : "network-active";
  const std::int64_t n = argc > 2 ? std::atoll(argv[2]) : 1000;
  for (const Case& what : cases)
    if (name == what.name) return measure(what, n);
  std::fprintf(stderr, "unknown case '%s'\n", name.c_str());
  return 2;
}
