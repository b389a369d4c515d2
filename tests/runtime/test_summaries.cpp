// What a network says about its steps.
#include <doctest/doctest.h>

#include <algorithm>
#include <ranvier/ranvier.hpp>
#include <set>

using namespace ranvier;
using namespace ranvier::units;

TEST_CASE("the scheduling summary says what happens in a step, and when") {
  Network net;
  auto& input = net.poisson_group(5, 10 * Hz, {.dt = 0.5 * ms, .name = "input"});
  auto& cells = net.neuron_group(2, {.equations = "dv/dt = -v/(10*ms) : 1\nc = 2*t/ms : 1 (constant over dt)",
                                     .threshold = "v > 1",
                                     .reset = "v = 0",
                                     .order = 3,
                                     .name = "cells"});
  auto& synapses = net.synapses(input, cells, {.on_pre = "v_post += 0.1", .name = "wires"});
  synapses.connect();
  cells.run_regularly("v += 1", {.dt = 1 * ms});
  cells.run_at("v += 1", {1 * ms, 2.5 * ms}, {.when = "end"});
  net.state_monitor(cells, {.variables = {"v"}}).set_active(false);
  net.network_operation([] {}, {.when = "before_groups", .order = -7});
  const std::string expected =
      "slot           order  object               does                     of     every       active\n"
      "before_start       3  cells                constants over dt               0.1 ms      yes\n"
      "start              0  cells_run_regularly  code                     cells  1 ms        yes\n"
      "start              0  statemonitor         recording                       0.1 ms      no\n"
      "before_groups     -7  networkoperation     host function                   0.1 ms      yes\n"
      "groups             3  cells                state update, threshold         0.1 ms      yes\n"
      "thresholds         0  input                given spikes                    0.5 ms      yes\n"
      "synapses          -1  wires_pre            pathway                  wires  0.5 ms      yes\n"
      "resets             3  cells                reset                           0.1 ms      yes\n"
      "end                0  cells_run_at         code                     cells  at 2 times  yes\n";
  CHECK(net.scheduling_summary() == expected);
}

TEST_CASE("a profile counts what each part of the steps took") {
  Network net;
  auto& cells = net.neuron_group(1000, {.equations = "dv/dt = (sin(v) - v)/(10*ms) : 1",
                                        .threshold = "v > 1",
                                        .reset = "v = 0",
                                        .method = "rk4"});
  cells.run_regularly("v += 0.1", {.dt = 0.5 * ms});
  net.network_operation([] {}, {.when = "end", .name = "idle"});
  CHECK(net.profiling_info().empty());
  net.run(1 * ms, {.profile = true});
  net.run(1 * ms);
  const auto entries = net.profiling_info();
  CHECK(entries.size() == 4);
  CHECK(std::ranges::is_sorted(entries, std::greater{}, &ProfileEntry::seconds));
  for (const ProfileEntry& entry : entries) {
    CAPTURE(entry.name);
    CHECK(entry.calls == (entry.action == "code" ? 2 : 10));
    CHECK(entry.seconds >= 0);
  }
  const std::string text = net.profiling_summary();
  CHECK(text.find("share  calls  object") != std::string::npos);
  CHECK(std::ranges::count(text, '\n') == 5);
  net.run(0 * ms, {.profile = true});
  CHECK(net.profiling_info().size() == 4);
  CHECK(net.profiling_info()[0].calls == 0);
}

TEST_CASE("a profile goes on when a step changes the plan") {
  Network net;
  auto& cells = net.neuron_group(1, {.equations = "v : 1"});
  net.network_operation([&](Time t) {
    if (t.si() == 0) cells.run_regularly("v += 1");
  });
  net.run(0.5 * ms, {.profile = true});
  const auto entries = net.profiling_info();
  const auto code = std::ranges::find(entries, "code", &ProfileEntry::action);
  const auto host = std::ranges::find(entries, "host function", &ProfileEntry::action);
  CHECK(code->calls == 4);
  CHECK(host->calls == 5);
}
