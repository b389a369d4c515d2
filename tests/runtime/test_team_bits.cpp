// The number of threads changes nothing. RANVIER_STEPS=100000 makes the runs as long as that; the usual
// number is for every day.
#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <functional>
#include <iterator>
#include <ranvier/runtime/network.hpp>
#include <ranvier/tests/support/scratch.hpp>
#include <span>
#include <string>
#include <vector>

using namespace ranvier;
using namespace ranvier::units;
using test::Scratch;

namespace {

constexpr std::int64_t n = 300;  // neurons of a group

NeuronGroup& noisy(Network& net) {
  auto& group = net.neuron_group(
      n, {.equations = "dv/dt = (1.2 - v + g)/(10*ms) + 0.3*xi/sqrt(10*ms) : 1 (unless refractory)\n"
                       "dg/dt = -g/(5*ms) : 1\n"
                       "count : integer",
          .threshold = "v > 1",
          .reset = "v = 0.1*rand()",
          .refractory = 2 * ms,
          .method = "euler"});
  group["v"] = "rand()";
  return group;
}

using Build = std::function<void(Network&, NeuronGroup&)>;

struct Model {
  const char* name;
  Build build;
};

Synapses& connected(Network& net, NeuronGroup& group, SynapsesOptions options) {
  auto& synapses = net.synapses(group, group, options);
  synapses.connect({.condition = "i != j", .p = 0.1});
  return synapses;
}

const char* const traces =
    "w : 1\nda/dt = -a/(20*ms) : 1 (event-driven)\ndb/dt = -b/(20*ms) : 1 (event-driven)";

const Model models[] = {
    {"noise alone", [](Network&, NeuronGroup&) {}},
    {"recurrent", [](Network& net, NeuronGroup& g) { connected(net, g, {.on_pre = "g_post += 0.02"}); }},
    {"delayed", [](Network& net,
                   NeuronGroup& g) { connected(net, g, {.on_pre = "g_post += 0.02", .delay = 1.5 * ms}); }},
    {"random transmission",
     [](Network& net, NeuronGroup& g) { connected(net, g, {.on_pre = "g_post += 0.04*int(rand() < 0.5)"}); }},
    {"a delay for each synapse",
     [](Network& net, NeuronGroup& g) {
       connected(net, g, {.on_pre = "g_post += 0.02"})["delay"] = "rand()*3*ms";
     }},
    {"plastic",
     [](Network& net, NeuronGroup& g) {
       auto& s = connected(net, g,
                           {.equations = traces,
                            .on_pre = "g_post += w; a += 0.01; w = clip(w - b, 0, 0.05)",
                            .on_post = "b += 0.01; w = clip(w + a, 0, 0.05)"});
       s["w"] = "rand()*0.05";
     }},
    {"plastic and delayed",
     [](Network& net, NeuronGroup& g) {
       auto& s = connected(net, g,
                           {.equations = traces,
                            .on_pre = "g_post += w; a += 0.01; w = clip(w - b, 0, 0.05)",
                            .on_post = "b += 0.01; w = clip(w + a, 0, 0.05)"});
       s["w"] = "rand()*0.05";
       s["delay"] = "rand()*3*ms";
     }},
    {"order matters",
     [](Network& net, NeuronGroup& g) {
       connected(net, g, {.equations = "w : 1", .on_pre = "g_post += 0.02; w = g_post; count_post += 1"});
     }},
    {"sources are written",
     [](Network& net, NeuronGroup& g) {
       connected(net, g, {.on_pre = "g_post += 0.02; count_pre += 1", .on_post = "g_pre += 0.001*v_post"});
     }},
    {"sums and regular code",
     [](Network& net, NeuronGroup& g) {
       auto& sum = net.neuron_group(n, {.equations = "dv/dt = (total - v)/(5*ms) : 1\ntotal : 1\nnoise : 1"});
       auto& s = net.synapses(g, sum, {.equations = "total_post = 0.1*v_pre : 1 (summed)"});
       s.connect({.p = 0.1});
       sum.run_regularly("noise = randn()", {.dt = 1 * ms});
     }},
};

/// Spikes that are delivered synapse by synapse.
const Model models_with_lists[] = {
    {"rows joined by several calls of connect",
     [](Network& net, NeuronGroup& g) {
       auto& s = net.synapses(g, g, {.equations = "w : 1", .on_pre = "g_post += w*(1 + 0.1*v_pre)"});
       for (int k = 0; k < 3; ++k) s.connect({.p = 0.05});
       s["w"] = "rand()*0.03";
     }},
    {"rows in any order, with a delay for all",
     [](Network& net, NeuronGroup& g) {
       auto& s = net.synapses(g, g, {.equations = "w : 1", .on_pre = "g_post += w", .delay = 1.5 * ms});
       s.connect({.j = "(7*i + 31*k) % N_post for k in range(20)"});
       s["w"] = "rand()*0.03";
     }},
    {"delays on both sides",
     [](Network& net, NeuronGroup& g) {
       auto& s = connected(net, g,
                           {.equations = traces,
                            .on_pre = "g_post += w; a += 0.01; w = clip(w - b, 0, 0.05)",
                            .on_post = "b += 0.01; g_post += 0.1*a; w = clip(w + a, 0, 0.05)"});
       s["w"] = "rand()*0.05";
       s["delay"] = "rand()*2*ms";
       s.pathway("post")["delay"] = "rand()*3*ms";
     }},
    {"delays that the code writes",
     [](Network& net, NeuronGroup& g) {
       connected(net, g, {.on_pre = "g_post += 0.02; delay = 3*ms*rand()"});
     }},
    {"delays where order matters", [](Network& net, NeuronGroup& g) {
       auto& s = connected(net, g, {.equations = "w : 1", .on_pre = "g_post += 0.02; w = g_pre + g_post"});
       s["delay"] = "rand()*3*ms";
     }}};

/// Everything that a run leaves behind: its spikes, and the bytes of a snapshot.
struct Outcome {
  std::vector<std::int32_t> spikes;
  std::string snapshot;
  bool operator==(const Outcome&) const = default;
};

Outcome outcome(const Model& model, int threads, std::int64_t steps) {
  const Scratch scratch;
  Network net({.seed = 4, .threads = threads, .elements_per_thread = 1});
  NeuronGroup& group = noisy(net);
  model.build(net, group);
  auto& monitor = net.spike_monitor(group);
  net.run(static_cast<double>(steps) * 0.1 * ms);
  const std::string file = scratch.path("snapshot");
  net.store_to(file);
  std::ifstream bytes(file, std::ios::binary);
  return {{monitor.indices().begin(), monitor.indices().end()},
          std::string(std::istreambuf_iterator<char>(bytes), {})};
}

}  // namespace

TEST_CASE("a run leaves the same bits behind on 1, 2, 4 and 8 threads") {
  const char* wanted = std::getenv("RANVIER_STEPS");
  const std::int64_t steps = wanted ? std::atoll(wanted) : 150;
  for (const std::span<const Model> some :
       {std::span<const Model>(models), std::span<const Model>(models_with_lists)})
    for (const Model& model : some) {
      CAPTURE(model.name);
      const Outcome one = outcome(model, 1, steps);
      CHECK(!one.spikes.empty());
      for (const int threads : {2, 4, 8}) CHECK(outcome(model, threads, steps) == one);
    }
}
