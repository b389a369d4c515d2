// Pairs of nearest spikes only (Izhikevich, Desai 2003): between neurons that fire at random the weight falls
// when the target is slow and rises when it is fast, as in the theory of Bienenstock, Cooper and Munro. If
// all pairs count, it only ever falls.
//
//   nearest_stdp [folder]     writes nearest_stdp.png there
#include <cmath>
#include <cstdio>
#include <ranvier/ranvier.hpp>
#include <string>

using namespace ranvier;
using namespace ranvier::units;

namespace {

constexpr int rates = 30, copies = 400;
const Time duration = 20 * second;

/// The rate of target group k [Hz]: from 1 to 100, on a logarithmic scale.
double rate(int k) {
  return std::pow(100.0, static_cast<double>(k) / (rates - 1));
}

/// Mean change of a weight a second, for each rate of the target.
std::vector<double> drift(const char* rule) {
  Network net({.seed = 3});
  std::vector<Frequency> target_rates;
  for (int k = 0; k < rates * copies; ++k) target_rates.push_back(rate(k / copies) * Hz);
  auto& sources = net.poisson_group(rates * copies, 10 * Hz);
  auto& targets = net.poisson_group(rates * copies, target_rates);
  auto& synapses = net.synapses(sources, targets,
                                plastic_synapses(rule, {.parameters = {{"A_plus", 1.03e-3},
                                                                       {"A_minus", 0.51e-3},
                                                                       {"tau_plus", 14 * ms},
                                                                       {"tau_minus", 34 * ms},
                                                                       {"w_max", 100.0}}}));
  synapses.connect({.j = "i"});
  synapses["w"] = 50;
  net.run(duration);
  std::vector<double> mean(rates);
  const std::vector<double> weights = synapses["w"].to_vector();
  for (std::size_t k = 0; k < weights.size(); ++k)
    mean[k / copies] += (weights[k] - 50) / copies / duration.si();
  return mean;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string folder = argc > 1 ? std::string(argv[1]) + "/" : "";
  const std::vector<double> nearest = drift("nearest_stdp"), all = drift("stdp");
  std::vector<double> intervals;
  for (int k = 0; k < rates; ++k) intervals.push_back(1 / rate(k));
  std::printf("change a second at 1 Hz and 100 Hz: nearest pairs %.4f and %.4f, all pairs %.4f and %.4f\n",
              nearest.front(), nearest.back(), all.front(), all.back());

  plot::Figure figure({.width_inches = 7, .height_inches = 4.5, .title = "Nearest spikes and all spikes"});
  figure.trace(intervals, nearest, {.label = "nearest pairs"}).trace(intervals, all, {.label = "all pairs"});
  figure.horizontal_line(0.0).time_range(0 * ms, 120 * ms).legend();
  figure.x_label("Mean interval between spikes of the target (ms)").y_label("Change of weight a second");
  figure.save(folder + "nearest_stdp.png");
}
