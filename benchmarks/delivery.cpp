// What it costs to deliver a spike to a synapse: Poisson sources at 10 Hz, each with about 1000 targets,
// which do nothing but add up what arrives. Without delays, with one, with one for each synapse; the latter
// in rows that are stored by delay and, because synapses are numbered within their pairs, as they were made.
// Prints `name value unit` lines; times are the least of several short runs, less that of the sources alone.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <memory>
#include <ranvier/ranvier.hpp>
#include <string>
#include <vector>

using namespace ranvier;
using namespace ranvier::units;

namespace {

constexpr std::int64_t sources = 10'000;
constexpr double targets_of_each = 1000, rate = 10;
constexpr std::int64_t steps = 300;

struct Case {
  const char* name;
  std::string delay;  // of single synapses; "": none
  bool weights = false;
  bool numbered = false;
};

const Case cases[] = {{"no delays", ""},
                      {"no delays, weights", "", true},
                      {"uniform, by delay", "0.1*ms + 9.9*ms*rand()"},
                      {"uniform, as made", "0.1*ms + 9.9*ms*rand()", false, true},
                      {"uniform, weights, by delay", "0.1*ms + 9.9*ms*rand()", true},
                      {"uniform, weights, as made", "0.1*ms + 9.9*ms*rand()", true, true},
                      {"normal, by delay", "clip(1.5 + 0.75*randn(), 0.1, 6)*ms"},
                      {"normal, as made", "clip(1.5 + 0.75*randn(), 0.1, 6)*ms", false, true},
                      {"normal, weights, by delay", "clip(1.5 + 0.75*randn(), 0.1, 6)*ms", true},
                      {"normal, weights, as made", "clip(1.5 + 0.75*randn(), 0.1, 6)*ms", true, true}};

std::unique_ptr<Network> network_of(const Case* made, std::int64_t targets) {
  auto net = std::make_unique<Network>(NetworkOptions{.threads = 1});
  auto& source = net->poisson_group(sources, rate * Hz);
  auto& target = net->neuron_group(targets, {.equations = "g : 1"});
  if (!made) return net;
  auto& synapses = net->synapses(source, target,
                                 {.equations = made->weights ? "w : 1" : "",
                                  .on_pre = made->weights ? "g_post += w" : "g_post += 0.1",
                                  .multisynaptic_index = made->numbered ? "copy" : "",
                                  .dtype = Dtype::float32});
  synapses.connect({.p = targets_of_each / static_cast<double>(targets)});
  if (made->weights) synapses["w"] = "rand()";
  if (!made->delay.empty()) synapses["delay"] = made->delay;
  return net;
}

double seconds_of(Network& net) {
  const auto begin = std::chrono::steady_clock::now();
  net.step(steps);
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

void measure(std::int64_t targets, int repetitions) {
  std::vector<std::unique_ptr<Network>> nets;
  nets.push_back(network_of(nullptr, targets));
  for (const Case& made : cases) nets.push_back(network_of(&made, targets));
  std::vector<double> least(nets.size(), std::numeric_limits<double>::infinity());
  for (auto& net : nets) net->step(steps);
  for (int r = 0; r < repetitions; ++r)
    for (std::size_t k = 0; k < nets.size(); ++k) least[k] = std::min(least[k], seconds_of(*nets[k]));
  const double events = static_cast<double>(sources * steps) * targets_of_each * rate * 1e-4;
  for (std::size_t k = 1; k < nets.size(); ++k)
    std::printf("%-9lld %-28s %7.3f ns per event\n", static_cast<long long>(targets), cases[k - 1].name,
                (least[k] - least[0]) / events * 1e9);
}

}  // namespace

int main(int argc, char** argv) {
  const int repetitions = argc > 1 ? std::atoi(argv[1]) : 7;
  for (const std::int64_t targets : {10'000, 100'000}) measure(targets, repetitions);
}
