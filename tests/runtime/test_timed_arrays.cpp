#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <ranvier/runtime/network.hpp>
#include <vector>

using namespace ranvier;
using namespace ranvier::units;

namespace {

const std::vector<BackendOptions> every_backend = {
    {.name = "reference"}, {.lanes = 1}, {.lanes = 2}, {.lanes = 4}, {.lanes = 8}};

const TimedArray steps({1.0, 2.0, 4.0}, 1 * ms);
const TimedArray table({{1.0, 10.0}, {2.0, 20.0}, {3.0, 30.0}}, 1 * ms);

/// What `x : 1` becomes when it is given a value at a time.
double value_at(const TimedArray& array, const std::string& expression, Time t, Time dt = 0.1 * ms) {
  Network net({.dt = dt, .namespace_ = {{"ta", array}}});
  auto& group = net.neuron_group(1, {.equations = "x : 1\ns : second"});
  group["s"] = t;
  group["x"] = expression;
  return group["x"][0];
}

}  // namespace

TEST_CASE("gotcha 60: the entry of a time follows from the steps of the object that asks") {
  const std::vector<std::pair<double, double>> expected = {{0, 1},   {0.99, 1}, {0.999, 2}, {1, 2},
                                                           {1.5, 2}, {2, 4},    {2.9, 4},   {3, 4},
                                                           {1e9, 4}, {-0.1, 1}, {-1e9, 1}};
  for (const auto& [t, value] : expected) {
    CAPTURE(t);
    CHECK(value_at(steps, "ta(s)", t * ms) == value);
    CHECK(steps(t * ms).value == value);
  }
  // K is 128 for steps of 0.1 ms, 8 for steps of 1 ms: half of dt/K before its time, an entry begins.
  CHECK(value_at(steps, "ta(s)", (1 - 0.49 / 8) * ms, 1 * ms) == 2);
  CHECK(value_at(steps, "ta(s)", (1 - 0.51 / 8) * ms, 1 * ms) == 1);
  CHECK(steps((1 - 0.49 / 8) * ms, 1 * ms).value == 2);
  CHECK(steps((1 - 0.49 / 8) * ms).value == 1);
  CHECK(value_at(steps, "ta(s)", Time(std::nan("")) * 1.0) == 1);
}

TEST_CASE("time steps never select the entry before") {
  const TimedArray fine(std::vector<double>([] {
                          std::vector<double> numbers;
                          for (int k = 0; k < 5000; ++k) numbers.push_back(k);
                          return numbers;
                        }()),
                        0.1 * ms);
  for (int k = 0; k < 5000; ++k) CHECK(fine(Time(k * 1e-4)).value == k);
}

TEST_CASE("rows have columns, and what lies outside of them is not a number") {
  CHECK(value_at(table, "ta(s, 1)", 1 * ms) == 20);
  CHECK(value_at(table, "ta(s, i)", 2 * ms) == 3);
  CHECK(value_at(table, "ta(s, 1)", 100 * ms) == 30);
  for (const char* outside : {"ta(s, 2)", "ta(s, -1)", "ta(s, 1000000000)", "ta(s, -1000000000)"})
    CHECK(std::isnan(value_at(table, outside, 1 * ms)));
  CHECK(table(1 * ms, 0).value == 2);
  CHECK(std::isnan(table(2 * ms, 2).value));
  CHECK(std::isnan(table(0 * ms, -1).value));
  CHECK_THROWS_AS(value_at(table, "ta(s, 0.5)", 1 * ms), ModelError);
  CHECK_THROWS_AS(value_at(table, "ta(s)", 1 * ms), ModelError);
  CHECK_THROWS_AS(value_at(steps, "ta(s, 1)", 1 * ms), ModelError);
  CHECK_THROWS_AS(value_at(steps, "ta(1)", 1 * ms), ModelError);
  CHECK_THROWS_AS(table(1 * ms), NetworkError);
  CHECK_THROWS_AS(steps(1 * ms, 0), NetworkError);
}

TEST_CASE("values have a unit, and arrays that make no sense are refused") {
  const TimedArray current({1 * nA, 2 * nA}, 5 * ms);
  CHECK(current.dimension() == Current::dimension());
  CHECK(current(7 * ms).value == 2e-9);
  CHECK(TimedArray(std::vector<Voltage>{1 * mV, 2 * mV}, 1 * ms)(1 * ms).value == 2e-3);
  CHECK_THROWS_AS(TimedArray({1 * nA, 2 * mV}, 1 * ms), NetworkError);
  CHECK_THROWS_AS(TimedArray({1.0}, 0 * ms), NetworkError);
  CHECK_THROWS_AS(TimedArray(std::vector<double>{}, 1 * ms), NetworkError);
  CHECK_THROWS_AS(TimedArray(std::vector<std::vector<double>>{{1, 2}, {3}}, 1 * ms), NetworkError);
  Network net({.namespace_ = {{"stim", current}}});
  CHECK_THROWS_AS(net.neuron_group(1, {.equations = "dv/dt = stim(t)/second : volt"}), ModelError);
}

TEST_CASE("stages of a method read a timed array at their own times") {
  for (const BackendOptions& backend : every_backend) {
    Network net({.dt = 1 * ms, .namespace_ = {{"ta", steps}}, .backend = backend});
    auto& group = net.neuron_group(5, {.equations = "dv/dt = ta(t)/ms : 1", .method = "rk4"});
    net.run(1 * ms);  // stages at 0, 0.5, 0.5 and 1 ms
    CHECK(group["v"][4] == doctest::Approx((1 + 2 * 1 + 2 * 1 + 2) / 6.0));
    net.run(1 * ms);
    CHECK(group["v"][4] == doctest::Approx((1 + 2 * 1 + 2 * 1 + 2) / 6.0 + (2 + 4 * 2 + 4) / 6.0));
  }
}

