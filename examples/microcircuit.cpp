// The cortical microcircuit of Potjans and Diesmann (2014): four layers under a square millimetre of cortex,
// each with excitatory and inhibitory neurons, 77 169 of them with 3e8 synapses at full scale. Smaller
// networks keep connection probabilities, and the mean and the variance of what each neuron receives:
// synapses are stronger by the root of the scale, and a current makes up for the rest (van Albada et al.
// 2015).
//
//   microcircuit [folder] [scale] [seconds] [dc]
//
// scale 0.1, 0.5, 1 ...; model time that is looked at, after 0.5 s; with `dc` a constant current is the drive
// instead of Poisson input. Writes microcircuit.png, and compares rates with references: from scale 0.3 on
// with those of the full network in NEST, below with those of the network of scale 0.1 in NEST 3.10 (two
// seeds, 4 s each). The small network is slower than the large one in both simulators; with `dc` it is silent
// but for L6I, in both.
#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <ranvier/ranvier.hpp>
#include <string>
#include <vector>

using namespace ranvier;
using namespace ranvier::units;

namespace {

constexpr int populations = 8;

struct Population {
  const char* name;
  std::int64_t neurons;  // at full scale
  double external;       // inputs of 8 Hz from elsewhere
  double v0, v0_spread;  // [mV] where it begins
  double rate;           // [Hz] of the full network: mean rates of the reference implementation in NEST
  double small_rate;     // [Hz] at scale 0.1
  std::array<double, populations> p;  // of at least one synapse, from each population
};

constexpr Population circuit[populations] = {
    {"L2/3E", 20683, 1600, -68.28, 5.36, 0.943, 0.41, {0.1009, 0.1689, 0.0437, 0.0818, 0.0323, 0, 0.0076, 0}},
    {"L2/3I", 5834, 1500, -63.16, 4.57, 3.026, 1.94, {0.1346, 0.1371, 0.0316, 0.0515, 0.0755, 0, 0.0042, 0}},
    {"L4E",
     21915,
     2100,
     -63.33,
     4.74,
     4.368,
     3.92,
     {0.0077, 0.0059, 0.0497, 0.135, 0.0067, 0.0003, 0.0453, 0}},
    {"L4I", 5479, 1900, -63.45, 4.94, 5.882, 4.91, {0.0691, 0.0029, 0.0794, 0.1597, 0.0033, 0, 0.1057, 0}},
    {"L5E",
     4850,
     2000,
     -63.11,
     4.94,
     7.733,
     6.2,
     {0.1004, 0.0622, 0.0505, 0.0057, 0.0831, 0.3726, 0.0204, 0}},
    {"L5I", 1065, 1900, -61.66, 4.55, 8.664, 7.73, {0.0548, 0.0269, 0.0257, 0.0022, 0.06, 0.3158, 0.0086, 0}},
    {"L6E",
     14395,
     2900,
     -66.72,
     5.46,
     1.096,
     0.82,
     {0.0156, 0.0066, 0.0211, 0.0166, 0.0572, 0.0197, 0.0396, 0.2252}},
    {"L6I",
     2948,
     2100,
     -61.43,
     4.48,
     7.851,
     6.93,
     {0.0364, 0.001, 0.0034, 0.0005, 0.0277, 0.008, 0.0658, 0.1443}},
};

constexpr double background = 8;                          // [Hz]
constexpr double tau_syn = 0.5e-3;                        // [s]
constexpr double transient = 0.5;                         // [s]
constexpr double rate_tolerance = 0.2, rate_slack = 0.2;  // relative; [Hz]
constexpr double least_cv = 0.6, most_cv = 1.2;           // asynchronous and irregular

/// The current [A] that a synaptic event adds for a potential of 0.15 mV at its peak.
double event_current() {
  const double tau_m = 10e-3, capacity = 250e-12, q = tau_m / tau_syn;
  const double peak = tau_m * tau_syn / capacity / (tau_syn - tau_m) *
                      (std::pow(q, tau_m / (tau_syn - tau_m)) - std::pow(q, tau_syn / (tau_syn - tau_m)));
  return 0.15e-3 / peak;
}

bool excitatory(int k) {
  return k % 2 == 0;
}

/// Of an event from one population to another, in units of the excitatory one.
double relative_weight(int source, int target) {
  if (!excitatory(source)) return -4;
  return source == 2 && target == 0 ? 2 : 1;
}

/// Expected synapses of a pair.
double density(int source, int target) {
  return -std::log1p(-circuit[target].p[static_cast<std::size_t>(source)]);
}

/// The current [A] that a neuron is short of in a smaller network, and the drive if that is constant.
double constant_current(int target, double scale, bool dc) {
  const double w = event_current();
  double events = circuit[target].external * background, lost = events;
  for (int source = 0; source < populations; ++source)
    lost += relative_weight(source, target) * density(source, target) *
            static_cast<double>(circuit[source].neurons) * circuit[source].rate;
  return w * tau_syn * ((1 - std::sqrt(scale)) * lost + (dc ? std::sqrt(scale) * events : 0));
}

/// How many synapses a pair has that has one, as a text: Poisson's distribution above zero, which is what
/// synapses have that are given to pairs at random. The chance of another one, again and again; five are
/// never reached.
std::string copies(double mean) {
  std::array<double, 5> more{};  // [k] of k + 2 synapses, given k + 1
  double term = mean, beyond = 1 - std::exp(-mean);
  for (std::size_t k = 0; k < more.size(); ++k) {
    const double next = beyond - term * std::exp(-mean);
    more[k] = std::max(0.0, next / beyond);
    beyond = next, term *= mean / static_cast<double>(k + 2);
  }
  std::string text = "1";
  for (std::size_t k = 4; k-- > 0;) text = "1 + int(rand() < " + std::to_string(more[k]) + ")*(" + text + ")";
  return text;
}

struct Microcircuit {
  Network net;
  NeuronGroup* neurons = nullptr;
  std::vector<std::int64_t> borders{0};
  double synapses = 0;

