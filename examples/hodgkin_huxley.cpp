// A Hodgkin-Huxley neuron with the kinetics of Traub and Miles (1991), given a step of current: spikes with
// refractory after-hyperpolarisation, and the three gates that make them.
//
//   hodgkin_huxley [folder]     writes hodgkin_huxley.png there
#include <cstdio>
#include <ranvier/ranvier.hpp>
#include <string>

using namespace ranvier;
using namespace ranvier::units;

namespace {

const char* const equations = R"(
  dv/dt = (gl*(El - v) - gNa*m**3*h*(v - ENa) - gK*n**4*(v - EK) + I)/C : volt
  dm/dt = alpha_m*(1 - m) - beta_m*m : 1
  dn/dt = alpha_n*(1 - n) - beta_n*n : 1
  dh/dt = alpha_h*(1 - h) - beta_h*h : 1
  u = v - VT : volt
  alpha_m = 1.28/exprel((13*mV - u)/(4*mV))/ms : Hz
  beta_m  = 1.4/exprel((u - 40*mV)/(5*mV))/ms : Hz
  alpha_h = 0.128*exp((17*mV - u)/(18*mV))/ms : Hz
  beta_h  = 4/(1 + exp((40*mV - u)/(5*mV)))/ms : Hz
  alpha_n = 0.16/exprel((15*mV - u)/(5*mV))/ms : Hz
  beta_n  = 0.5*exp((10*mV - u)/(40*mV))/ms : Hz
  I : amp
)";

}  // namespace

int main(int argc, char** argv) {
  const std::string folder = argc > 1 ? std::string(argv[1]) + "/" : "";

  Network net({.dt = 0.01 * ms,
               .namespace_ = {{"C", 200 * pF},
                              {"gl", 10 * nS},
                              {"gNa", 20 * uS},
                              {"gK", 6 * uS},
                              {"El", -65 * mV},
                              {"EK", -90 * mV},
                              {"ENa", 50 * mV},
                              {"VT", -63 * mV}}});
  auto& neuron = net.neuron_group(
      1, {.equations = equations, .threshold = "v > -20*mV", .refractory = "v > -20*mV", .method = "rk4"});
  neuron["v"] = -65 * mV;
  neuron["h"] = 1;
  auto& state = net.state_monitor(neuron, {.variables = {"v", "m", "n", "h"}});
  auto& spikes = net.spike_monitor(neuron);

  net.run(20 * ms);
  neuron["I"] = 300 * pA;  // a parameter: changing it compiles nothing
  net.run(100 * ms);
  neuron["I"] = 0 * pA;
  net.run(30 * ms);

  std::printf("%lld spikes:", static_cast<long long>(spikes.num_spikes()));
  for (const double t : spikes.times()) std::printf(" %.2f", t * 1e3);
  std::printf(" ms\n");

  plot::Figure figure(
      {.width_inches = 8, .height_inches = 6, .title = "Hodgkin-Huxley neuron, 300 pA from 20 to 120 ms"});
  figure.trace(state, "v", 0, {.unit = "mV", .scale = 1e3}).y_label("v (mV)");
  auto& gates = figure.panel(0.7);
  gates.trace(state, "m", 0, {.label = "m"})
      .trace(state, "n", 0, {.label = "n"})
      .trace(state, "h", 0, {.label = "h"});
  gates.y_label("Gate").x_label("Time (ms)").legend();
  figure.save(folder + "hodgkin_huxley.png");
}
