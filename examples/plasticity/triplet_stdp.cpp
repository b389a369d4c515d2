// Triplets of spikes (Pfister, Gerstner 2006): 60 pairs, 10 ms apart, do nothing for a weight if the source
// leads and they come slowly, and strengthen it when they come fast, even if the target leads. Pairs alone
// cannot explain this experiment of Sjoestroem, Turrigiano and Nelson (2001).
//
//   triplet_stdp [folder]     writes triplet_stdp.png there
#include <cstdio>
#include <ranvier/ranvier.hpp>
#include <string>

using namespace ranvier;
using namespace ranvier::units;

namespace {

constexpr int pairs = 60;
const std::vector<double> frequencies = {1, 2, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50};  // of pairs [Hz]

/// The change of a weight for each frequency; the target follows the source after `lead`.
std::vector<double> changes(Time lead) {
  std::vector<std::int64_t> neurons;
  std::vector<Time> before, after;
  for (std::size_t k = 0; k < frequencies.size(); ++k)
    for (int pair = 0; pair < pairs; ++pair) {
      const Time at = 20 * ms + pair / frequencies[k] * second;
      neurons.push_back(static_cast<std::int64_t>(k));
      before.push_back(at);
      after.push_back(at + lead);
    }
  Network net;
  const auto n = static_cast<std::int64_t>(frequencies.size());
  auto& sources = net.spike_generator_group(n, neurons, before);
  auto& targets = net.spike_generator_group(n, neurons, after);
  auto& synapses =
      net.synapses(sources, targets, plastic_synapses("triplet_stdp", {.parameters = {{"w_max", 3.0}}}));
  synapses.connect({.j = "i"});
  synapses["w"] = 1;
  net.run(61 * second);
  std::vector<double> all;
  for (const double w : synapses["w"].to_vector()) all.push_back(w - 1);
  return all;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string folder = argc > 1 ? std::string(argv[1]) + "/" : "";
  const std::vector<double> leads = changes(10 * ms), follows = changes(-10 * ms);
  std::vector<double> periods;
  for (const double f : frequencies) periods.push_back(1 / f);
  std::printf("change at 1 Hz and 50 Hz: source leads %.3f and %.3f, target leads %.3f and %.3f\n",
              leads.front(), leads.back(), follows.front(), follows.back());

  plot::Figure figure({.width_inches = 7, .height_inches = 4.5, .title = "60 pairs of spikes, 10 ms apart"});
  figure.trace(periods, leads, {.label = "source leads"}).trace(periods, follows, {.label = "target leads"});
  figure.horizontal_line(0.0).time_range(0 * ms, 250 * ms).legend();
  figure.x_label("Time from pair to pair (ms)").y_label("Change of weight");
  figure.save(folder + "triplet_stdp.png");
}
