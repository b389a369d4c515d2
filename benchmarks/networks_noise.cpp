// B7: adaptive exponential neurons in white noise (Euler-Maruyama), with a hundred synapses each on average.
#include <utility>

#include <ranvier/benchmarks/hand_noise.hpp>
#include <ranvier/benchmarks/networks.hpp>

namespace ranvier::bench {
namespace {

using namespace units;

constexpr const char* noisy = R"(
  dv/dt = (30*nS*(-70.6*mV - v) + 30*nS*2*mV*exp((v + 50.4*mV)/(2*mV)) - w + 0.5*nA)/(281*pF)
          + 4*mV*sqrt(2/(10*ms))*xi : volt
  dw/dt = (4*nS*(v + 70.6*mV) - w)/(144*ms) : amp)";

Built build_noisy(std::int64_t n, std::uint64_t seed) {
  auto net = std::make_unique<Network>(NetworkOptions{.seed = seed, .threads = 1});
  auto& cells = net->neuron_group(n, {.equations = noisy,
                                      .threshold = "v > -40.4*mV",
                                      .reset = "v = -70.6*mV; w += 80.5*pA",
                                      .method = "euler"});
  cells["v"] = "-70.6*mV + rand()*10*mV";
  const std::int64_t border = n * 4 / 5;
  Built built{std::move(net), &cells};
  built.synapses = {&built.net->synapses(cells.slice(0, border), cells, {.on_pre = "v += 0.2*mV"}),
                    &built.net->synapses(cells.slice(border, n), cells, {.on_pre = "v -= 1*mV"})};
  for (Synapses* synapses : built.synapses) synapses->connect({.p = 100 / static_cast<double>(n)});
  return built;
}

std::unique_ptr<Hand> noisy_by_hand(const Built& built) {
  auto& cells = *built.neurons;
  const std::int64_t n = cells.size();
  const auto border = static_cast<std::int32_t>(n * 4 / 5);
  return std::make_unique<HandNetwork<NoisyAdexCells>>(NoisyAdexCells{
      n, Column<double>(cells["v"].values()), Column<double>(cells["w"].values()),
      Rows::from(built.synapses[0]->pairs(), n), Rows::from(built.synapses[1]->pairs(), n, border), border,
      Stream(built.net->seed(), cells.name(), "update")});
}

}  // namespace

std::vector<Definition> noise_definitions() {
  return {{"B7", "adex-noise", {1000, 10'000}, {32, 180}, build_noisy, noisy_by_hand}};
}

}  // namespace ranvier::bench
