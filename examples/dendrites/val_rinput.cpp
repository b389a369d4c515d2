// Input resistance: how far a small current moves the voltage of a neuron at rest. 20 pA less into three
// neurons whose leaks are 20, 24 and 16 nS; what is measured is 1/gL.
//
//   val_rinput [folder]     writes val_rinput.png there
#include <algorithm>
#include <cstdio>
#include <ranvier/ranvier.hpp>
#include <string>

using namespace ranvier;
using namespace ranvier::units;

int main(int argc, char** argv) {
  const std::string folder = argc > 1 ? std::string(argv[1]) + "/" : "";

  Network net;
  plot::Figure figure({.title = "−20 pA into neurons of three leaks"});
  std::vector<NeuronGroup*> neurons;
  std::vector<StateMonitor*> voltages;
  const Conductance leaks[] = {20 * nS, 24 * nS, 16 * nS};
  for (const Conductance leak : leaks) {
    const PointNeuronModel model({.cm_abs = 250 * pF, .gl_abs = leak, .v_rest = -70 * mV});
    neurons.push_back(&net.neuron_group(1, model, {.method = "euler"}));
    voltages.push_back(&net.state_monitor(*neurons.back(), {.variables = "V"}));
  }
  const auto inject = [&](Current current, Time duration) {
    for (NeuronGroup* neuron : neurons) (*neuron)["I_ext"] = current;
    net.run(duration);
  };
  inject(0 * pA, 50 * ms);
  inject(-20 * pA, 500 * ms);
  inject(0 * pA, 100 * ms);

  for (std::size_t k = 0; k < neurons.size(); ++k) {
    const auto v = voltages[k]->trace("V", 0);
    const Voltage change = (std::ranges::min(v) - v.front()) * volt;
    char label[64];
    std::snprintf(label, sizeof label, "gL = %.0f nS: %.2f Mohm", leaks[k].in(nS),
                  (change / (-20 * pA)).in(Mohm));
    std::printf("input resistance with %.0f nS: %.4f Mohm\n", leaks[k].in(nS),
                (change / (-20 * pA)).in(Mohm));
    figure.trace(*voltages[k], "V", 0, {.label = label, .unit = "mV"});
  }
  figure.y_label("V").x_label("Time").legend().save(folder + "val_rinput.png");
}