  Slice part(int k) const {
    return neurons->slice(borders[static_cast<std::size_t>(k)], borders[static_cast<std::size_t>(k) + 1]);
  }
  void make_neurons(double scale, bool dc);
  void connect(double scale);
};

void Microcircuit::make_neurons(double scale, bool dc) {
  for (const Population& each : circuit)
    borders.push_back(borders.back() + std::llround(static_cast<double>(each.neurons) * scale));
  neurons = &net.neuron_group(borders.back(), {.equations = R"(
      dv/dt = (-65*mV - v)/(10*ms) + (I + I_constant)/(250*pF) : volt (unless refractory)
      dI/dt = -I/(0.5*ms)                                      : amp
      I_constant                                               : amp)",
                                               .threshold = "v > -50*mV",
                                               .reset = "v = -65*mV",
                                               .refractory = 2 * ms,
                                               .method = "exact"});
  for (int k = 0; k < populations; ++k) {
    const Population& each = circuit[k];
    part(k)["v"] = std::to_string(each.v0) + "*mV + " + std::to_string(each.v0_spread) + "*mV*randn()";
    part(k)["I_constant"] = constant_current(k, scale, dc) * amp;
    if (!dc)
      net.poisson_input(part(k), "I", std::llround(each.external * scale), background * Hz,
                        event_current() / std::sqrt(scale) * amp);
  }
}

void Microcircuit::connect(double scale) {
  for (int source = 0; source < populations; ++source)
    for (int target = 0; target < populations; ++target) {
      if (density(source, target) == 0) continue;
      auto& projection = net.synapses(part(source), part(target),
                                      {.equations = "w : amp",
                                       .on_pre = "I_post += w",
                                       .namespace_ = {{"w_mean", event_current() / std::sqrt(scale) *
                                                                     relative_weight(source, target) * amp},
                                                      {"d_mean", excitatory(source) ? 1.5 * ms : 0.75 * ms}},
                                       .dtype = Dtype::float32});
      projection.connect(
          {.p = circuit[target].p[static_cast<std::size_t>(source)], .n = copies(density(source, target))});
      projection["w"] = "w_mean*(1 + 0.1*randn())";
      projection["delay"] = "clip(d_mean*(1 + 0.5*randn()), 0.1*ms, 10*ms)";
      synapses += static_cast<double>(projection.size());
    }
}

