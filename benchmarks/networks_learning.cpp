// B6: a network that learns from reward (Izhikevich 2007). Synapses have an eligibility c that pairs of
// spikes change and that becomes weight while there is dopamine, dw/dt = c*dopamine. Both decay
// exponentially, so that w + gain*c*dopamine is the same from one event to the next: that sum is what a
// synapse keeps, and nothing has to be done for it in between.
#include <utility>

#include <ranvier/benchmarks/hand_learning.hpp>
#include <ranvier/benchmarks/networks.hpp>

namespace ranvier::bench {
namespace {

using namespace units;

constexpr const char* izhikevich = R"(
  dv/dt = (0.04*v*v + 5*v + 140 - u + drive)*kHz : 1
  du/dt = a*(0.2*v - u)*kHz : 1
  dltp/dt = -ltp*(50*Hz) : 1
  dltd/dt = -ltd*(50*Hz) : 1
  drive = 13*(rand() - 0.5) : 1 (constant over dt)
  a : 1 (constant)
  d : 1 (constant))";

constexpr const char* rewarded = R"(
  settled : 1
  dc/dt = -c/second : 1 (event-driven)
  level : 1 (shared)
  since : second (shared)
  dopamine = level*exp((since - t)/(0.2*second)) : 1 (shared))";

NeuronGroup& cells_of(Network& net, std::int64_t n) {
  auto& cells = net.neuron_group(n, {.equations = izhikevich,
                                     .threshold = "v >= 30",
                                     .reset = "v = -65; u += d; ltp += 0.1; ltd += 0.15",
                                     .method = "rk2"});
  cells["v"] = -65;
  cells["u"] = -13;
  cells["a"] = "0.02 + 0.08*int(i >= N*4/5)";
  cells["d"] = "8 - 6*int(i >= N*4/5)";
  return cells;
}

Built build_rewarded(std::int64_t n, std::uint64_t seed) {
  auto net = std::make_unique<Network>(NetworkOptions{
      .seed = seed, .dt = 1 * ms, .namespace_ = {{"gain", 1 / (1 / 1.0 + 1 / 0.2)}}, .threads = 1});
  const std::int64_t border = n * 4 / 5;
  auto& cells = cells_of(*net, n);
  auto& learning =
      net->synapses(cells.slice(0, border), cells,
                    {.equations = rewarded,
                     .on_pre = "w = clip(settled - gain*c*dopamine, 0, 4); v_post += w; c -= ltd_post;"
                               "settled = w + gain*c*dopamine",
                     .on_post = "w = clip(settled - gain*c*dopamine, 0, 4); c += ltp_pre;"
                                "settled = w + gain*c*dopamine",
                     .delay = 1 * ms});
  learning.connect({.j = "k for k in sample(N_post, size=100)"});
  learning["settled"] = 1;
  learning.run_regularly(
      "level = dopamine + 0.5; since = t; settled += gain*0.5*c*exp((lastupdate - t)/second)",
      {.dt = 1 * second});
  auto& inhibition = net->synapses(cells.slice(border, n), cells.slice(0, border),
                                   {.on_pre = "v_post -= 1", .delay = 1 * ms});
  inhibition.connect({.j = "k for k in sample(N_post, size=100)"});
  return {std::move(net), &cells, {&learning, &inhibition}, "settled"};
}

std::unique_ptr<Hand> rewarded_by_hand(const Built& built) {
  auto& cells = *built.neurons;
  Synapses &learning = *built.synapses[0], &inhibition = *built.synapses[1];
  const std::int64_t n = cells.size();
  const auto column = [&](const char* name) { return Column<double>(cells[name].values()); };
  RewardedCells hand{n, column("v"), column("u"), column("ltp"), column("ltd"), column("a"), column("d")};
  hand.border = static_cast<std::int32_t>(n * 4 / 5);
  hand.noise = Stream(built.net->seed(), cells.name(), "constants");
  hand.learning.rows = Rows::from(learning.pairs(), n);
  hand.learning.settled = learning["settled"].to_vector();
  hand.learning.index(n);
  hand.inhibition = Rows::from(inhibition.pairs(), n, hand.border);
  return std::make_unique<HandNetwork<RewardedCells>>(std::move(hand), 1);
}

}  // namespace

std::vector<Definition> learning_definitions() {
  return {{"B6", "rewarded", {1000}, {80, 120, 90}, build_rewarded, rewarded_by_hand, 10}};
}

}  // namespace ranvier::bench
