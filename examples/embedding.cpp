// Ranvier inside another program: the host owns the loop, steps the network a millisecond at a time, reads
// live state, and injects a current that holds the population at a target rate; at half time it also makes
// ten neurons spike by hand.
//
//   embedding [folder]     writes embedding.png there
#include <algorithm>
#include <cstdio>
#include <numeric>
#include <ranvier/ranvier.hpp>
#include <string>
#include <vector>

using namespace ranvier;
using namespace ranvier::units;

int main(int argc, char** argv) {
  const std::string folder = argc > 1 ? std::string(argv[1]) + "/" : "";

  Network net({.seed = 7});
  auto& neurons = net.neuron_group(
      200, {.equations = R"(
      dv/dt = (El - v + R*I)/tau + sigma*sqrt(2/(tau*dt))*randn() : volt (unless refractory)
      I : amp)",
            .threshold = "v > Vt",
            .reset = "v = El",
            .refractory = 2 * ms,
            .method = "euler",
            .namespace_ = {
                {"El", -70 * mV}, {"Vt", -50 * mV}, {"R", 100 * Mohm}, {"tau", 10 * ms}, {"sigma", 3 * mV}}});
  neurons["v"] = -70 * mV;

  const double target = 20;          // [Hz]
  double current = 0, estimate = 0;  // [A], [Hz]
  std::vector<double> times, rates, currents;
  for (int millisecond = 0; millisecond < 1000; ++millisecond) {
    std::ranges::fill(neurons["I"].values(), current);  // a span over live state: no copy, no compilation
    std::size_t spikes = 0;
    for (int k = 0; k < 10; ++k) {
      net.step();
      spikes += net.spikes(neurons).size();
    }
    estimate += 0.02 * (static_cast<double>(spikes) / 200 / 1e-3 - estimate);
    current += 0.5e-12 * (target - estimate);
    if (millisecond == 500) {
      std::vector<std::int32_t> ten(10);
      std::iota(ten.begin(), ten.end(), 0);
      net.inject_spikes(neurons, ten);
    }
    times.push_back(net.time().si());
    rates.push_back(estimate);
    currents.push_back(current * 1e12);
  }
  std::printf("rate after 1 s: %.1f Hz (target %.0f Hz) at %.0f pA\n", estimate, target, current * 1e12);

  plot::Figure figure(
      {.width_inches = 8, .height_inches = 5, .title = "A host program holds 200 neurons at 20 Hz"});
  figure.trace(times, rates, {.label = "rate"}).y_label("Rate (Hz)");
  figure.panel()
      .trace(times, currents, {.label = "current", .colour = "crimson"})
      .y_label("I (pA)")
      .x_label("Time (ms)");
  figure.save(folder + "embedding.png");
}
