// Spike-timing dependent plasticity of pairs of spikes (Song, Miller, Abbott 2000). Above: what one pair does
// to a weight, over the time between its spikes. Below: 1000 inputs at 15 Hz compete for one neuron; after
// 200 s they have become either strong or weak.
//
//   stdp [folder]     writes stdp.png there
#include <cstdio>
#include <ranvier/ranvier.hpp>
#include <string>

using namespace ranvier;
using namespace ranvier::units;

namespace {

struct Curve {
  std::vector<double> intervals;  // [s]: from the source's spike to the target's
  std::vector<double> changes;    // of the weight
};

/// 101 pairs of neurons, each with one spike on either side.
Curve window() {
  Curve curve;
  std::vector<std::int64_t> neurons;
  std::vector<Time> before, after;
  for (int k = 0; k <= 100; ++k) {
    neurons.push_back(k);
    before.push_back(100 * ms);
    after.push_back((50 + k) * ms + 0.5 * ms);
    curve.intervals.push_back((after.back() - before.back()).si());
  }
  Network net;
  auto& sources = net.spike_generator_group(101, neurons, before);
  auto& targets = net.spike_generator_group(101, neurons, after);
  auto& synapses = net.synapses(sources, targets, plastic_synapses("stdp"));
  synapses.connect({.j = "i"});
  synapses["w"] = 0.5;
  net.run(200 * ms);
  for (const double w : synapses["w"].to_vector()) curve.changes.push_back(w - 0.5);
  return curve;
}

std::vector<double> competition() {
  Network net({.seed = 1});
  auto& inputs = net.poisson_group(1000, 15 * Hz);
  auto& neuron = net.neuron_group(1, {.equations = "dv/dt = (ge*(0*mV - v) + El - v)/(10*ms) : volt\n"
                                                   "dge/dt = -ge/(5*ms) : 1",
                                      .threshold = "v > -54*mV",
                                      .reset = "v = -60*mV",
                                      .method = "euler",
                                      .namespace_ = {{"El", -74 * mV}}});
  neuron["v"] = -74 * mV;
  auto& synapses =
      net.synapses(inputs, neuron, plastic_synapses("stdp", {.transmission = "ge_post += 0.01*w"}));
  synapses.connect();
  synapses["w"] = "rand()";
  net.run(200 * second);
  return synapses["w"].to_vector();
}

}  // namespace

int main(int argc, char** argv) {
  const std::string folder = argc > 1 ? std::string(argv[1]) + "/" : "";
  const Curve curve = window();
  const std::vector<double> weights = competition();
  const auto weak = std::ranges::count_if(weights, [](double w) { return w < 0.2; });
  const auto strong = std::ranges::count_if(weights, [](double w) { return w > 0.8; });
  std::printf("of 1000 weights %td are below 0.2 and %td above 0.8\n", weak, strong);

  plot::Figure figure({.width_inches = 7, .height_inches = 6, .title = "Pairs of spikes: STDP"});
  figure.trace(curve.intervals, curve.changes).horizontal_line(0.0).x_label("From source to target (ms)");
  figure.y_label("Change of weight");
  figure.panel().histogram(weights, {.bins = 50}).x_label("Weight after 200 s").y_label("Synapses");
  figure.save(folder + "stdp.png");
}
