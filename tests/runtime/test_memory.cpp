// What synapses keep in memory: what the network says before and afterwards, and what the process grows by.
#include <doctest/doctest.h>

#include <malloc.h>

#include <fstream>
#include <ranvier/runtime/network.hpp>
#include <ranvier/tests/support/child.hpp>
#include <ranvier/tests/support/message_of.hpp>
#include <string>
#include <vector>

using namespace ranvier;
using namespace ranvier::units;

namespace {

/// A few of these neurons spike in some of the first steps.
NeuronGroup& spiking(Network& net, std::int64_t n) {
  return net.neuron_group(
      n, {.equations = "v : 1\nx : 1\ntotal : 1", .threshold = "t_in_timesteps % 3 == 1 and i < 5"});
}

/// Bytes that the process has in memory, apart from what it could give back.
double resident() {
  malloc_trim(0);
  std::ifstream file("/proc/self/statm");
  double pages = 0;
  file >> pages >> pages;
  return pages * 4096;
}

const SynapsesOptions fixed{
    .equations = "w : 1", .on_pre = "v_post += w", .delay = 0.2 * ms, .dtype = Dtype::float32};
const SynapsesOptions rule{.equations =
                               "w : 1\n"
                               "da/dt = -a/(20*ms) : 1 (event-driven)\n"
                               "db/dt = -b/(20*ms) : 1 (event-driven)",
                           .on_pre = "v_post += w; a += 0.01; w = clip(w - b, 0, 1)",
                           .on_post = "b += 0.01; w = clip(w + a, 0, 1)",
                           .dtype = Dtype::float32};

struct Used {
  double grown = 0;     // bytes, by which the process grew
  double reported = 0;  // by the network
};

/// What so many synapses between each pair of 1000 neurons cost once they have been used.
Used use_of(const SynapsesOptions& options, bool own_delays, std::int64_t copies) {
  Network net({.threads = 1});
  auto& group = spiking(net, 1000);
  auto& synapses = net.synapses(group, group, options);
  synapses.connect({.i = {1}, .j = {1}});
  if (own_delays) synapses["delay"] = 0.2 * ms;
  net.step(3);
  synapses.remove({0});
  const double before = resident();
  synapses.connect({.n = copies});
  if (own_delays) synapses["delay"] = 0.2 * ms;
  net.step(7);
  return {resident() - before, synapses.bytes_per_synapse() * static_cast<double>(synapses.size())};
}

bool within(double found, double expected, double part) {
  return found > expected * (1 - part) && found < expected * (1 + part);
}

}  // namespace

TEST_CASE("a static synapse takes 8 bytes, a plastic one with two traces and a delay at most 28") {
  Network net;
  auto& group = spiking(net, 10);
  auto& light = net.synapses(group, group, {.on_pre = "v_post += 1", .delay = 0.2 * ms});
  auto& weighted = net.synapses(group, group, fixed);
  auto& learning = net.synapses(group, group, rule);
  for (Synapses* synapses : {&light, &weighted, &learning}) synapses->connect();
  learning["delay"] = "rand()*ms";
  net.step(5);
  CHECK(light.bytes_per_synapse() == 4);     // target
  CHECK(weighted.bytes_per_synapse() == 8);  // and weight
  // Target, delay, three variables, the step of the last event, and where it is in the order of targets.
  CHECK(learning.bytes_per_synapse() == 4 + 2 + 3 * 4 + 4 + 4);
  CHECK(learning.bytes_per_synapse() <= 28);
}

TEST_CASE("a process grows by the bytes that its synapses are said to keep") {
  if (test::has_shadow) return;
  const Used fixed_use = use_of(fixed, false, 4);
  CHECK(fixed_use.reported == 8 * 4e6);
  CHECK(within(fixed_use.grown, fixed_use.reported, 0.05));
  const Used plastic_use = use_of(rule, true, 2);
  CHECK(plastic_use.reported == 26 * 2e6);
  CHECK(within(plastic_use.grown, plastic_use.reported, 0.05));
}

