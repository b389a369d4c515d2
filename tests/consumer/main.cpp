// What a program that embeds the installed library looks like: it needs the package and nothing else.
#include <cstdio>
#include <ranvier/ranvier.hpp>

using namespace ranvier;
using namespace ranvier::units;

// v relaxes towards 2 and is reset at 1: 2*(1 - exp(-n*dt/tau)) > 1 first holds at step n = 70 of dt =
// tau/100, so each neuron spikes in every 70th step, 14 times in 1000 steps.
int main() {
  Network net({.seed = 1});
  auto& neurons = net.neuron_group(10, {.equations = "dv/dt = (2 - v)/tau : 1",
                                        .threshold = "v > 1",
                                        .reset = "v = 0",
                                        .method = "exact",
                                        .namespace_ = {{"tau", 10 * ms}}});
  auto& spikes = net.spike_monitor(neurons);
  net.run(100 * ms);
  const auto count = static_cast<long>(spikes.num_spikes());
  std::printf("%ld spikes\n", count);
  return count == 140 ? 0 : 1;
}
