// Plasticity by the voltage of the target (Clopath et al. 2010): a source fires at 25 Hz while the target is
// held at a voltage. Below the lower threshold nothing happens, between the two the weight falls, above the
// upper one it rises, as Ngezahayo, Schachner and Artola (2000) found.
//
//   voltage_stdp [folder]     writes voltage_stdp.png there
#include <cstdio>
#include <ranvier/ranvier.hpp>
#include <string>

using namespace ranvier;
using namespace ranvier::units;

int main(int argc, char** argv) {
  const std::string folder = argc > 1 ? std::string(argv[1]) + "/" : "";
  const std::vector<double> held = {-75, -60, -50, -42, -38, -34};  // [mV]
  std::vector<Time> spikes;
  for (int k = 0; k < 50; ++k) spikes.push_back((20 + 40 * k) * ms);

  Network net;
  const auto n = static_cast<std::int64_t>(held.size());
  auto& source = net.spike_generator_group(1, std::vector<std::int64_t>(spikes.size()), spikes);
  auto& targets =
      net.neuron_group(n, {.equations = Equations("v : volt") + neuron_equations("voltage_stdp")});
  auto& synapses =
      net.synapses(source, targets, plastic_synapses("voltage_stdp", {.parameters = {{"w_max", 5.0}}}));
  synapses.connect();
  synapses["w"] = 1;
  for (const char* variable : {"v", "u_minus", "u_plus"}) {
    std::vector<Voltage> volts;
    for (const double v : held) volts.push_back(v * mV);
    targets[variable] = volts;
  }
  auto& weights = net.state_monitor(synapses, {.variables = "w", .dt = 1 * ms});
  net.run(2.1 * second);

  plot::Figure figure(
      {.width_inches = 7, .height_inches = 4.5, .title = "A source at 25 Hz, the target held"});
  for (std::size_t k = 0; k < held.size(); ++k) {
    const std::string label = std::to_string(static_cast<int>(held[k])) + " mV";
    figure.trace(weights, "w", static_cast<std::int64_t>(k), {.label = label});
    std::printf("%s: %.4f\n", label.c_str(), weights.trace("w", static_cast<std::int64_t>(k)).back());
  }
  figure.x_label("Time (s)").y_label("Weight").legend();
  figure.save(folder + "voltage_stdp.png");
}
