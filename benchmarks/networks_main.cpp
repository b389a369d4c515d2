// A benchmark network from texts and the same written by hand, for benchmarks/results, which runs them in
// turns with those of other simulators.
//
//   bench_networks                   the names, sizes and the least work of all networks, as JSON lines
//   bench_networks NAME SIZE         prepares both, prints what is known as a JSON line, then answers each
//   line
//                                    "ours" or "hand" with the processor time of a step [us]; the end of
//                                    input ends it
//   bench_networks NAME SIZE SECONDS the same; rounds of so many seconds (0.2)
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>

#include <ranvier/benchmarks/measured.hpp>
#include <ranvier/benchmarks/networks.hpp>

using namespace ranvier;
using namespace ranvier::bench;

namespace {

void print_definitions() {
  for (const Definition& each : definitions())
    for (const std::int64_t size : each.sizes)
      std::printf(
          "{\"id\": \"%s\", \"name\": \"%s\", \"size\": %lld, \"bytes\": %g, \"operations\": %g, "
          "\"event_bytes\": %g}\n",
          std::string(each.id).c_str(), std::string(each.name).c_str(), static_cast<long long>(size),
          each.work.bytes, each.work.operations, each.work.event_bytes);
}

/// What a network did, as a JSON object.
std::string described(const Activity& activity, std::span<const double> weights) {
  double mean = 0, squares = 0;
  for (const double w : weights) mean += w, squares += w * w;
  const double n = static_cast<double>(std::max<std::size_t>(weights.size(), 1));
  mean /= n;
  char text[200];
  std::snprintf(text, sizeof text, "{\"rate\": %.4g, \"cv\": %.4g, \"weight\": %.6g, \"weight_sd\": %.4g}",
                activity.rate(), activity.irregularity(), mean,
                std::sqrt(std::max(0.0, squares / n - mean * mean)));
  return text;
}

/// Some model time of both, compared: the fields of a JSON object.
std::string compare(const Definition& definition, std::int64_t size) {
  const Built built = definition.build(size, 2);
  Network& net = *built.net;
  const double dt = net.dt().si();
  const auto hand = definition.by_hand ? definition.by_hand(built) : nullptr;
  const std::int64_t neurons = built.neurons->size();
  Activity ours(neurons, dt), theirs(neurons, dt);
  for (std::int64_t k = 0; k < std::llround(definition.compared / dt); ++k) {
    net.step();
    ours.add(net.spikes(*built.neurons));
    if (!hand) continue;
    hand->step(1);
    theirs.add(hand->spikes());
  }
  const auto weights =
      built.weight.empty() ? std::vector<double>{} : (*built.synapses[0])[built.weight].to_vector();
  std::string text = "\"ours\": " + described(ours, weights);
  if (hand)
    text += ", \"hand\": " + described(theirs, hand->weights()) +
            ", \"same_until\": " + std::to_string(ours.same_until(theirs));
  return text + ", \"compared\": " + std::to_string(definition.compared);
}

/// Answers lines of the input: the name of a side, with what a step of it takes [us].
void answer(Network& net, Hand* hand, double seconds) {
  const auto ours = [&](std::int64_t n) { net.step(n); };
  const auto theirs = [&](std::int64_t n) { hand->step(n); };
  const auto most = static_cast<std::int64_t>(100'000);
  ours(static_cast<std::int64_t>(0.5 / net.dt().si()));
  if (hand) theirs(static_cast<std::int64_t>(0.5 / net.dt().si()));
  const std::int64_t steps = steps_within(seconds, most, ours);
  std::printf("ready\n");
  std::fflush(stdout);
  for (std::string line; std::getline(std::cin, line);) {
    const double taken = worked([&] { hand&& line == "hand" ? theirs(steps) : ours(steps); });
    std::printf("%.6g\n", taken / static_cast<double>(steps) * 1e6);
    std::fflush(stdout);
  }
}

int measure(const Definition& definition, std::int64_t size, double seconds) {
  const std::string valid = compare(definition, size);
  const Built built = definition.build(size, 1);
  const auto hand = definition.by_hand ? definition.by_hand(built) : nullptr;
  double synapses = 0;
  for (const Synapses* each : built.synapses) synapses += static_cast<double>(each->size());
  const double connect = built.net->times().connect;
  built.net->prepare();
  std::printf(
      "{%s, \"neurons\": %lld, \"synapses\": %.0f, \"dt\": %g, \"connect_s\": %.4g, \"compile_s\": %.4g}\n",
      valid.c_str(), static_cast<long long>(built.neurons->size()), synapses, built.net->dt().si(), connect,
      built.net->times().compile);
  answer(*built.net, hand.get(), seconds);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return print_definitions(), 0;
  const Definition* definition = find_definition(argv[1]);
  if (definition == nullptr) return std::fprintf(stderr, "there is no network '%s'\n", argv[1]), 2;
  return measure(*definition, std::atoll(argv[2]), argc > 3 ? std::atof(argv[3]) : 0.2);
}
