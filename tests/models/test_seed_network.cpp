#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numeric>
#include <ranvier/models/point_neuron_model.hpp>
#include <ranvier/runtime/network.hpp>
#include <string>
#include <vector>

// The network of examples/lif_inhibition.cpp over many seeds, against the distributions that the reference
// simulator gave (mean and standard deviation over seeds, and how many seeds they come from). RANVIER_SEEDS
// sets the number of seeds.
using namespace ranvier;
using namespace ranvier::units;

namespace {

struct Marker {
  std::string name;
  double mean, deviation;  // of the reference, over seeds
  int reference_seeds;
};

const Marker markers[] = {
    {"excitatory spikes, first window", 1999, 264, 400},
    {"inhibitory spikes, first window", 0, 0, 400},
    {"excitatory spikes, second window", 256, 63, 400},
    {"inhibitory spikes, second window", 847, 127, 400},
    {"Poisson spikes, first window", 4500, 67, 0},  // exact: 200 neurons, 90 Hz, 250 ms
    {"Poisson spikes, second window", 4500, 67, 0},
    {"first excitatory spike (ms)", 11.9, 1.8, 40},
    {"first inhibitory spike after the switch (ms)", 13.3, 2.6, 40},
    {"silent excitatory cells, first window", 249, 35, 40},
    {"spikes of the most active excitatory cell", 21.6, 2.5, 40},
    {"variance of excitatory counts", 13.7, 2.5, 40},
    {"silent inhibitory cells", 108, 16, 40},
    {"excitatory spikes, 250 to 300 ms", 173, 56, 40},
    {"interval of excitatory cells (ms)", 34.2, 2.8, 40},
    {"V of inhibitory cells at the end (mV)", -45.99, 0.37, 40},
    {"V of excitatory cells at the end (mV)", -49.5, 1.3, 40},
    {"s_AMPA at the end", 8.95, 0.73, 40},
    {"s_GABA of excitatory cells at the end", 3.96, 2.0, 40},
};
const std::size_t marker_count = std::size(markers);
using Values = std::vector<double>;  // one per marker

double mean(const std::vector<double>& x) {
  return std::accumulate(x.begin(), x.end(), 0.0) / static_cast<double>(x.size());
}

double variance(const std::vector<double>& x) {
  double sum = 0;
  for (const double v : x) sum += (v - mean(x)) * (v - mean(x));
  return sum / static_cast<double>(x.size());
}

double count_between(const SpikeMonitor& monitor, double from, double to) {
  return static_cast<double>(
      std::ranges::count_if(monitor.times(), [&](double t) { return t >= from && t < to; }));
}

std::vector<double> counts_in(const SpikeMonitor& monitor, double from, double to) {
  std::vector<double> counts(static_cast<std::size_t>(monitor.source().size()), 0);
  for (std::size_t k = 0; k < monitor.times().size(); ++k)
    if (monitor.times()[k] >= from && monitor.times()[k] < to)
      ++counts[static_cast<std::size_t>(monitor.indices()[k])];
  return counts;
}

std::vector<double> intervals_before(const SpikeMonitor& monitor, double end) {
  std::vector<double> intervals;
  for (const auto& [neuron, train] : monitor.spike_trains())
    for (std::size_t k = 1; k < train.size() && train[k] < end; ++k)
      intervals.push_back((train[k] - train[k - 1]) * 1e3);
  return intervals;
}

Values measure(const SpikeMonitor& e, const SpikeMonitor& i, const SpikeMonitor& input,
               const Slice& excitatory, const Slice& inhibitory, NeuronGroup& neurons) {
  const auto e_counts = counts_in(e, 0, 0.25), i_counts = counts_in(i, 0.25, 0.5);
  return {count_between(e, 0, 0.25),
          count_between(i, 0, 0.25),
          count_between(e, 0.25, 0.5),
          count_between(i, 0.25, 0.5),
          count_between(input, 0, 0.25),
          count_between(input, 0.25, 0.5),
          e.times().front() * 1e3,
          i.times().front() * 1e3 - 250,
          static_cast<double>(std::ranges::count(e_counts, 0.0)),
          std::ranges::max(e_counts),
          variance(e_counts),
          static_cast<double>(std::ranges::count(i_counts, 0.0)),
          count_between(e, 0.25, 0.3),
          mean(intervals_before(e, 0.25)),
          mean(inhibitory["V"].in(mV)),
          mean(excitatory["V"].in(mV)),
          mean(neurons["s_AMPA_ext"].to_vector()),
          mean(excitatory["s_GABA_inh"].to_vector())};
}

Values run(std::uint64_t seed) {
  PointNeuronModel model({.model = "leakyIF", .cm_abs = 281 * pF, .gl_abs = 30 * nS, .v_rest = -70.6 * mV});
  model.synapse("AMPA", {.tag = "ext", .g = 2 * nS, .t_decay = 2.5 * ms});
  model.synapse("GABA", {.tag = "inh", .g = 2 * nS, .t_decay = 7.5 * ms});
  model.add_params({{"Vth", -40.4 * mV}, {"Vr", -65.6 * mV}});
  Network net({.seed = seed});
  auto& neurons =
      net.neuron_group(1000, model, {.threshold = "V > Vth", .reset = "V = Vr", .method = "euler"});
  auto inhibitory = neurons.slice(0, 300), excitatory = neurons.slice(300, 1000);
  auto& input = net.poisson_group(200, 90 * Hz);
  auto& ext_i = net.synapses(input, inhibitory, {.on_pre = "s_AMPA_ext += 1"});
  net.synapses(input, excitatory, {.on_pre = "s_AMPA_ext += 1"}).connect({.p = 0.2});
  net.synapses(inhibitory, excitatory, {.on_pre = "s_GABA_inh += 1"}).connect({.p = 0.15});
  ext_i.connect({.p = 0.0});
  auto& e = net.spike_monitor(excitatory);
  auto& i = net.spike_monitor(inhibitory);
  auto& in = net.spike_monitor(input);
  net.run(250 * ms);
  ext_i.connect({.p = 0.2});
  net.run(250 * ms);
  return measure(e, i, in, excitatory, inhibitory, neurons);
}

}  // namespace

TEST_CASE("the seed network fires as the reference does: every mean within 3 standard errors") {
  const char* wished = std::getenv("RANVIER_SEEDS");
  const int seeds = wished ? std::atoi(wished) : 30;
  REQUIRE(seeds >= 10);
  std::vector<Values> outcomes;
  for (int seed = 0; seed < seeds; ++seed) outcomes.push_back(run(static_cast<std::uint64_t>(seed)));
  for (std::size_t k = 0; k < marker_count; ++k) {
    std::vector<double> sample;
    for (const Values& outcome : outcomes) sample.push_back(outcome[k]);
    const Marker& m = markers[k];
    const double error_of_reference = m.reference_seeds ? m.deviation / std::sqrt(m.reference_seeds) : 0;
    const double error = std::hypot(m.deviation / std::sqrt(seeds), error_of_reference);
    INFO(m.name, ": mean ", mean(sample), ", sd ", std::sqrt(variance(sample)), " over ", seeds,
         " seeds; reference ", m.mean, ", sd ", m.deviation, "; one standard error is ", error);
    CHECK(std::abs(mean(sample) - m.mean) <= 3 * error);
  }
}