TEST_CASE("columns of a timed array drive neurons at every width alike") {
  std::vector<std::vector<double>> rows(7);
  for (int t = 0; t < 7; ++t)
    for (int k = 0; k < 11; ++k) rows[static_cast<std::size_t>(t)].push_back(std::sin(t * 11 + k));
  std::vector<double> expected(11);
  for (int t = 0; t < 30; ++t)
    for (int k = 0; k < 11; ++k)
      expected[static_cast<std::size_t>(k)] +=
          0.1 * rows[static_cast<std::size_t>(std::min(t / 4, 6))][static_cast<std::size_t>(k)];
  for (const BackendOptions& backend : every_backend) {
    Network net({.namespace_ = {{"stim", TimedArray(rows, 0.4 * ms)}}, .backend = backend});
    auto& group = net.neuron_group(11, {.equations = "dv/dt = stim(t, i)/ms : 1", .method = "euler"});
    net.run(3 * ms);
    for (int k = 0; k < 11; ++k)
      CHECK(group["v"][k] == doctest::Approx(expected[static_cast<std::size_t>(k)]).epsilon(1e-12));
  }
}

TEST_CASE("timed arrays stand in thresholds, resets, synaptic code and rates") {
  Network net(
      {.dt = 1 * ms, .namespace_ = {{"gate", TimedArray({0.0, 0.0, 1.0, 0.0}, 1 * ms)}, {"ta", steps}}});
  auto& group = net.neuron_group(
      2, {.equations = "v : 1\nw : 1", .threshold = "gate(t) > 0.5", .reset = "v = 10*ta(t)"});
  auto& synapses = net.synapses(group, group, {.on_pre = "w_post += ta(t - 1*ms)"});
  synapses.connect("i == 0");
  auto& spikes = net.spike_monitor(group);
  net.run(6 * ms);
  CHECK(std::ranges::equal(spikes.times(), std::vector<double>{2e-3, 2e-3}));
  CHECK(group["v"][1] == 40);
  CHECK(group["w"][1] == 2);

  Network poisson(
      {.dt = 1 * ms, .namespace_ = {{"rate", TimedArray({{0 * Hz, 1 * kHz}, {1 * kHz, 0 * Hz}}, 2 * ms)}}});
  auto& input = poisson.poisson_group(2, "rate(t, i)");
  auto& drawn = poisson.spike_monitor(input);
  poisson.run(4 * ms);  // a spike in every step, or none
  CHECK(std::ranges::equal(drawn.indices(), std::vector<std::int32_t>{1, 1, 0, 0}));
}

TEST_CASE("gotcha 12: exact takes a timed array of t on its grid for a constant") {
  const auto made = [](const std::string& drive, Time array_dt, const char* method = "") {
    Network net({.namespace_ = {{"ta", TimedArray({1.0, -2.0, 3.0}, array_dt)}, {"tau", 5 * ms}}});
    auto& group = net.neuron_group(1, {.equations = "dv/dt = (" + drive + " - v)/tau : 1", .method = method});
    net.run(3 * ms);
    return std::tuple(group.method(), group["v"][0], net.warnings().size());
  };
  double v = 0;
  for (const double target : {1.0, -2.0, 3.0}) v = target + (v - target) * std::exp(-1.0 / 5);
  const auto [method, value, warnings] = made("ta(t)", 1 * ms);
  CHECK(method == "exact");
  CHECK(value == doctest::Approx(v).epsilon(1e-13));
  CHECK(warnings == 0);
  CHECK(std::get<0>(made("ta(t + 1*ms)", 1 * ms)) == "euler");
  CHECK(std::get<0>(made("ta(2*t)", 1 * ms)) == "euler");
  CHECK(std::get<0>(made("ta(t)*t/second", 1 * ms)) == "euler");
  CHECK(std::get<0>(made("ta(t)", 0.25 * ms)) == "euler");
  CHECK(std::get<2>(made("ta(t)", 0.25 * ms)) == 1);
  CHECK(std::get<2>(made("ta(t) + ta(t)", 0.05 * ms)) == 1);
  CHECK_THROWS_AS(made("ta(t)", 0.25 * ms, "exact"), ModelError);
  CHECK_THROWS_AS(made("ta(t + 1*ms)", 1 * ms, "exact"), ModelError);
}

TEST_CASE("a timed array may be a coefficient of coupled equations") {
  const auto v_of = [](const char* method) {
    Network net({.dt = 0.01 * ms, .namespace_ = {{"k", TimedArray({0.1, 0.4}, 5 * ms)}}});
    auto& group = net.neuron_group(
        1, {.equations = "dv/dt = (w - k(t)*v)/ms : 1\ndw/dt = -(0.2*w + k(t)*v)/ms : 1", .method = method});
    group["v"] = 1;
    net.run(10 * ms);
    return group["v"][0];
  };
  CHECK(v_of("exact") == doctest::Approx(v_of("rk4")).epsilon(2e-3));
}

TEST_CASE("other values in the same shape take their place without compiling") {
  Network net({.dt = 1 * ms, .namespace_ = {{"ta", steps}}});
  auto& group = net.neuron_group(1, {.equations = "dv/dt = ta(t)/ms : 1", .method = "euler"});
  net.run(1 * ms);
  const double emitted = net.times().build.emit;
  net.set("ta", TimedArray({100.0, 200.0, 300.0, 400.0}, 1 * ms));
  net.run(1 * ms);
  CHECK(net.times().build.emit == emitted);
  CHECK(group["v"][0] == doctest::Approx(201));
  net.set("ta", TimedArray({1 * mV}, 1 * ms));
  CHECK_THROWS_AS(net.run(1 * ms), ModelError);
}
