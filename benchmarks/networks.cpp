#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include <ranvier/benchmarks/hand_cells.hpp>
#include <ranvier/benchmarks/networks.hpp>

namespace ranvier::bench {
namespace {

using namespace units;

constexpr const char* cuba = R"(
  dv/dt  = (ge + gi - (v + 49*mV))/(20*ms) : volt (unless refractory)
  dge/dt = -ge/(5*ms)                      : volt
  dgi/dt = -gi/(10*ms)                     : volt)";

constexpr const char* coba = R"(
  dv/dt  = (ge*(0*mV - v) + gi*(-80*mV - v) - (v + 60*mV) + drive)/(20*ms) : volt (unless refractory)
  dge/dt = -ge/(5*ms)  : 1
  dgi/dt = -gi/(10*ms) : 1)";

constexpr const char* cobahh = R"(
  dv/dt = (10*nS*(-60*mV - v) + ge*(0*mV - v) + gi*(-80*mV - v)
           - 20*uS*(m*m*m)*h*(v - 50*mV) - 6*uS*(n*n*n*n)*(v + 90*mV) + drive)/(200*pF) : volt
  dm/dt = alpha_m*(1 - m) - beta_m*m : 1
  dn/dt = alpha_n*(1 - n) - beta_n*n : 1
  dh/dt = alpha_h*(1 - h) - beta_h*h : 1
  dge/dt = -ge/(5*ms)  : siemens
  dgi/dt = -gi/(10*ms) : siemens
  u = v + 63*mV : volt
  alpha_m = 1.28/exprel((13*mV - u)/(4*mV))/ms : Hz
  beta_m  = 1.4/exprel((u - 40*mV)/(5*mV))/ms : Hz
  alpha_h = 0.128*exp((17*mV - u)/(18*mV))/ms : Hz
  beta_h  = 4/(1 + exp((40*mV - u)/(5*mV)))/ms : Hz
  alpha_n = 0.16/exprel((15*mV - u)/(5*mV))/ms : Hz
  beta_n  = 0.5*exp((10*mV - u)/(40*mV))/ms : Hz)";

constexpr const char* adex = R"(
  dv/dt = (30*nS*(-70.6*mV - v) + 30*nS*2*mV*exp((v + 50.4*mV)/(2*mV)) - w + 1*nA)/(281*pF) : volt
  dw/dt = (4*nS*(v + 70.6*mV) - w)/(144*ms) : amp)";

/// One neuron in five is inhibitory; each neuron has 80 synapses on average.
Built connected(std::unique_ptr<Network> net, NeuronGroup& cells, const char* excite, const char* inhibit,
                Time delay = 0 * ms) {
  Built built{std::move(net), &cells};
  const std::int64_t n = cells.size(), border = n * 4 / 5;
  const double p = 80.0 / static_cast<double>(n);
  built.synapses = {&built.net->synapses(cells.slice(0, border), cells, {.on_pre = excite, .delay = delay}),
                    &built.net->synapses(cells.slice(border, n), cells, {.on_pre = inhibit, .delay = delay})};
  for (Synapses* synapses : built.synapses) synapses->connect({.p = p});
  return built;
}

std::unique_ptr<Network> network(std::uint64_t seed, Namespace names = {}) {
  return std::make_unique<Network>(
      NetworkOptions{.seed = seed, .namespace_ = std::move(names), .threads = 1});
}

Built build_cuba(std::int64_t n, std::uint64_t seed) {
  auto net = network(seed);
  auto& cells = net->neuron_group(n, {.equations = cuba,
                                      .threshold = "v > -50*mV",
                                      .reset = "v = -60*mV",
                                      .refractory = 5 * ms,
                                      .method = "exact"});
  cells["v"] = "-60*mV + rand()*10*mV";
  return connected(std::move(net), cells, "ge += 1.62*mV", "gi -= 9*mV");
}

