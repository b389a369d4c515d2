// B13: runs of CUBA with 1000 neurons and different weights, a network each, as a parameter sweep makes them.
//
//   bench_sweep RUNS SECONDS    that many runs of so much model time: processor and wall time of a run [ms]
//   on
//                               one thread and on all, and by hand on one, in turns; as JSON
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <numeric>

#include <ranvier/benchmarks/hand_cells.hpp>
#include <ranvier/benchmarks/measured.hpp>
#include <ranvier/ranvier.hpp>

using namespace ranvier;
using namespace ranvier::bench;
using namespace ranvier::units;

namespace {

constexpr std::int64_t size = 1000, border = 800;

constexpr const char* cuba = R"(
  dv/dt  = (ge + gi - (v + 49*mV))/(20*ms) : volt (unless refractory)
  dge/dt = -ge/(5*ms)                      : volt
  dgi/dt = -gi/(10*ms)                     : volt)";

/// Excitatory weights from 0.5 to 1.5 times the usual one.
double weight(std::int64_t run, std::int64_t runs) {
  return 1.62e-3 * (0.5 + static_cast<double>(run) / static_cast<double>(runs));
}

struct Model {
  explicit Model(const NetworkOptions& options)
      : net(options),
        cells(net.neuron_group(size, {.equations = cuba,
                                      .threshold = "v > -50*mV",
                                      .reset = "v = -60*mV",
                                      .refractory = 5 * ms,
                                      .method = "exact"})),
        excitation(net.synapses(cells.slice(0, border), cells, {.on_pre = "ge += we"})),
        inhibition(net.synapses(cells.slice(border, size), cells, {.on_pre = "gi -= 9*mV"})) {
    cells["v"] = "-60*mV + rand()*10*mV";
    excitation.connect({.p = 0.08});
    inhibition.connect({.p = 0.08});
  }
  Network net;
  NeuronGroup& cells;
  Synapses &excitation, &inhibition;
};

std::int64_t spikes_of(const SweepRun& run, std::int64_t runs, Time duration) {
  Model model(run.options({.seed = 1, .namespace_ = {{"we", weight(run.number, runs) * volt}}}));
  const SpikeMonitor& spikes = model.net.spike_monitor(model.cells, {.record = false});
  model.net.run(duration);
  return spikes.num_spikes();
}

/// The rows are made once: by hand, one would.
struct ByHand {
  ByHand() : model({.seed = 1, .namespace_ = {{"we", 1 * volt}}, .threads = 1}) {
    const auto keep = [](double tau) { return std::exp(-step_length / tau); };
    const auto share = [&](double tau) { return tau / (20e-3 - tau) * (keep(20e-3) - keep(tau)); };
    static_cast<Inputs&>(cells) = {size,
                                   bench::Column<double>(model.cells["v"].values()),
                                   bench::Column<double>(size),
                                   bench::Column<double>(size),
                                   bench::Column<std::int32_t>(size),
                                   {Rows::from(model.excitation.pairs(), size),
                                    Rows::from(model.inhibition.pairs(), size, border), border, 0, -9e-3}};
    cells.from_v = keep(20e-3), cells.keep_ge = keep(5e-3), cells.keep_gi = keep(10e-3);
    cells.from_ge = share(5e-3), cells.from_gi = share(10e-3), cells.constant = -49e-3 * (1 - keep(20e-3));
  }
  std::int64_t spikes_of(std::int64_t run, std::int64_t runs, double duration) const {
    CubaCells mine = cells;
    mine.rows.excite = weight(run, runs);
    HandNetwork<CubaCells> hand(std::move(mine));
    std::int64_t spikes = 0;
    for (std::int64_t k = 0; k < std::llround(duration / step_length); ++k) {
      hand.step(1);
      spikes += std::ssize(hand.spikes());
    }
    return spikes;
  }
  Model model;
  CubaCells cells;
};

struct Turns {
  std::vector<double> one = {}, all = {}, hand = {};  // [ms] a run
};

void print(const char* name, std::vector<double> times, const char* end) {
  std::ranges::sort(times);
  std::printf("\"%s\": [%.4g, %.4g, %.4g]%s", name, times.front(), times[times.size() / 2], times.back(),
              end);
}

}  // namespace

int main(int argc, char** argv) {
  const std::int64_t runs = argc > 1 ? std::atoll(argv[1]) : 1000;
  const double seconds = argc > 2 ? std::atof(argv[2]) : 1;
  const ByHand by_hand;
  std::vector<std::int64_t> ours, hand(static_cast<std::size_t>(runs));
  Turns turns;
  const auto per_run = [&](double total) { return total * 1e3 / static_cast<double>(runs); };
  const auto swept = [&](int threads) {
    return per_run(timed([&] {
      ours = sweep(runs, [&](const SweepRun& run) { return spikes_of(run, runs, seconds * second); },
                   {.threads = threads});
    }));
  };
  for (int round = 0; round < 5; ++round) {
    turns.one.push_back(swept(1));
    turns.all.push_back(swept(0));
    turns.hand.push_back(per_run(timed([&] {
      for (std::int64_t k = 0; k < runs; ++k)
        hand[static_cast<std::size_t>(k)] = by_hand.spikes_of(k, runs, seconds);
    })));
  }
  const double neurons = static_cast<double>(size) * seconds;
  std::printf("{\"runs\": %lld, \"seconds\": %g, \"threads\": %d, ", static_cast<long long>(runs), seconds,
              thread_count(0));
  print("one", turns.one, ", ");
  print("all", turns.all, ", ");
  print("hand", turns.hand, ", ");
  std::printf("\"rates\": [%.4g, %.4g], \"same\": %s}\n", static_cast<double>(ours.front()) / neurons,
              static_cast<double>(ours.back()) / neurons, ours == hand ? "true" : "false");
}
