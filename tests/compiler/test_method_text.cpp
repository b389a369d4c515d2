#include <cmath>

#include <doctest/doctest.h>

#include <ranvier/compiler/random.hpp>

#include "tests/compiler/stepper.hpp"
#include "tests/support/golden.hpp"
#include "tests/support/models.hpp"

using namespace ranvier;
using namespace ranvier::units;
using doctest::Approx;
using models::compile;
using models::error_of;
using test::Stepper;

namespace {

const Namespace names{{"tau", 10 * ms}, {"mu", 20 * Hz}, {"s", AnyQuantity(3, dimensions::hertz.pow(0.5))}};
constexpr double dt = 1e-3, tight = 1e-13;

/// State after some steps, by the names of the variables.
Stepper run(const std::string& equations, const std::string& method,
            const std::map<std::string, double>& start, int steps) {
  Stepper stepper(compile({equations, "", "", "", method}, names), names, dt);
  for (const auto& [name, value] : start) stepper[name] = value;
  for (int k = 0; k < steps; ++k) stepper.step();
  return stepper;
}

/// What the noise number `draw` adds up to over a step: the key of the stepper is zero.
double increment(std::uint32_t draw, std::uint64_t step) {
  return std::sqrt(dt) * normal(random_words({}, 0, draw, step));
}

}  // namespace

// Section 6.6 of the specification.
TEST_CASE("heun gives every noise a support of its own") {
  const std::string pair = "dx/dt = mu*x*y + s*x*xi_1 + s*y*xi_2 : 1\ndy/dt = -mu*y + s*x*y*xi_2 : 1";
  Stepper stepper = run(pair, "heun", {{"x", 0.7}, {"y", 0.4}}, 1);
  const double x = 0.7, y = 0.4, m = 20, s = 3, w1 = increment(0, 0), w2 = increment(1, 0);
  const double x1 = x + s * x * w1, x2 = x + s * y * w2, y2 = y + s * x * y * w2;
  CHECK(stepper["x"] ==
        Approx(x + dt * m * x * y + w1 / 2 * (s * x + s * x1) + w2 / 2 * (s * y + s * y2)).epsilon(tight));
  CHECK(stepper["y"] == Approx(y - dt * m * y + w2 / 2 * (s * x * y + s * x2 * y2)).epsilon(tight));
  check_golden("shared_noise_heun.kernel", print(*compile({pair, "", "", "", "heun"}, names).update));
}

TEST_CASE("milstein corrects for the change of the factor along the noise") {
  Stepper stepper = run("dv/dt = mu*v + s*v*xi : 1", "milstein", {{"v", 0.7}}, 2);
  double v = 0.7;
  for (std::uint64_t k = 0; k < 2; ++k) {
    const double w = increment(0, k), support = v + dt * 20 * v + std::sqrt(dt) * 3 * v;
    v += dt * 20 * v + 3 * v * w + (3 * support - 3 * v) * w * w / (2 * std::sqrt(dt));
  }
  CHECK(stepper["v"] == Approx(v).epsilon(tight));
}

TEST_CASE("gotcha 11: pure noise is the same for all methods that are given the same numbers") {
  const std::string model = "dv/dt = s*xi : 1";
  double sum = 0;
  for (std::uint64_t k = 0; k < 4; ++k) sum += 3 * increment(0, k);
  for (const char* method : {"euler", "heun", "milstein", "x_new = x + g(x, t)*dW"}) {
    CAPTURE(method);
    CHECK(run(model, method, {}, 4)["v"] == Approx(sum).epsilon(tight));
  }
}

TEST_CASE("a method of one's own gives the numbers of the built-in one with the same lines") {
  const std::string model = "dv/dt = (sin(t/ms) - v*w)/tau : 1\ndw/dt = (v - w)/tau : 1";
  const std::map<std::string, double> start{{"v", 0.5}, {"w", 2}};
  for (const Method& method : methods()) {
    if (method.solver != Solver::stages) continue;
    CAPTURE(method.name);
    const std::string name(method.name), lines(method.text);
    CHECK(run(model, name, start, 3)["v"] == run(model, lines, start, 3)["v"]);
    CHECK(compile({model, "", "", "", lines}, names).method == "custom");
  }
}

TEST_CASE("the lines of a method may be written in many ways") {
  const std::string model = "dv/dt = -v*v/tau + s*v*xi_a + 0.5*s*xi_b : 1";
  const double expected = run(model, "heun", {{"v", 0.5}}, 3)["v"];
  for (const char* lines :
       {"k = dt*f(x, t)\nq = g(x, t)*dW\nx_support = x + q\n"
        "x_new = x + k + 0.5*(q + g(x_support, t + dt)*dW)",
        "x_support = x + g(x, t)*dW; x_new = (2*x + 2*dt*f(x, t) + dW*(g(x, t) + g(x_support, t + dt)))/2",
        "noise = multiplicative\nx_support = x + g(x, t)*dW  # of each noise\n"
        "x_new = dt*f(x, t) + (x_support + x + dW*g(x_support, t + dt))/2"}) {
    CAPTURE(lines);
    CHECK(run(model, lines, {{"v", 0.5}}, 3)["v"] == Approx(expected).epsilon(tight));
  }
}

TEST_CASE("a method of one's own takes the noise that its lines integrate") {
  const auto refusal = [](const char* model, const char* lines) {
    return error_of({model, "", "", "", lines}, names);
  };
  const char* additive = "dv/dt = -v/tau + s*xi : 1";
  const char* multiplicative = "dv/dt = -v/tau + s*v*xi : 1";
  const char* two = "dv/dt = -v/tau + s*v*xi_a + s*xi_b : 1";
  const char* euler = "x_new = x + dt*f(x, t) + g(x, t)*dW";
  const char* heun_ito = "noise = multiplicative\nx_new = x + dt*f(x, t) + g(x, t)*dW";
  const char* stratonovich =
      "s = x + dt*f(x, t) + g(x, t)*dW\n"
      "x_new = x + dt*(f(x, t) + f(s, t + dt))/2 + dW*(g(x, t) + g(s, t + dt))/2";
  CHECK(refusal(additive, "x_new = x + dt*f(x, t)").find("it takes no noise") != std::string::npos);
  CHECK(refusal(additive, euler) == "");
  CHECK(refusal(multiplicative, euler).find("the method of your own cannot integrate this: it needs noise") !=
        std::string::npos);
  CHECK(refusal(multiplicative, heun_ito) == "");
  CHECK(refusal(multiplicative, stratonovich) == "");
  CHECK(refusal(two, stratonovich).find("there are `xi_a` and `xi_b`") != std::string::npos);
}

TEST_CASE("a mistake in a method is shown in its own text") {
  CHECK(error_of({"dv/dt = -v/tau : 1", "", "", "", "k = dt*f(x, t)\nx_new = x + k + l"}, names) ==
        "error[RV0201]: `l` is not defined\n"
        " --> method:2:17\n"
        "  |\n"
        "2 | x_new = x + k + l\n"
        "  |                 ^\n"
        "  |\n"
        "  = help: a line uses x, t, dt, f(x, t), of each noise g(x, t) and dW, and the names of lines "
        "before\n");
}
