// Values that are not numbers, infinite or too large, and where they came from.
#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <ranvier/ranvier.hpp>

using namespace ranvier;
using namespace ranvier::units;

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

/// What a run that stops says, "" if it does not stop.
std::string stopping(Network& net, Time duration = 5 * ms, double limit = 1e50) {
  try {
    net.run(duration, {.watch = WatchOptions{WatchPolicy::stop, limit}});
  } catch (const ModelError& error) {
    return error.what();
  }
  return "";
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("gotcha 15: not a number in a linear integrator gives a warning, not an error") {
  Network net;
  auto& group = net.neuron_group(5, {.equations = "dv/dt = (I - v)/(10*ms) : 1\nI : 1", .method = "exact"});
  group["I"][3] = not_a_number;
  net.run(1 * ms);
  CHECK(net.warnings().size() == 1);
  CHECK(has(net.warnings()[0].message, "`v` of element 3 of 'neurongroup' is not a number"));
  net.run(1 * ms, {.watch = WatchOptions{WatchPolicy::ignore}});
  CHECK(net.warnings().empty());
  group["I"] = 0;
  group["v"] = 1;
  net.run(1 * ms);
  CHECK(net.warnings().empty());
}

TEST_CASE("what the host sets to infinity on purpose is nothing to warn of") {
  Network net({.watch = {.policy = WatchPolicy::warn}});
  auto& group = net.neuron_group(
      2, {.equations = "dv/dt = 1/(10*ms) : 1\nvt : 1", .threshold = "v > vt", .reset = "v = 0"});
  group["vt"] = infinity;
  net.run(1 * ms);
  CHECK(net.warnings().empty());
}

TEST_CASE("a run stops at the first step that made a value bad, and says which part of the text did") {
  for (const char* backend : {"llvm", "reference"}) {
    CAPTURE(backend);
    Network net({.backend = {.name = backend}});
    auto& group = net.neuron_group(10, {.equations = "dv/dt = -1/(0.1*ms) : 1\n"
                                                     "dw/dt = (log(v + 1) - w)/(1*ms) : 1",
                                        .method = "euler"});
    group["v"] = "10 - (i == 7)*5";
    // v = 5, 4, ... 0, -1, -2: the logarithm of v + 1 = -1 is taken in step 7
    const std::string text = stopping(net);
    CHECK(has(text, "RV0540"));
    CHECK(has(text, "`w` of element 7 of 'neurongroup' became minus infinity in step 6 (t = 0.6 ms)"));
    CHECK(has(text, "2 | dw/dt = (log(v + 1) - w)/(1*ms) : 1\n  |          ^^^^^^^^^^"));
    CHECK(has(text, "`log(v + 1)` is minus infinity, with v = -1"));
    CHECK(has(text, "by the state update of 'neurongroup'"));
    CHECK(net.clock().timestep == 7);
    CHECK(group["v"][7] == -2);  // the step is complete, and kept for inspection
    CHECK(std::isinf(group["w"][7]));
  }
}

TEST_CASE("the watch follows a value through the stages of a method, and bounds it") {
  Network net;
  auto& group =
      net.neuron_group(3, {.equations = "dv/dt = v*v/ms + I/ms : 1\nI = 0*t/ms + 0.0 : 1", .method = "rk4"});
  group["v"] = 1e-3;
  group["v"][2] = 1e30;
  const std::string text = stopping(net, 1 * ms);
  CHECK(has(text, "`v` of element 2"));
  CHECK(has(text, "step 0"));
  CHECK(has(text, "`v*v"));
  group["v"] = 0.5;
  CHECK(has(stopping(net, 3 * ms, 2.0), "beyond 2"));
}

TEST_CASE("a reset, a pathway and code are named when they did it") {
  Network net;
  auto& source = net.neuron_group(4, {.equations = "x : 1",
                                      .threshold = "t_in_timesteps == 3 and i > 0",
                                      .reset = "x = 1/(i - 2)",
                                      .name = "source"});
  CHECK(has(stopping(net),
            "`x` of element 2 of 'source' became infinite in step 3 (t = 0.3 ms), by the reset"));
  source["x"] = 0;
  auto& code = source.slice(1, 4).run_regularly("x = sqrt(i - 1.5)", {.dt = 1 * ms});
  const std::string text = stopping(net);
  CHECK(has(text, "`x` of element 1 of 'source' became not a number"));
  CHECK(has(text, "run_regularly of source:1:5"));
  CHECK(has(text, "`sqrt(i - 1.5)` is not a number"));
  code.set_active(false);
}

TEST_CASE("of many synapses onto a neuron the one is found that spoilt it") {
  Network net;
  auto& source = net.neuron_group(
      20, {.equations = "x : 1", .threshold = "t_in_timesteps == 2", .reset = "", .name = "source"});
  auto& target = net.neuron_group(5, {.equations = "v : 1"});
  auto& synapses = net.synapses(source, target, {.equations = "w : 1", .on_pre = "v_post += 1/w\nw *= 2"});
  synapses.connect();
  synapses["w"] = "1 + i";
  synapses["w"].where("i == 12 and j == 3") = 0;
  const std::string text = stopping(net);
  CHECK(has(text, "`v` of element 3 of 'neurongroup' became infinite in step 2"));
  CHECK(has(text, "by the on_pre code of 'synapses'"));
  CHECK(has(text, "`1/w` is infinite, with w = 0"));
  CHECK(synapses["w"].where("i == 0").to_vector() == std::vector<double>(5, 2));
}

TEST_CASE("the first bad value of many is found wherever it stands") {
  for (const std::size_t n : {1u, 255u, 256u, 1000u})
    for (const std::size_t at : {0u, 254u, 255u, 256u, 700u, 999u}) {
      std::vector<double> values(n, -1e50);
      CHECK(find_bad(values, 1e50) == -1);
      if (at >= n) continue;
      for (const double bad : {not_a_number, -infinity, 1.1e50}) {
        values[at] = values[n - 1] = bad;
        CHECK(find_bad(values, 1e50) == static_cast<std::int64_t>(at));
      }
    }
}

TEST_CASE("a watch that warns goes on, and says each variable once") {
  Network net({.watch = {.policy = WatchPolicy::warn}});
  auto& group = net.neuron_group(4, {.equations = "dv/dt = 1/(0.1*ms) : 1\nw : 1", .method = "euler"});
  group.run_regularly("w = 1/(v - 2)");
  net.network_operation([&](Time t) {
    if (t.si() > 4.5e-4) group["v"][1] = not_a_number;
  });
  net.run(1 * ms);
  const auto& warnings = net.warnings();
  CHECK(net.clock().timestep == 10);
  CHECK(warnings.size() == 2);
  CHECK(has(warnings[0].message, "`w` of element 0 of 'neurongroup' became infinite in step 2"));
  CHECK(has(warnings[1].message, "`v` of element 1 of 'neurongroup' was not a number already before step 5"));
  CHECK(warnings[1].severity == Severity::warning);
}

TEST_CASE("stepping is watched, too, and random numbers are drawn again as they were") {
  Network net({.seed = 5, .watch = {.policy = WatchPolicy::stop, .limit = 3}});
  auto& group = net.neuron_group(1000, {.equations = "v : 1"});
  group.run_regularly("v = 2.99999 + randn()/1e6 + (rand() < 1e-3)*10*rand()");
  CHECK_THROWS_WITH_AS(net.step(100), doctest::Contains("`(rand() < 1e-3)*10` is 10 (beyond 3)"), ModelError);
  CHECK_THROWS_AS(net.run(1 * ms, {.watch = WatchOptions{WatchPolicy::stop, -1}}), NetworkError);
}

TEST_CASE("a watched run has the same bits as one that is not") {
  const auto run = [](WatchPolicy policy) {
    Network net({.seed = 9, .watch = {.policy = policy}});
    auto& group = net.neuron_group(100, {.equations = "dv/dt = (1.2 - v)/(5*ms) + 0.1*xi*ms**-0.5 : 1",
                                         .threshold = "v > 1",
                                         .reset = "v = 0",
                                         .refractory = 0.5 * ms,
                                         .method = "euler"});
    auto& synapses = net.synapses(group, group, {.equations = "w : 1", .on_pre = "v_post += w\nw *= 1.01"});
    synapses.connect({.p = 0.1});
    synapses["w"] = 0.01;
    net.run(20 * ms);
    auto bits = group["v"].to_vector();
    const auto w = synapses["w"].to_vector();
    bits.insert(bits.end(), w.begin(), w.end());
    return bits;
  };
  CHECK(run(WatchPolicy::stop) == run(WatchPolicy::ignore));
}
