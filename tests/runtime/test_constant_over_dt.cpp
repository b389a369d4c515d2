#include <doctest/doctest.h>

#include <cmath>
#include <ranvier/runtime/network.hpp>
#include <set>
#include <vector>

using namespace ranvier;
using namespace ranvier::units;

namespace {

double mean(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

}  // namespace

TEST_CASE("what is constant over dt is zero before the first run and then follows the start of each step") {
  Network net({.dt = 1 * ms});
  auto& group = net.neuron_group(
      2, {.equations = "dv/dt = 1*Hz : 1\n now = v + i : 1 (constant over dt)", .method = "euler"});
  CHECK(group["now"].to_vector() == std::vector<double>{0, 0});
  auto& state = net.state_monitor(group, {.variables = {"v", "now"}});
  net.run(3 * ms);
  for (const std::int64_t element : {0, 1}) {
    const auto v = state.trace("v", element), now = state.trace("now", element);
    for (std::size_t k = 0; k < 3; ++k) CHECK(now[k] == v[k] + static_cast<double>(element));
  }
  CHECK(group["now"][0] == doctest::Approx(0.002));  // not of this instant: of the last step's start
  CHECK(group["now"].values().size() == 2);
  CHECK_THROWS_AS(group["now"] = 1.0, NetworkError);
}

TEST_CASE("a method with several stages sees one value during the whole step") {
  const double dt = 1e-3, tau = 10e-3;
  Network net({.dt = 1 * ms, .namespace_ = {{"tau", 10 * ms}}});
  auto& group = net.neuron_group(
      1, {.equations = "dv/dt = -held/tau : 1\n held = v : 1 (constant over dt)", .method = "rk4"});
  group["v"] = 1.0;
  net.run(5 * ms);
  CHECK(group["v"][0] == doctest::Approx(std::pow(1 - dt / tau, 5)).epsilon(1e-14));
}

TEST_CASE("definitions are computed after those that they use, whatever their order") {
  Network net;
  auto& group = net.neuron_group(3, {.equations = "c = 2*b + s : 1 (constant over dt)\n b = a + 1 : 1\n"
                                                  "a = i*s : 1 (constant over dt)\n"
                                                  "s = N + 1 : 1 (constant over dt, shared)"});
  net.run(0.1 * ms);
  CHECK(group["s"].to_vector() == std::vector<double>{4});
  CHECK(group["a"].to_vector() == std::vector<double>{0, 4, 8});
  CHECK(group["c"].to_vector() == std::vector<double>{6, 14, 22});
}

TEST_CASE("a random number is drawn once a step and is the same wherever it is read") {
  Network net;
  auto& group = net.neuron_group(1000, {.equations = "u = rand() : 1 (constant over dt)\n"
                                                     "one = rand() : 1 (constant over dt, shared)\n"
                                                     "seen : 1\n all : 1",
                                        .threshold = "u < 0.5",
                                        .reset = "seen = u; all = one"});
  auto& state = net.state_monitor(group, {.variables = {"one"}, .record = {0, 7}});
  net.run(1 * ms);
  const auto u = group["u"].to_vector(), seen = group["seen"].to_vector();
  for (std::size_t k = 0; k < u.size(); ++k)
    if (u[k] < 0.5) CHECK(seen[k] == u[k]);
  CHECK(std::set<double>(u.begin(), u.end()).size() == 1000);
  CHECK(std::abs(mean(u) - 0.5) < 4 * std::sqrt(1.0 / 12 / 1000));  // 4 sigma
  const auto one = state.trace("one", 0);
  CHECK(std::set<double>(one.begin(), one.end()).size() == 10);
  CHECK(one == state.trace("one", 7));
}

TEST_CASE("synapses compute theirs at the start of a step, too") {
  Network net;
  auto& source = net.neuron_group(
      3, {.equations = "x : 1", .threshold = "True", .reset = "x += 1", .refractory = "0.1*ms"});
  auto& target = net.neuron_group(2, {.equations = "y : 1\n z : 1"});
  auto& synapses = net.synapses(source, target,
                                {.equations = "held = x_pre + 10*j + k*scale : 1 (constant over dt)\n k : 1\n"
                                              "scale = 100 : 1 (constant over dt, shared)",
                                 .on_pre = "y_post += held"});
  synapses.connect();
  synapses["k"] = "i";
  source["x"] = "i";
  net.step(1);
  // x before the resets of the step: 0, 1, 2.
  CHECK(synapses["held"].to_vector() == std::vector<double>{0, 10, 101, 111, 202, 212});
  CHECK(target["y"].to_vector() == std::vector<double>{303, 333});
  synapses.connect({.i = {0}, .j = {1}});
  net.step(1);
  CHECK(synapses["held"].to_vector() == std::vector<double>{1, 11, 102, 112, 203, 213, 11});
}

TEST_CASE("gotcha 64: what is constant over dt is computed before everything else of a step") {
  Network net;
  net.neuron_group(1, {.equations = "u = rand() : 1 (constant over dt)\n dv/dt = u*Hz : 1"});
  CHECK_NOTHROW(net.prepare());
  CHECK(net.scheduling_summary().find("before_start      0  neurongroup") != std::string::npos);
}
