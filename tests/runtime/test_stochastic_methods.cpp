#include <doctest/doctest.h>

#include <cmath>
#include <functional>
#include <ranvier/runtime/network.hpp>

using namespace ranvier;
using namespace ranvier::units;

namespace {

constexpr std::int64_t n = 20'000;

/// Values of a variable of n neurons after `steps` steps that add up to one second.
std::vector<double> after_one_second(const std::string& equations, const std::string& method, int steps,
                                     const std::string& variable, const char* start = nullptr) {
  Network net({.seed = 8, .dt = second / steps});
  auto& group = net.neuron_group(n, {.equations = equations, .method = method, .name = "g"});
  if (start) group[variable] = start;
  net.step(steps);
  return group[variable].to_vector();
}

double mean(const std::vector<double>& values, const std::function<double(double)>& f) {
  double sum = 0;
  for (const double x : values) sum += f(x);
  return sum / static_cast<double>(values.size());
}

/// Mean size and mean of the distance from x0 exp(drift t + 0.6 W): the noise is drawn by the name of the
/// group, so that a second network has the same.
struct Distance {
  double strong, weak;
};
Distance distance(const std::string& method, double drift, int steps) {
  const std::string equations = "dx/dt = " + std::to_string(drift) + "*x/second + 0.6*x*xi/second**0.5 : 1";
  const auto x = after_one_second(equations, method, steps, "x", "1");
  const auto w = after_one_second("dw/dt = xi/second**0.5 : 1", "euler", steps, "w");
  Distance sum{0, 0};
  for (std::size_t k = 0; k < x.size(); ++k) {
    const double away = x[k] - std::exp(drift + 0.6 * w[k]);
    sum.strong += std::fabs(away), sum.weak += away;
  }
  return {sum.strong / n, std::fabs(sum.weak) / n};
}

void check_orders(const std::string& method, double drift, double expected) {
  CAPTURE(method);
  const Distance coarse = distance(method, drift, 32), fine = distance(method, drift, 512);
  CHECK(std::fabs(std::log2(coarse.strong / fine.strong) / 4 - expected) < 0.1);
  CHECK(std::fabs(std::log2(coarse.weak / fine.weak) / 4 - expected) < 0.1);
}

}  // namespace

// Geometric Brownian motion in Stratonovich's sense: slopes over a factor of 16, with a standard error below
// 0.03.
TEST_CASE("heun converges with strong and weak order 1") {
  check_orders("heun", 0.5, 1);
}

// The reference's support x + h f + sqrt(h) g leaves a mean of h^1.5 g' f/2 in every step.
TEST_CASE("milstein converges with order 1 without a drift, with order 1/2 with one") {
  check_orders("milstein", 0, 1);
  check_orders("milstein", 0.5, 0.5);
  check_orders(
      "noise = diagonal\n"
      "x_support = x + sqrt(dt)*g(x, t)\n"
      "x_new = x + dt*f(x, t) + g(x, t)*dW + (g(x_support, t) - g(x, t))*dW**2/(2*sqrt(dt))",
      0.5, 1);
}

// Section 6.6: E = exp(s^2 t/2) with s = 1 in half a second, var = exp(2 s^2 t) - exp(s^2 t).
TEST_CASE("multiplicative noise has the mean of Stratonovich's sense, within 5 sigma") {
  for (const char* method : {"heun", "milstein"}) {
    CAPTURE(method);
    const auto x = after_one_second("dx/dt = x*xi/(2*second)**0.5 : 1", method, 1000, "x", "1");
    const double sigma = std::sqrt((std::exp(1.0) - std::exp(0.5)) / n);
    CHECK(std::fabs(mean(x, [](double v) { return v; }) - std::exp(0.25)) < 5 * sigma);
  }
}

// One step of these methods is v(1 - a) + s sqrt(2 a) N with a = dt/tau, so that the variance that stays is
// s^2/(1 - a/2).
TEST_CASE("the Ornstein-Uhlenbeck process has its stationary moments, within 5 sigma") {
  for (const char* method : {"euler", "heun", "milstein"}) {
    CAPTURE(method);
    const auto v =
        after_one_second("dv/dt = (1 - v)/(50*ms) + 3*sqrt(2/(50*ms))*xi : 1", method, 200, "v", "1");
    const double variance = 9 / (1 - 0.05);
    CHECK(std::fabs(mean(v, [](double x) { return x; }) - 1) < 5 * std::sqrt(variance / n));
    CHECK(std::fabs(mean(v, [](double x) { return (x - 1) * (x - 1); }) - variance) <
          5 * variance * std::sqrt(2.0 / n));
  }
}

TEST_CASE("a missed tolerance ends a run and names the neuron and the time") {
  Network net({.dt = 1 * ms});
  auto& group = net.neuron_group(20, {.equations = "dv/dt = v**2/second : 1", .method = "rkf45"});
  group["v"] = "1 + int(i == 13)*700";  // this one is infinite after 1.4 ms
  CHECK_THROWS_WITH_AS(
      net.run(10 * ms),
      "'neurongroup': the method `rkf45` missed its tolerance for neuron 13 in the step at t = "
      "0.001 s; allow it more inner steps (max_steps), a larger absolute_error, or shorten dt",
      NetworkError);
}

TEST_CASE("an adaptive method keeps for each neuron how its last step went") {
  Network net({.dt = 1 * ms});
  auto& group = net.neuron_group(
      3,
      {.equations = "dv/dt = -v*k : 1\nk : Hz",
       .method = "dopri5",
       .method_options = {
           .absolute_error = 1e-9, .max_steps = 1000, .save_failed_steps = true, .save_step_count = true}});
  group["v"] = 1.0;
  group["k"] = "1000*Hz*(1 + 20*i)";
  net.step(1);
  const auto count = group["_step_count"].to_vector(), in_vain = group["_failed_steps"].to_vector();
  CHECK(count[0] < count[1]);
  CHECK(count[1] < count[2]);
  CHECK(in_vain[2] >= 1);
  CHECK(group["_last_timestep"].to_vector()[2] < 1e-3);
  CHECK(group["v"].to_vector()[0] == doctest::Approx(std::exp(-1.0)).epsilon(1e-7));
}
