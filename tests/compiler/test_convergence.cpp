#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <ranvier/compiler/methods.hpp>

#include "tests/compiler/stepper.hpp"
#include "tests/support/models.hpp"

using namespace ranvier;
using models::compile;
using test::Stepper;

namespace {

/// Equations with a known solution of x after one second.
struct Problem {
  const char* name;
  const char* equations;
  std::map<std::string, double> start;
  double solution;
};

const std::vector<Problem>& problems() {
  static const std::vector<Problem> all = {
      {"decay", "dx/dt = -2*x/second : 1", {{"x", 1.5}}, 1.5 * std::exp(-2.0)},
      {"logistic growth",
       "dx/dt = 3*x*(1 - x)/second : 1",
       {{"x", 0.1}},
       0.1 * std::exp(3.0) / (1 + 0.1 * (std::exp(3.0) - 1))},
      {"a rate that changes with time",
       "dx/dt = 2*x*cos(2*t/second)/second : 1",
       {{"x", 1}},
       std::exp(std::sin(2.0))},
      {"a square", "dx/dt = -x**2/second : 1", {{"x", 1}}, 0.5},
      {"an oscillator",
       "dx/dt = y/second : 1\ndy/dt = -4*x/second : 1",
       {{"x", 1}, {"y", -2}},
       std::cos(2.0) - std::sin(2.0)},
      {"a driven pair",
       "dx/dt = (y**2 - x)/second : 1\ndy/dt = -0.5*y/second : 1",
       {{"x", 0.5}, {"y", 2}},
       4.5 * std::exp(-1.0)},
  };
  return all;
}

/// Distance from the solution after one second in so many steps.
double error(const Problem& problem, const GroupKernels& kernels, int steps) {
  Stepper stepper(kernels, {}, 1.0 / steps);
  for (const auto& [name, value] : problem.start) stepper[name] = value;
  for (int k = 0; k < steps; ++k) stepper.step();
  return std::fabs(stepper["x"] - problem.solution);
}

/// Checks the order on every problem that a method takes, from three lengths of steps: two ratios of errors
/// differ by the next order, which they let be taken away. Returns on how many it does not solve exactly.
int check_order(const std::string& method, double order, int steps) {
  int measured = 0;
  for (const Problem& problem : problems()) {
    CAPTURE(method);
    CAPTURE(problem.name);
    const models::GroupStrings strings{problem.equations, "", "", "", method};
    if (!models::error_of(strings).empty()) continue;
    const GroupKernels kernels = compile(strings);
    const double coarse = error(problem, kernels, steps);
    if (coarse < 1e-13) continue;
    ++measured;
    const double middle = error(problem, kernels, 2 * steps), fine = error(problem, kernels, 4 * steps);
    const double found = 2 * std::log2(middle / fine) - std::log2(coarse / middle);
    CHECK(std::fabs(found - order) < 0.1);
  }
  return measured;
}

}  // namespace

TEST_CASE("the measured order of every explicit method is that of theory, to 0.1") {
  CHECK(check_order("euler", 1, 32) == 6);
  CHECK(check_order("heun", 1, 32) == 6);
  CHECK(check_order("milstein", 1, 32) == 6);
  CHECK(check_order("rk2", 2, 32) == 6);
  CHECK(check_order("rk4", 4, 16) == 6);
}

TEST_CASE("the measured order of implicit methods is that of theory") {
  CHECK(check_order("backward_euler", 1, 64) == 6);
  CHECK(check_order("rosenbrock", 2, 64) == 6);
}

TEST_CASE("embedded methods carry on the solution of order 5") {
  for (const char* name : {"rkf45", "dopri5"}) {
    // Without the line of the error there is one inner step.
    const std::string lines(find_method(name)->text);
    CHECK(check_order(lines.substr(0, lines.find("x_error")), 5, 20) == 6);
  }
}

TEST_CASE("exponential Euler has order 1 where equations depend on each other or on time") {
  CHECK(check_order("exponential_euler", 1, 64) == 3);
}

TEST_CASE("exact has no error on linear problems, and refuses others") {
  CHECK(check_order("exact", 1, 4) == 0);
}

TEST_CASE("lines of one's own converge with their order") {
  // Ralston's method of order 3.
  const char* ralston =
      "k1 = f(x, t)\n"
      "k2 = f(x + dt*k1/2, t + dt/2)\n"
      "k3 = f(x + 3*dt*k2/4, t + 3*dt/4)\n"
      "x_new = x + dt*(2*k1 + 3*k2 + 4*k3)/9\n";
  CHECK(check_order(ralston, 3, 32) == 6);
}
