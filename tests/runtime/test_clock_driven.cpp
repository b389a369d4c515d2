// Equations of synapses that are integrated in every step.
#include <doctest/doctest.h>

#include <cmath>
#include <ranvier/ranvier.hpp>
#include <ranvier/tests/support/message_of.hpp>

using namespace ranvier;
using namespace ranvier::units;
using test::message_of;

namespace {

/// Synapses from each of n neurons to itself.
Synapses& loops(Network& net, std::int64_t n, SynapsesOptions options, const std::string& neurons = "v : 1") {
  auto& group = net.neuron_group(n, {.equations = neurons});
  auto& synapses = net.synapses(group, group, options);
  synapses.connect("i == j");
  return synapses;
}

}  // namespace

TEST_CASE("clock-driven equations are integrated in every step, by the method that is asked for") {
  const double dt = 1e-3;
  const std::string equations = "dx/dt = (1.5 - x**2)/(10*ms) + sin(2*pi*100*Hz*t)*20*Hz : 1 (clock-driven)";
  // vector A1
  const std::pair<const char*, double> vector[] = {
      {"euler", 1.026145014111689}, {"rk2", 0.9967731435998655}, {"rk4", 0.9974243793732889}};
  for (const auto& [method, expected] : vector) {
    CAPTURE(method);
    Network net({.dt = dt * second});
    auto& synapses = loops(net, 1, {.equations = equations, .method = method});
    synapses["x"] = 0.5;
    net.run(5 * ms);
    CHECK(synapses["x"][0] == doctest::Approx(expected).epsilon(1e-14));
    CHECK(synapses.method() == method);
  }
}

TEST_CASE("clock-driven equations read the neurons, parameters and each other's old values") {
  Network net({.dt = 1 * ms});
  auto& source = net.neuron_group(2, {.equations = "u : 1"});
  auto& target = net.neuron_group(3, {.equations = "v : 1"});
  auto& synapses = net.synapses(source, target,
                                {.equations = "k : 1\nsum = k*u_pre + v_post : 1\n"
                                              "dx/dt = sum*Hz + 0*y*Hz : 1 (clock-driven)\n"
                                              "dy/dt = x*Hz + 100*(i + 10*j)*Hz : 1 (clock-driven)",
                                 .method = "euler"});
  synapses.connect();
  source["u"] = std::vector<double>{1, 2};
  target["v"] = std::vector<double>{10, 20, 30};
  synapses["k"] = "i + 3*j";
  net.step(2);
  const auto pairs = synapses.pairs();
  const auto x = synapses["x"].to_vector(), y = synapses["y"].to_vector();
  for (std::size_t s = 0; s < pairs.size(); ++s) {
    const double i = pairs[s].first, j = pairs[s].second;
    const double rate = (i + 3 * j) * (i + 1) + 10 * (j + 1);
    CHECK(x[s] == doctest::Approx(2e-3 * rate).epsilon(1e-14));
    CHECK(y[s] == doctest::Approx(1e-6 * rate + 2e-3 * 100 * (i + 10 * j)).epsilon(1e-14));
  }
}

TEST_CASE("a linear system of synapses is solved exactly, with coefficients of neurons") {
  Network net({.dt = 1 * ms});
  auto& synapses = loops(net, 9,
                         {.equations = "da/dt = b*rate_post*(i + 1) : 1 (clock-driven)\n"
                                       "db/dt = -a*rate_post*(i + 1) : 1 (clock-driven)",
                          .method = "exact"},
                         "rate : Hz");
  synapses["a"] = 1.0;
  synapses.target()["rate"] = 40 * Hz;
  net.run(20 * ms);
  const auto a = synapses["a"].to_vector();
  for (std::size_t k = 0; k < a.size(); ++k)
    CHECK(a[k] == doctest::Approx(std::cos(0.8 * static_cast<double>(k + 1))).epsilon(1e-12));
}

TEST_CASE("event-driven and clock-driven equations of one object each have their way") {
  Network net({.namespace_ = {{"tau", 10 * ms}}});
  auto& source = net.spike_generator_group(1, {0, 0}, {1 * ms, 6 * ms});
  auto& synapses = net.synapses(source, source,
                                {.equations = "da/dt = -a/tau : 1 (event-driven)\n"
                                              "db/dt = -b/tau : 1 (clock-driven)",
                                 .on_pre = "a += 1; b += 1",
                                 .method = "exact"});
  synapses.connect();
  net.run(6.1 * ms);
  CHECK(synapses["a"][0] == doctest::Approx(1 + std::exp(-0.5)).epsilon(1e-14));
  CHECK(synapses["b"][0] ==
        doctest::Approx(synapses["a"][0]).epsilon(1e-13));  // 50 products of rounded numbers
  net.run(4 * ms);
  CHECK(synapses["b"][0] == doctest::Approx(synapses["a"][0] * std::exp(-0.4)).epsilon(1e-13));
}

