// B9: what spikes cost that only arrive. Ten thousand Poisson neurons of 10 Hz, with a thousand synapses each
// to a number of targets that do nothing else.
#include <algorithm>

#include <ranvier/benchmarks/hand_delivery.hpp>
#include <ranvier/benchmarks/networks.hpp>

namespace ranvier::bench {
namespace {

using namespace units;

constexpr std::int64_t sources = 10'000, row = 1000;

Built build(std::int64_t targets, std::uint64_t seed, const SynapsesOptions& options) {
  Built built{std::make_unique<Network>(NetworkOptions{.seed = seed, .threads = 1})};
  auto& input = built.net->poisson_group(sources, 10 * Hz);
  auto& cells = built.net->neuron_group(targets, {.equations = "g : 1"});
  built.neurons = &input;
  built.synapses = {&built.net->synapses(input, cells, options)};
  built.synapses[0]->connect({.p = static_cast<double>(row) / static_cast<double>(targets)});
  return built;
}

std::unique_ptr<HandDelivery> by_hand(const Built& built, std::vector<float> weights = {}) {
  Rows rows = Rows::from(built.synapses[0]->pairs(), sources);
  rows.weights = std::move(weights);
  return std::make_unique<HandDelivery>(sources, 10 * 1e-4, built.synapses[0]->target().size(),
                                        std::move(rows));
}

Built build_plain(std::int64_t targets, std::uint64_t seed) {
  return build(targets, seed, {.on_pre = "g += 1"});
}

Built build_weights(std::int64_t targets, std::uint64_t seed) {
  Built built = build(targets, seed, {.equations = "w : 1", .on_pre = "g += w", .dtype = Dtype::float32});
  (*built.synapses[0])["w"] = "rand()";
  return built;
}

Built build_delays(std::int64_t targets, std::uint64_t seed) {
  Built built = build(targets, seed, {.on_pre = "g += 1"});
  (*built.synapses[0])["delay"] = "0.1*ms + rand()*9.9*ms";
  return built;
}

std::unique_ptr<Hand> delays_by_hand(const Built& built) {
  const std::vector<double> seconds = (*built.synapses[0])["delay"].to_vector();
  std::vector<std::uint16_t> steps(seconds.size());
  std::ranges::transform(seconds, steps.begin(),
                         [](double s) { return static_cast<std::uint16_t>(s / 1e-4 + 0.5); });
  auto hand = by_hand(built);
  hand->delayed(std::move(steps), 100);
  return hand;
}

std::unique_ptr<Hand> weights_by_hand(const Built& built) {
  const std::vector<double> weights = (*built.synapses[0])["w"].to_vector();
  return by_hand(built, std::vector<float>(weights.begin(), weights.end()));
}

}  // namespace

std::vector<Definition> delivery_definitions() {
  const std::vector<std::int64_t> sizes{10'000, 100'000};
  return {
      {"B9", "delivery", sizes, {0, 0, 4}, build_plain, [](const Built& built) { return by_hand(built); }},
      {"B9", "delivery-weights", sizes, {0, 0, 8}, build_weights, weights_by_hand},
      {"B9", "delivery-delays", sizes, {0, 0, 6}, build_delays, delays_by_hand}};
}

}  // namespace ranvier::bench
