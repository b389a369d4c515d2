// Where in a step everything stands: the table of semantics 7.5, whole.
#include <doctest/doctest.h>

#include <ranvier/ranvier.hpp>
#include <sstream>
#include <string>

using namespace ranvier;
using namespace ranvier::units;

namespace {

/// Slot, order and object of each line of a summary, and what it does.
std::string placements(Network& net) {
  std::stringstream summary(net.scheduling_summary());
  std::string line, found;
  std::getline(summary, line);
  const std::size_t of = line.find(" of ");
  while (std::getline(summary, line)) {
    line.resize(std::min(line.size(), of));
    std::stringstream words(line);
    for (std::string word; words >> word;) found += word + ' ';
    found.back() = '\n';
  }
  return found;
}

void add_operations(Network& net, NeuronGroup& cells) {
  net.network_operation([] {}, {.name = "a_host"});
  net.network_operation([] {}, {.when = "before_thresholds", .name = "between"});  // keeps the two apart
  cells.run_regularly("v += 0", {.name = "b_regular"});
  cells.run_at("v += 0", {1 * ms}, {.name = "c_times"});
  net.poisson_input(cells, "v", 10, 1 * Hz, "0.1", {.name = "binomial"});
}

void add_wires(Network& net, Group& source, Group& target) {
  net.synapses(source, target,
               {.equations = "dx/dt = -x/(5*ms) : 1 (clock-driven)\ns_post = x : 1 (summed)",
                .on_pre = "v_post += 0.1",
                .on_post = "x += 0.1",
                .order = 8,
                .name = "wires"})
      .connect();
}

void add_monitors(Network& net, NeuronGroup& cells) {
  net.state_monitor(cells, {.variables = {"v"}, .name = "states"});
  net.spike_monitor(cells, {.name = "spikes"});
  net.event_monitor(cells, "boost", {.name = "boosts"});
  net.population_rate_monitor(cells, {.name = "rate"});
}

}  // namespace

TEST_CASE("every object stands in its slot and order by default") {
  Network net;
  auto& cells =
      net.neuron_group(2, {.equations = "dv/dt = -v/(10*ms) : 1\nc = 2*t/ms : 1 (constant over dt)\ns : 1",
                           .threshold = "v > 1",
                           .reset = "v = 0",
                           .events = {{"boost", "v > 0.5"}},
                           .order = 5,
                           .name = "cells"});
  cells.run_on_event("boost", "v += 0");
  net.poisson_group(2, 10 * Hz, {.order = 6, .name = "poisson"});
  auto& given = net.spike_generator_group(2, {0}, {1 * ms}, {.order = 7, .name = "given"});
  add_wires(net, given, cells);
  add_operations(net, cells);
  add_monitors(net, cells);
  CHECK(placements(net) ==
        "before_start 5 cells constants over dt\n"
        "start 0 a_host host function\n"
        "start 0 b_regular code\n"
        "start 0 c_times code\n"
        "start 0 states recording\n"
        "groups 4 wires_sum_s_post sum\n"
        "groups 5 cells state update\n"
        "groups 8 wires state update\n"
        "before_thresholds 0 between host function\n"
        "thresholds 5 cells threshold\n"
        "thresholds 6 poisson given spikes\n"
        "thresholds 6 spikes recording\n"
        "thresholds 7 given given spikes\n"
        "after_thresholds 5 cells_boost event\n"
        "after_thresholds 6 boosts recording\n"
        "synapses -1 wires_pre pathway\n"
        "synapses 0 binomial code\n"
        "synapses 1 wires_post pathway\n"
        "resets 5 cells reset\n"
        "after_resets 0 cells_boost code of the event\n"
        "end 0 rate recording\n");
}