NeuronGroup& coba_cells(Network& net, std::int64_t n) {
  auto& cells = net.neuron_group(n, {.equations = coba,
                                     .threshold = "v > -50*mV",
                                     .reset = "v = -60*mV",
                                     .refractory = 5 * ms,
                                     .method = "euler"});
  cells["v"] = "-60*mV + (randn()*5 - 5)*mV";
  return cells;
}

Built build_coba(std::int64_t n, std::uint64_t seed, Time delay) {
  auto net = network(seed, {{"drive", 20 * mV}});
  auto& cells = coba_cells(*net, n);
  cells["ge"] = "randn()*1.5 + 4";
  cells["gi"] = "randn()*12 + 20";
  return connected(std::move(net), cells, "ge += 0.4", "gi += 5.1", delay);
}

NeuronGroup& cobahh_cells(Network& net, std::int64_t n) {
  auto& cells = net.neuron_group(
      n,
      {.equations = cobahh, .threshold = "v > -20*mV", .refractory = 3 * ms, .method = "exponential_euler"});
  cells["v"] = "-60*mV + (randn()*5 - 5)*mV";
  return cells;
}

Built build_cobahh(std::int64_t n, std::uint64_t seed) {
  auto net = network(seed, {{"drive", 0 * pA}});
  auto& cells = cobahh_cells(*net, n);
  cells["ge"] = "(randn()*1.5 + 4)*10*nS";
  cells["gi"] = "(randn()*12 + 20)*10*nS";
  return connected(std::move(net), cells, "ge += 6*nS", "gi += 67*nS");
}

template <class Cells>
Cells with_inputs(const Built& built, double excite, double inhibit) {
  auto& cells = *built.neurons;
  const std::int64_t n = cells.size();
  Cells hand;
  static_cast<Inputs&>(hand) = {n,
                                Column<double>(cells["v"].values()),
                                Column<double>(cells["ge"].values()),
                                Column<double>(cells["gi"].values()),
                                Column<std::int32_t>(n),
                                {}};
  if (!built.synapses.empty())
    hand.rows = {Rows::from(built.synapses[0]->pairs(), n),
                 Rows::from(built.synapses[1]->pairs(), n, static_cast<std::int32_t>(n * 4 / 5)),
                 static_cast<std::int32_t>(n * 4 / 5), excite, inhibit};
  return hand;
}

std::unique_ptr<Hand> cuba_by_hand(const Built& built) {
  auto cells = with_inputs<CubaCells>(built, 1.62e-3, -9e-3);
  const auto keep = [](double tau) { return std::exp(-step_length / tau); };
  const auto share = [&](double tau) { return tau / (20e-3 - tau) * (keep(20e-3) - keep(tau)); };
  cells.from_v = keep(20e-3), cells.keep_ge = keep(5e-3), cells.keep_gi = keep(10e-3);
  cells.from_ge = share(5e-3), cells.from_gi = share(10e-3), cells.constant = -49e-3 * (1 - keep(20e-3));
  return std::make_unique<HandNetwork<CubaCells>>(std::move(cells));
}

std::unique_ptr<Hand> coba_by_hand(const Built& built, int delay, double drive) {
  auto cells = with_inputs<CobaCells>(built, 0.4, 5.1);
  cells.drive = drive;
  return std::make_unique<HandNetwork<CobaCells>>(std::move(cells), delay);
}

std::unique_ptr<Hand> cobahh_by_hand(const Built& built, double drive) {
  auto cells = with_inputs<CobahhCells>(built, 6e-9, 67e-9);
  auto& group = *built.neurons;
  cells.m = Column<double>(group["m"].values());
  cells.n_gate = Column<double>(group["n"].values());
  cells.h = Column<double>(group["h"].values());
  cells.drive = drive;
  return std::make_unique<HandNetwork<CobahhCells>>(std::move(cells));
}

// The neurons alone, driven by a constant current (B8).
Built alone(std::unique_ptr<Network> net, Group& cells) {
  return {std::move(net), &cells};
}

