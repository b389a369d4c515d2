// Inhibitory plasticity (Vogels et al. 2011): 200 neurons are driven too hard. Their inhibitory synapses, at
// first without effect, grow until the neurons fire at the rate they are to keep, 5 Hz.
//
//   inhibitory_stdp [folder]     writes inhibitory_stdp.png there
#include <cstdio>
#include <ranvier/ranvier.hpp>
#include <string>

using namespace ranvier;
using namespace ranvier::units;

int main(int argc, char** argv) {
  const std::string folder = argc > 1 ? std::string(argv[1]) + "/" : "";
  Network net({.seed = 2});
  auto& neurons = net.neuron_group(
      200, {.equations = "dv/dt = (El - v + ge*(0*mV - v) + gi*(Ei - v))/(20*ms) : volt (unless refractory)\n"
                         "dge/dt = -ge/(5*ms) : 1\n"
                         "dgi/dt = -gi/(10*ms) : 1",
            .threshold = "v > -50*mV",
            .reset = "v = El",
            .refractory = 5 * ms,
            .method = "euler",
            .namespace_ = {{"El", -60 * mV}, {"Ei", -80 * mV}}});
  neurons["v"] = "El + rand()*10*mV";
  auto& excitation = net.poisson_group(800, 10 * Hz);
  auto& inhibition = net.poisson_group(200, 10 * Hz);
  net.synapses(excitation, neurons, {.on_pre = "ge_post += 0.03"}).connect({.p = 0.2});
  auto& synapses = net.synapses(
      inhibition, neurons,
      plastic_synapses("inhibitory_stdp",
                       {.transmission = "gi_post += 0.1*w", .parameters = {{"rate_target", 5 * Hz}}}));
  synapses.connect({.p = 0.2});
  auto& rate = net.population_rate_monitor(neurons);
  auto& weights =
      net.state_monitor(synapses, {.variables = "w", .record = ElementRange{0, 20}, .dt = 100 * ms});
  net.run(60 * second);

  const std::vector<double> smooth = rate.smooth_rate("gaussian", 250 * ms);
  std::printf("at the beginning %.1f Hz, at the end %.1f Hz\n", smooth[5000], smooth[smooth.size() - 5000]);
  plot::Figure figure(
      {.width_inches = 8, .height_inches = 5, .title = "Inhibition learns to balance excitation"});
  figure.rate(rate.times(), smooth, {.label = "rate of 200 neurons"})
      .horizontal_line(5 * Hz, {.label = "target"})
      .legend();
  figure.y_label("Rate (Hz)").panel();
  for (std::int64_t k = 0; k < 20; ++k) figure.trace(weights, "w", k, {.colour = "steelblue"});
  figure.y_label("Inhibitory weight").x_label("Time (s)");
  figure.save(folder + "inhibitory_stdp.png");
}
