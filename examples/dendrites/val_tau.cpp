// The membrane time constant: a*exp(-t/tau) fitted to the response to a small current. Of a leaky neuron it
// is C/gL = 12.5 ms, less half a step of Euler's method; the subthreshold adaptation of an adaptiveIF neuron
// makes the response shorter.
//
//   val_tau [folder]     writes val_tau.png there
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ranvier/ranvier.hpp>
#include <string>

using namespace ranvier;
using namespace ranvier::units;

namespace {

struct Fit {
  double a, tau;  // of a*exp(-t/tau)
  double error;   // sum of squares
};

/// The best a for a given tau; samples are `dt` apart.
Fit fit_with(double tau, const std::vector<double>& samples, double dt) {
  double ye = 0, ee = 0;
  for (std::size_t k = 0; k < samples.size(); ++k) {
    const double e = std::exp(-static_cast<double>(k) * dt / tau);
    ye += samples[k] * e;
    ee += e * e;
  }
  Fit fit{ye / ee, tau, 0};
  for (std::size_t k = 0; k < samples.size(); ++k)
    fit.error += std::pow(samples[k] - fit.a * std::exp(-static_cast<double>(k) * dt / tau), 2);
  return fit;
}

/// The best of all: golden-section search over tau.
Fit fit_exponential(const std::vector<double>& samples, double dt) {
  const double ratio = (std::sqrt(5.0) - 1) / 2;
  double low = 1, high = 100;  // [ms]
  while (high - low > 1e-7) {
    const double left = high - ratio * (high - low), right = low + ratio * (high - low);
    if (fit_with(left, samples, dt).error < fit_with(right, samples, dt).error)
      high = right;
    else
      low = left;
  }
  return fit_with(low, samples, dt);
}

}  // namespace

int main(int argc, char** argv) {
  const std::string folder = argc > 1 ? std::string(argv[1]) + "/" : "";
  plot::Figure figure({.height_inches = 5, .title = "−10 pA from 20 to 220 ms, and exponentials fitted"});

  for (const char* membrane : {"leakyIF", "adaptiveIF"}) {
    PointNeuronModel model({.model = membrane, .cm_abs = 250 * pF, .gl_abs = 20 * nS, .v_rest = -70 * mV});
    if (!model.missing_parameters().empty()) model.add_params({{"tauw", 100 * ms}, {"a", 2 * nS}});
    Network net;
    auto& neuron = net.neuron_group(1, model, {.method = "euler"});
    auto& state = net.state_monitor(neuron, {.variables = "V"});
    net.run(20 * ms);
    neuron["I_ext"] = -10 * pA;
    net.run(200 * ms);
    neuron["I_ext"] = 0 * pA;
    net.run(100 * ms);

    // From the begin of the current to the lowest voltage, above which the response is measured.
    const auto v = state.trace("V", 0, mV);
    const auto lowest = std::ranges::min_element(v);
    std::vector<double> response(v.begin() + 200, lowest);
    for (double& y : response) y -= *lowest;
    const Fit fit = fit_exponential(response, 0.1);
    std::printf("time constant of %s: %.4f ms\n", membrane, fit.tau);

    std::vector<double> times, fitted;
    for (std::size_t k = 0; k < response.size(); ++k) {
      times.push_back(0.020 + 1e-4 * static_cast<double>(k));
      fitted.push_back(*lowest + fit.a * std::exp(-0.1 * static_cast<double>(k) / fit.tau));
    }
    char label[64];
    std::snprintf(label, sizeof label, "fit: %.2f ms", fit.tau);
    if (membrane[0] == 'a') figure.panel();
    figure.trace(state, "V", 0, {.label = membrane, .unit = "mV"});
    figure.trace(times, fitted, {.label = label, .colour = "crimson", .unit = "mV", .width = 2});
    figure.y_label("V");
  }
  figure.x_label("Time").legend().save(folder + "val_tau.png");
}