Built build_lif(std::int64_t n, std::uint64_t seed) {
  auto net = network(seed);
  auto& cells = net->neuron_group(n, {.equations = "dv/dt = (25*mV - v)/(20*ms) : volt (unless refractory)",
                                      .threshold = "v > 20*mV",
                                      .reset = "v = 0*mV",
                                      .refractory = 2 * ms,
                                      .method = "exact"});
  cells["v"] = "rand()*20*mV";
  return alone(std::move(net), cells);
}

std::unique_ptr<Hand> lif_by_hand(const Built& built) {
  const double keep = std::exp(-step_length / 20e-3);
  const std::int64_t n = built.neurons->size();
  return std::make_unique<HandNetwork<LifCells>>(LifCells{n, Column<double>((*built.neurons)["v"].values()),
                                                          Column<std::int32_t>(n), keep, 25e-3 * (1 - keep)});
}

Built build_adex(std::int64_t n, std::uint64_t seed) {
  auto net = network(seed);
  auto& cells = net->neuron_group(n, {.equations = adex,
                                      .threshold = "v > -40.4*mV",
                                      .reset = "v = -70.6*mV; w += 80.5*pA",
                                      .method = "euler"});
  cells["v"] = "-70.6*mV + rand()*10*mV";
  return alone(std::move(net), cells);
}

std::unique_ptr<Hand> adex_by_hand(const Built& built) {
  auto& cells = *built.neurons;
  return std::make_unique<HandNetwork<AdexCells>>(
      AdexCells{cells.size(), Column<double>(cells["v"].values()), Column<double>(cells["w"].values())});
}

Built build_coba_alone(std::int64_t n, std::uint64_t seed) {
  auto net = network(seed, {{"drive", 20 * mV}});
  auto& cells = coba_cells(*net, n);
  return alone(std::move(net), cells);
}

Built build_hh_alone(std::int64_t n, std::uint64_t seed) {
  auto net = network(seed, {{"drive", 300 * pA}});
  auto& cells = cobahh_cells(*net, n);
  return alone(std::move(net), cells);
}

}  // namespace

std::span<const Definition> definitions() {
  static const std::vector<std::int64_t> alone_sizes{1000, 100'000};
  static const std::vector<Definition> all = [] {
    std::vector<Definition> listed = {
        {"B1", "cuba", {1000, 4000, 100'000}, {56, 11}, build_cuba, cuba_by_hand},
        {"B2",
         "coba",
         {4000, 100'000},
         {56, 15},
         [](std::int64_t n, std::uint64_t seed) { return build_coba(n, seed, 0 * ms); },
         [](const Built& built) { return coba_by_hand(built, 0, 20e-3); }},
        {"B2",
         "coba-delayed",
         {4000, 100'000},
         {56, 15},
         [](std::int64_t n, std::uint64_t seed) { return build_coba(n, seed, 0.8 * ms); },
         [](const Built& built) { return coba_by_hand(built, 8, 20e-3); }},
        {"B3",
         "cobahh",
         {4000},
         {104, 300},
         build_cobahh,
         [](const Built& built) { return cobahh_by_hand(built, 0); }},
        {"B8", "lif-alone", alone_sizes, {24, 2}, build_lif, lif_by_hand},
        {"B8",
         "coba-alone",
         alone_sizes,
         {56, 15},
         build_coba_alone,
         [](const Built& built) { return coba_by_hand(built, 0, 20e-3); }},
        {"B8", "adex-alone", alone_sizes, {32, 40}, build_adex, adex_by_hand},
        {"B8",
         "hh-alone",
         {1000, 10'000},
         {104, 300},
         build_hh_alone,
         [](const Built& built) { return cobahh_by_hand(built, 300e-12); }},
    };
    for (const auto& more :
         {brunel_definitions(), learning_definitions(), noise_definitions(), delivery_definitions()})
      std::ranges::copy(more, std::back_inserter(listed));
    return listed;
  }();
  return all;
}

const Definition* find_definition(std::string_view name) {
  const auto found = std::ranges::find(definitions(), name, &Definition::name);
  return found == definitions().end() ? nullptr : &*found;
}

}  // namespace ranvier::bench