TEST_CASE("what synapses will keep in a run is known before there are any") {
  const SynapsesOptions options[] = {
      fixed,
      rule,
      {.equations = "w : 1\nk : integer (shared)", .on_pre = "v_post += w*x_pre"},
      {.equations = "w : 1", .on_post = "w += 1"},
      {.equations = "w : 1", .on_post = "w += x_pre"},
      {.equations = "n : integer\non : boolean", .on_pre = "n = copy", .multisynaptic_index = "copy"},
      {.equations = "dw/dt = -w/second : 1 (clock-driven)"},
      {.equations = "dw/dt = (v_post - w)/second : 1 (clock-driven)"},
      {.equations = "y = 2*x_pre : 1\nz = y + 1 : 1 (constant over dt)", .on_pre = "v_post += z"},
      {.equations = "w : 1\ntotal_post = w*v_pre : 1 (summed)"},
      {.equations = "w : 1\ntotal_post = w*(i + j) : 1 (summed)", .dtype = Dtype::float32},
      {.equations = "dw/dt = (i - w*w)/second : 1 (clock-driven)", .method = "dopri5"}};
  for (const bool own_delays : {false, true})
    for (const SynapsesOptions& each : options) {
      CAPTURE(&each - options);
      if (own_delays && (each.on_pre.pathways("pre").empty() || each.delay.single())) continue;
      Network net({.threads = 1});
      auto& group = spiking(net, 10);
      auto& synapses = net.synapses(group, group, each);
      double forecast = synapses.bytes_per_synapse_in_run();
      synapses.connect();
      if (own_delays) synapses["delay"] = "rand()*ms", forecast = synapses.bytes_per_synapse_in_run();
      net.step(7);
      CHECK(synapses.bytes_per_synapse() == forecast);
      CHECK(synapses.bytes_per_synapse_in_run() == forecast);
    }
}

TEST_CASE("numbers are kept where rows have another order, and their places once one is asked for") {
  Network net;
  auto& group = spiking(net, 10);
  auto& synapses = net.synapses(group, group, {.equations = "w : 1\nu : 1", .on_pre = "v_post += w"});
  synapses.connect();
  CHECK(synapses.bytes_per_synapse() == 4 + 16);
  synapses.connect();
  const double twice = synapses.bytes_per_synapse();
  CHECK(twice <= 4 + 16 + 1);  // each row has the numbers of two calls
  synapses["w"] = "rand() + i + 10*j";
  synapses["u"] = synapses["w"].to_vector();
  CHECK(synapses.indices("u == w").size() == 200);
  net.step(5);
  CHECK(synapses.bytes_per_synapse() == twice);
  const double third = synapses["w"].to_vector()[3];
  CHECK(synapses["w"][std::vector<std::int64_t>{3}].value() == third);
  CHECK(synapses.bytes_per_synapse() == twice + 4);
  auto& reversed = net.synapses(group, group, {.on_pre = "v_post += 1"});
  reversed.connect({.i = {5, 4, 3, 2}, .j = {1, 1, 1, 1}});
  CHECK(reversed.bytes_per_synapse() == 4 + 4);
}

TEST_CASE("synapses beyond the memory are refused with what each of them would keep") {
  Network net({.limits = {.state_bytes = 1'000'000}, .threads = 1});
  auto& group = spiking(net, 1000);
  auto& synapses = net.synapses(group, group, rule);
  CHECK(test::message_of([&] { synapses.connect(); }) ==
        "the about 1e+06 synapses of 'synapses' would need 28 MB of memory, but 1 MB are allowed "
        "(Limits::state_bytes)\n"
        "  target neurons         4.01 MB\n"
        "  w                         4 MB\n"
        "  a                         4 MB\n"
        "  b                         4 MB\n"
        "  _last_step                4 MB\n"
        "  synapses by target     4.01 MB\n"
        "  while they are made       4 MB");
  // Where texts say how many there will be, they are counted before their variables are made.
  const std::string counted = test::message_of([&] { synapses.connect("i < 500"); });
  CHECK(counted.find("the about 5e+05 synapses of 'synapses' would need 12 MB") == 0);
  CHECK(synapses.size() == 0);
  synapses.connect({.p = 0.01});
  CHECK(synapses.size() > 9000);
}

TEST_CASE("a summary shows what the state of a network keeps, now and in a run") {
  Network net({.threads = 1});
  auto& group = spiking(net, 10);
  auto& synapses = net.synapses(group, group, {.equations = "w : 1", .on_post = "w += x_pre"});
  synapses.connect();
  CHECK(net.memory_summary() ==
        "object       keeps               of each        now   in a run\n"
        "neurongroup  v                   8 bytes   80 bytes   80 bytes\n"
        "neurongroup  x                   8 bytes   80 bytes   80 bytes\n"
        "neurongroup  total               8 bytes   80 bytes   80 bytes\n"
        "synapses     target neurons      4 bytes  488 bytes  488 bytes\n"
        "synapses     w                   8 bytes  800 bytes  800 bytes\n"
        "synapses     synapses by target  4 bytes    0 bytes  488 bytes\n"
        "synapses     source neurons      4 bytes    0 bytes  400 bytes\n"
        "all                                         1.53 kB    2.42 kB\n");
}
