// A model can be changed between two groups: the first neuron is an AdEx neuron under a step of current, the
// second one has a noisy current besides.
//
//   point_adex_noise [folder] [seed]     writes point_adex_noise.png there
#include <cstdio>
#include <ranvier/ranvier.hpp>
#include <string>

using namespace ranvier;
using namespace ranvier::units;

int main(int argc, char** argv) {
  const std::string folder = argc > 1 ? std::string(argv[1]) + "/" : "";
  const std::uint64_t seed = argc > 2 ? std::stoull(argv[2]) : 1;

  PointNeuronModel model({.model = "adex", .cm_abs = 281 * pF, .gl_abs = 30 * nS, .v_rest = -70.6 * mV});
  model.add_params({{"Vth", -50.4 * mV},
                    {"DeltaT", 2 * mV},
                    {"tauw", 144 * ms},
                    {"a", 4 * nS},
                    {"b", 80.5 * pA},
                    {"Vr", -70.6 * mV}});
  const NeuronGroupOptions options = {
      .threshold = "V > Vth + 5*DeltaT", .reset = "V = Vr; w += b", .method = "euler"};

  Network net({.seed = seed});
  auto& calm = net.neuron_group(1, model, options);
  model.noise({.tau = 2 * ms, .sigma = 300 * pA, .mean = 50 * pA});
  auto& noisy = net.neuron_group(1, model, options);

  auto& calm_state = net.state_monitor(calm, {.variables = "V"});
  auto& noisy_state = net.state_monitor(noisy, {.variables = {"V", "I_noise"}});
  auto& calm_spikes = net.spike_monitor(calm);
  auto& noisy_spikes = net.spike_monitor(noisy);

  net.run(20 * ms);
  calm["I_ext"] = noisy["I_ext"] = 1 * nA;
  net.run(100 * ms);
  calm["I_ext"] = noisy["I_ext"] = 0 * nA;
  net.run(20 * ms);

  std::printf("spikes without noise: %lld\n", static_cast<long long>(calm_spikes.num_spikes()));
  std::printf("spikes with noise: %lld\n", static_cast<long long>(noisy_spikes.num_spikes()));

  plot::Figure figure(
      {.width_inches = 8, .height_inches = 6, .title = "AdEx neuron with noise: 50 ± 300 pA"});
  figure.trace(calm_state, "V", 0, {.label = "without noise", .unit = "mV"}).y_label("V").legend();
  figure.panel().trace(noisy_state, "V", 0, {.label = "with noise", .colour = "crimson", .unit = "mV"});
  figure.y_label("V");
  figure.panel(0.6).trace(noisy_state, "I_noise", 0, {.colour = "grey", .unit = "nA"}).y_label("Noise");
  figure.x_label("Time").save(folder + "point_adex_noise.png");
}
