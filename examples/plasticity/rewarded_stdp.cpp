// Plasticity that waits for reward (Izhikevich 2007): two synapses see the same pair of spikes every four
// seconds. One second after each pair a reward comes, but only to the first target. The trace that a pair
// leaves is there for both; only with reward does it become weight.
//
//   rewarded_stdp [folder]     writes rewarded_stdp.png there
#include <cstdio>
#include <ranvier/ranvier.hpp>
#include <string>

using namespace ranvier;
using namespace ranvier::units;

int main(int argc, char** argv) {
  const std::string folder = argc > 1 ? std::string(argv[1]) + "/" : "";
  std::vector<Time> before, after, rewards;
  for (int k = 0; k < 4; ++k) {
    before.push_back((4 * k + 1) * second);
    after.push_back((4 * k + 1) * second + 10 * ms);
    rewards.push_back((4 * k + 2) * second);
  }
  Network net({.dt = 1 * ms});
  const std::vector<std::int64_t> first(4);
  auto& source = net.spike_generator_group(1, first, before);
  auto& teacher = net.spike_generator_group(1, first, after);
  auto& targets = net.neuron_group(2, {.equations = Equations("v : 1") + neuron_equations("rewarded_stdp"),
                                       .threshold = "v > 0.5",
                                       .reset = "v = 0"});
  net.synapses(teacher, targets, {.on_pre = "v_post = 1"}).connect();
  auto& synapses = net.synapses(source, targets, plastic_synapses("rewarded_stdp"));
  synapses.connect();
  synapses["w"] = 0.5;
  targets.slice(0, 1).run_at("reward += 1", rewards);
  auto& state = net.state_monitor(synapses, {.variables = {"w", "eligibility"}});
  auto& reward = net.state_monitor(targets, {.variables = "reward"});
  net.run(16 * second);

  std::printf("weights at the end: %.4f with reward, %.4f without\n", state.trace("w", 0).back(),
              state.trace("w", 1).back());
  plot::Figure figure(
      {.width_inches = 8, .height_inches = 6, .title = "The same pairs with and without reward"});
  figure.trace(state, "eligibility", 0).y_label("Trace of pairs");
  figure.panel(0.6).trace(reward, "reward", 0).y_label("Reward");
  figure.panel().trace(state, "w", 0, {.label = "with reward"}).trace(state, "w", 1, {.label = "without"});
  figure.y_label("Weight").x_label("Time (s)").legend();
  figure.save(folder + "rewarded_stdp.png");
}