TEST_CASE("synapses have noise of their own, with the right variance, for each synapse and step") {
  Network net({.seed = 5, .dt = 0.1 * ms, .namespace_ = {{"tau", 5 * ms}}});
  auto& group = net.neuron_group(100, {.equations = "v : 1"});
  auto& synapses = net.synapses(
      group, group, {.equations = "dx/dt = -x/tau + sqrt(2/tau)*xi : 1 (clock-driven)", .method = "euler"});
  synapses.connect();
  net.run(50 * ms);
  const auto x = synapses["x"].to_vector();
  double mean = 0, square = 0, neighbours = 0;
  for (std::size_t k = 0; k < x.size(); ++k) {
    mean += x[k], square += x[k] * x[k];
    if (k > 0) neighbours += x[k] * x[k - 1];
  }
  const double n = static_cast<double>(x.size());
  const double expected = 1 / (1 - 0.1 / (2 * 5));  // of the recursion of the method
  CHECK(std::abs(mean / n) < 4 * std::sqrt(expected / n));
  CHECK(std::abs(square / n - expected) < 4 * expected * std::sqrt(2 / n));
  CHECK(std::abs(neighbours / n) < 4 * expected / std::sqrt(n));
}

TEST_CASE("an adaptive method integrates synapses within its tolerance, or says which one it cannot") {
  Network net({.dt = 1 * ms});
  auto& synapses = loops(net, 4,
                         {.equations = "k : 1\ndx/dt = -x*x*k*Hz : 1 (clock-driven)",
                          .method = "rkf45",
                          .method_options = {.absolute_error = 1e-10}});
  synapses["x"] = 1.0;
  synapses["k"] = "100*(i + 1)";
  net.run(20 * ms);
  const auto x = synapses["x"].to_vector();
  for (std::size_t k = 0; k < 4; ++k)
    CHECK(x[k] == doctest::Approx(1 / (1 + 0.02 * 100 * static_cast<double>(k + 1))).epsilon(1e-7));
  auto& hard = loops(net, 3,
                     {.equations = "k : 1\ndx/dt = k*sin(1e6*Hz*t)*1e6*Hz : 1 (clock-driven)",
                      .method = "rkf45",
                      .method_options = {.absolute_error = 1e-12, .max_steps = 2}});
  hard["k"] = "int(i == 1)";
  CHECK(message_of([&] { net.run(1 * ms); }).find("synapse 1") != std::string::npos);
}

TEST_CASE("an equation without a flag is integrated in every step, with a warning that says so") {
  Network net({.namespace_ = {{"tau", 10 * ms}}});
  auto& synapses = loops(net, 1, {.equations = "dx/dt = -x/tau : 1"});
  synapses["x"] = 1.0;
  net.run(10 * ms);
  CHECK(synapses["x"][0] == doctest::Approx(std::exp(-1)).epsilon(1e-13));
  REQUIRE(net.warnings().size() == 1);
  CHECK(net.warnings()[0].code == DiagnosticCode::clock_driven_assumed);
}

TEST_CASE("synapses may have steps of their own, and an order among the groups") {
  Network net({.dt = 0.1 * ms});
  auto& group = net.neuron_group(1, {.equations = "dv/dt = 1*Hz : 1", .method = "euler"});
  const auto with = [&](SynapsesOptions options) -> Synapses& {
    options.equations = "dx/dt = v_post/ms : 1 (clock-driven)", options.method = "euler";
    auto& synapses = net.synapses(group, group, options);
    synapses.connect();
    return synapses;
  };
  auto& slow = with({.dt = 1 * ms});
  auto& before = with({.order = -1});
  auto& after = with({.order = 1});
  net.run(10 * ms);
  // v is 0.1 s/s per step of 1e-4: x sums it at the steps' beginnings, or behind their updates.
  CHECK(before["x"][0] == doctest::Approx(0.1 * 1e-4 * (99 * 100 / 2)).epsilon(1e-12));
  CHECK(after["x"][0] == doctest::Approx(0.1 * 1e-4 * (100 * 101 / 2)).epsilon(1e-12));
  CHECK(slow["x"][0] ==
        doctest::Approx(1e-4 * (1 + 11 + 21 + 31 + 41 + 51 + 61 + 71 + 81 + 91)).epsilon(1e-12));
}

TEST_CASE("noise of synapses is the same however a run is split and whatever else there is") {
  const auto end = [](int parts, bool more) {
    Network net({.seed = 3});
    if (more) loops(net, 5, {.equations = "dz/dt = xi*Hz**0.5 : 1 (clock-driven)", .name = "others"});
    auto& synapses = loops(net, 20, {.equations = "dx/dt = xi*Hz**0.5 : 1 (clock-driven)", .name = "these"});
    for (int k = 0; k < parts; ++k) net.run(12 * ms / parts);
    return synapses["x"].to_vector();
  };
  CHECK(end(1, false) == end(4, true));
}