/// Mean over neurons with five intervals or more of their coefficients of variation; not a number where fewer
/// than a tenth of the neurons have so many, which would be the most active ones.
double irregularity(const SpikeMonitor& spikes) {
  double sum = 0, counted = 0;
  for (const auto& [neuron, times] : spikes.spike_trains()) {
    double mean = 0, squares = 0, n = 0;
    for (std::size_t k = 1; k < times.size(); ++k) {
      if (times[k - 1] < transient) continue;
      const double interval = times[k] - times[k - 1];
      mean += interval, squares += interval * interval, ++n;
    }
    if (n < 5) continue;
    mean /= n;
    sum += std::sqrt(std::max(0.0, squares / n - mean * mean)) / mean;
    ++counted;
  }
  const double enough = static_cast<double>(spikes.source().size()) / 10;
  return counted >= enough ? sum / counted : std::numeric_limits<double>::quiet_NaN();
}

/// Prints a row; whether the population does what those of the full network do.
bool report(const Population& population, const SpikeMonitor& spikes, double seconds, bool small) {
  const auto late = std::ranges::count_if(spikes.times(), [](double t) { return t >= transient; });
  const double rate = static_cast<double>(late) / seconds / static_cast<double>(spikes.source().size());
  const double cv = irregularity(spikes);
  const double reference = small ? population.small_rate : population.rate;
  const bool alike = std::abs(rate - reference) <= rate_slack + rate_tolerance * reference &&
                     (std::isnan(cv) || (cv >= least_cv && cv <= most_cv));
  std::printf("%-8s%10lld%10.2f%12.2f%8s%s\n", population.name,
              static_cast<long long>(spikes.source().size()), rate, reference,
              std::isnan(cv) ? "-" : std::to_string(cv).substr(0, 4).c_str(),
              alike ? "" : "   beyond the tolerance");
  return alike;
}

double seconds_since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

}  // namespace

int main(int argc, char** argv) {
  const std::string folder = argc > 1 ? std::string(argv[1]) + "/" : "";
  const double scale = argc > 2 ? std::atof(argv[2]) : 0.1, seconds = argc > 3 ? std::atof(argv[3]) : 2;
  if (!(scale > 0 && seconds > 0)) return std::fprintf(stderr, "scale and seconds are positive\n"), 2;

  const auto begin = std::chrono::steady_clock::now();
  Microcircuit model{Network({.seed = 1})};
  model.make_neurons(scale, argc > 4 && std::string(argv[4]) == "dc");
  model.connect(scale);
  std::vector<SpikeMonitor*> monitors;
  for (int k = 0; k < populations; ++k) monitors.push_back(&model.net.spike_monitor(model.part(k)));
  model.net.prepare();
  std::printf("%.3g synapses, made and compiled in %.2f s\n", model.synapses, seconds_since(begin));
  model.net.run(Time(transient));
  const auto settled = std::chrono::steady_clock::now();
  model.net.run(Time(seconds));
  std::printf("%.3g s of model time at %.2f times real time\n\n", seconds, seconds_since(settled) / seconds);

  std::printf("%-8s%10s%10s%12s%8s\n", "", "neurons", "rate Hz", "reference", "CV");
  bool alike = true;
  plot::Figure figure({.width_inches = 8, .height_inches = 7, .title = "Cortical microcircuit"});
  for (int k = 0; k < populations; ++k) {
    const SpikeMonitor& spikes = *monitors[static_cast<std::size_t>(k)];
    alike = report(circuit[k], spikes, seconds, scale < 0.3) && alike;
    figure.raster(spikes, {.label = circuit[k].name, .offset = model.borders[static_cast<std::size_t>(k)]});
  }
  figure.x_label("Time (ms)").y_label("Neuron index").legend();
  figure.save(folder + "microcircuit.png");
  std::printf("\nrates within %.0f %% and %.1f Hz, CV from %.1f to %.1f: %s\n", rate_tolerance * 100,
              rate_slack, least_cv, most_cv, alike ? "yes" : "no");
  return alike ? 0 : 1;
}
