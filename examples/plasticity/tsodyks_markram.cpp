// Short-term plasticity (Tsodyks, Pawelzik, Markram 1998): ten spikes at 20 Hz and one half a second later,
// through a synapse that tires and one that warms up.
//
//   tsodyks_markram [folder]     writes tsodyks_markram.png there
#include <cstdio>
#include <ranvier/ranvier.hpp>
#include <string>

using namespace ranvier;
using namespace ranvier::units;

namespace {

/// A target neuron behind one synapse with these parameters.
NeuronGroup& behind(Network& net, Slice source, const Namespace& parameters) {
  auto& neuron = net.neuron_group(1, {.equations = "dv/dt = (10*g - v)/(20*ms) : 1\n"
                                                   "dg/dt = -g/(3*ms) : 1"});
  auto& synapses = net.synapses(
      source, neuron,
      plastic_synapses("tsodyks_markram", {.transmission = "g_post += w*r", .parameters = parameters}));
  synapses.connect();
  synapses["w"] = 1;
  return neuron;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string folder = argc > 1 ? std::string(argv[1]) + "/" : "";
  std::vector<Time> times;
  for (int k = 0; k < 10; ++k) times.push_back((100 + 50 * k) * ms);
  times.push_back(1050 * ms);

  Network net;
  auto& source = net.spike_generator_group(1, std::vector<std::int64_t>(times.size()), times);
  auto& tired = behind(net, source, {{"U", 0.5}, {"tau_rec", 800 * ms}, {"tau_facil", 1 * ms}});
  auto& warm = behind(net, source, {{"U", 0.1}, {"tau_rec", 100 * ms}, {"tau_facil", 1000 * ms}});
  auto& depressing = net.state_monitor(tired, {.variables = "v"});
  auto& facilitating = net.state_monitor(warm, {.variables = "v"});
  net.run(1300 * ms);

  plot::Figure figure({.width_inches = 8, .height_inches = 5, .title = "Ten spikes at 20 Hz, and one later"});
  figure.trace(depressing, "v", 0, {.label = "depressing: U = 0.5, 800 ms to recover"})
      .y_label("Response")
      .legend();
  figure.panel().trace(facilitating, "v", 0,
                       {.label = "facilitating: U = 0.1, 1 s of facilitation", .colour = "crimson"});
  figure.y_label("Response").x_label("Time (ms)").legend();
  figure.save(folder + "tsodyks_markram.png");
}
