// B5: the network of Brunel (2000) in its asynchronous irregular state, as the benchmark of Zenke and
// Gerstner (2014) has it: currents of no duration, a delay of 0.8 ms, Poisson input of 20 kHz to each neuron;
// static, and with multiplicative spike-timing-dependent plasticity among excitatory neurons. Traces belong
// to neurons: what synapses of one source or target share is kept once.
#include <ranvier/benchmarks/networks.hpp>

namespace ranvier::bench {
namespace {

using namespace units;

constexpr const char* integrator = "dv/dt = -v/(20*ms) : volt (unless refractory)";
constexpr const char* traces = "\ndx/dt = -x/(20*ms) : 1";

/// `rate`: of learning; that of the published benchmark is so small that rates stay as they are.
Built build_brunel(std::int64_t n, std::uint64_t seed, bool learns) {
  auto net = std::make_unique<Network>(
      NetworkOptions{.seed = seed,
                     .namespace_ = {{"J", 0.1 * mV}, {"w_max", 0.3 * mV}, {"rate", 1e-9}, {"alpha", 2.02}},
                     .threads = 1});
  auto& cells = net->neuron_group(n, {.equations = integrator + std::string(learns ? traces : ""),
                                      .threshold = "v > 20*mV",
                                      .reset = learns ? "v = 10*mV; x += 1" : "v = 10*mV",
                                      .refractory = 2 * ms,
                                      .method = "euler"});
  // What arrives while a neuron is refractory is lost.
  cells.run_regularly("v = 10*mV + (v - 10*mV)*int(not_refractory)", {.when = "start"});
  net->poisson_input(cells, "v", 1000, 20 * Hz, "J");
  const std::int64_t border = n * 4 / 5;
  const auto excitatory = cells.slice(0, border), inhibitory = cells.slice(border, n);
  const double p = 1000 / static_cast<double>(n);
  Built built{std::move(net), &cells};
  const auto connect = [&](const Slice& from, const Slice& to, SynapsesOptions options) {
    options.delay = 0.8 * ms;
    built.synapses.push_back(&built.net->synapses(from, to, std::move(options)));
    built.synapses.back()->connect({.p = p});
  };
  if (learns) {
    connect(excitatory, excitatory,
            {.equations = "w : volt",
             .on_pre = "v_post += w; w = clip(w - rate*alpha*w*x_post, 0*mV, w_max)",
             .on_post = "w = clip(w + rate*(w_max - w)*x_pre, 0*mV, w_max)"});
    (*built.synapses[0])["w"] = "J";
    built.weight = "w";
    connect(excitatory, inhibitory, {.on_pre = "v_post += J"});
  } else {
    connect(excitatory, cells, {.on_pre = "v_post += J"});
  }
  connect(inhibitory, cells, {.on_pre = "v_post -= 5*J"});
  return built;
}

}  // namespace

std::vector<Definition> brunel_definitions() {
  return {
      {"B5", "brunel", {10'000}, {24, 3}, [](auto n, auto seed) { return build_brunel(n, seed, false); }, {}},
      {"B5",
       "brunel-plastic",
       {10'000},
       {40, 5, 16},
       [](auto n, auto seed) { return build_brunel(n, seed, true); },
       {}}};
}

}  // namespace ranvier::bench
