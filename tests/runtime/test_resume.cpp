// Sixty stops in twelve kinds of networks: what goes on from a snapshot is, byte for byte, what was never
// stopped.
#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <memory>
#include <random>
#include <ranvier/ranvier.hpp>
#include <ranvier/tests/support/scratch.hpp>

using namespace ranvier;
using namespace ranvier::units;

namespace {

constexpr int steps = 300;

using Build = void (*)(Network&);

NeuronGroup& leaky(Network& net, std::int64_t n = 20) {
  auto& group = net.neuron_group(n, {.equations = "dv/dt = (1.3 - v)/(10*ms) : 1 (unless refractory)\nx : 1",
                                     .threshold = "v > 1",
                                     .reset = "v = 0",
                                     .refractory = 2 * ms,
                                     .name = "neurons"});
  group["v"] = "rand()";
  return group;
}

void noise(Network& net) {
  net.neuron_group(20, {.equations = "dv/dt = (1.1 - v)/(10*ms) + 0.5*sqrt(2/(10*ms))*xi : 1",
                        .threshold = "v > 1",
                        .reset = "v = 0.1*rand()"});
}

void multiplicative_noise(Network& net) {
  auto& group =
      net.neuron_group(20, {.equations = "dv/dt = -v/(10*ms) + v*xi*Hz**0.5 : 1", .method = "heun"});
  group["v"] = 1;
}

void random_refractoriness(Network& net) {
  net.neuron_group(20, {.equations = "dv/dt = 0.5/ms : 1 (unless refractory)",
                        .threshold = "v > 1",
                        .reset = "v = rand()",
                        .refractory = "(1 + 3*rand())*ms",
                        .method = "euler"});
}

void delays(Network& net) {
  auto& group = leaky(net);
  net.synapses(group, group, {.on_pre = "v_post += 0.1; x_post += 1", .delay = 3.3 * ms}).connect({.p = 0.3});
  net.synapses(group, group.slice(3, 9), {.on_pre = "x_post -= v_pre", .delay = 0.1 * ms}).connect("i != j");
}

void plastic(Network& net) {
  auto& group = leaky(net);
  auto& synapses = net.synapses(
      group, group,
      {.equations = "w : 1\nlast : second",
       .on_pre = "w = clip(w + 0.01*exp(-(t - last)/(20*ms)) + 0.001*randn(), 0, 0.1); last = t; v_post += w",
       .delay = 1 * ms});
  synapses.connect({.p = 0.5});
  synapses["w"] = "0.05*rand()";
}

void traces(Network& net) {
  auto& group = leaky(net);
  auto& synapses = net.synapses(
      group, group,
      {.equations = "w : 1\nda/dt = -a/(20*ms) : 1 (event-driven)\n"
                    "db/dt = -b/(20*ms) : 1 (event-driven)",
       .on_pre = "v_post += w; a += 0.01; w = clip(w - b + 0.001*randn(), 0, 0.1)",
       .on_post = "b += 0.01; w = clip(w + a, 0, 0.1); delay = clip(delay + 0.1*ms, 0*ms, 4*ms)"});
  synapses.connect({.p = 0.5});
  synapses["w"] = "0.05*rand()";
  synapses["delay"] = "4*ms*rand()";
  synapses.pathway("post")["delay"] = "ms*rand()";
}

void sums(Network& net) {
  auto& group = net.neuron_group(
      20,
      {.equations = "dv/dt = (1.3 - v + gap)/(10*ms) : 1\ngap : 1", .threshold = "v > 1", .reset = "v = 0"});
  auto& synapses = net.synapses(group, group,
                                {.equations = "gap_post = 0.1*u*(v_pre - v_post) : 1 (summed)\n"
                                              "du/dt = (1 - u)/(20*ms) + 0.1*xi/sqrt(ms) : 1 (clock-driven)",
                                 .method = "euler"});
  synapses.connect({.p = 0.3});
}

void poisson(Network& net) {
  auto& input = net.poisson_group(50, 100 * Hz);
  auto& changing = net.poisson_group(50, "100*Hz*(1 + sin(2*pi*t*50*Hz))");
  auto& group = leaky(net);
  net.synapses(input, group, {.on_pre = "v_post += 0.02"}).connect({.p = 0.3});
  net.synapses(changing, group, {.on_pre = "v_post += 0.02", .delay = 0.5 * ms}).connect({.p = 0.3});
}

void arrays(Network& net) {
  const TimedArray current({1 * nA, 3 * nA, 2 * nA}, 7 * ms);
  net.neuron_group(
      5, {.equations = "dv/dt = (I(t)*Mohm/mV - v + y)/(10*ms) : 1\ny = rand() : 1 (constant over dt)",
          .threshold = "v > 1.5",
          .reset = "v = 0",
          .namespace_ = {{"I", current}}});
}

void clocks(Network& net) {
  auto& fast =
      net.neuron_group(5, {.equations = "dv/dt = randn()/ms : 1", .method = "euler", .dt = 0.03 * ms});
  auto& group = leaky(net);
  auto& slow = net.neuron_group(20, {.equations = "dy/dt = (z - y)/ms : 1\nz : 1 (linked)", .dt = 0.7 * ms});
  slow.link("z", group["v"]);
  fast.run_regularly("v = 0.5*v + rand()", {.dt = 0.11 * ms});
}

void regular(Network& net) {
  auto& group = leaky(net);
  group.run_regularly("x += randn(); v += 0.01*x", {.dt = 0.5 * ms});
  group.run_at("v = 0", {3.14 * ms, 20 * ms});
  group.slice(2, 7).run_regularly("x = v*rand()", {.when = "after_resets"});
}

void monitors(Network& net) {
  auto& group = leaky(net);
  net.spike_monitor(group);
  net.state_monitor(group, {.variables = {"v", "x"}});
  net.population_rate_monitor(group);
}

constexpr Build networks[] = {noise,
                              multiplicative_noise,
                              random_refractoriness,
                              delays,
                              plastic,
                              traces,
                              sums,
                              poisson,
                              arrays,
                              clocks,
                              regular,
                              monitors};

std::unique_ptr<Network> made(Build build) {
  auto net = std::make_unique<Network>(NetworkOptions{.seed = 3});
  build(*net);
  return net;
}

std::string bytes_of(Network& net) {
  const test::Scratch scratch;
  const std::string path = scratch.path("state");
  net.store_to(path);
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE(
    "restored at 60 random steps of 12 networks, all bytes of the state are those of the unbroken run") {
  std::minstd_rand random(5);
  for (std::size_t k = 0; k < std::size(networks); ++k) {
    CAPTURE(k);
    auto unbroken = made(networks[k]);
    unbroken->run(steps * 0.1 * ms);
    const std::string expected = bytes_of(*unbroken);
    auto net = made(networks[k]);
    net->store("beginning");
    for (int trial = 0; trial < 5; ++trial) {
      const int stop = static_cast<int>(random() % steps);
      CAPTURE(stop);
      net->restore("beginning");
      net->run(stop * 0.1 * ms);
      net->store("stop");
      net->run(2.3 * ms);  // and then something else happens
      net->restore("stop");
      net->run(steps * 0.1 * ms - net->time());
      CHECK(bytes_of(*net) == expected);
    }
  }
}
