#include <cmath>

#include <doctest/doctest.h>

#include "tests/compiler/stepper.hpp"
#include "tests/support/golden.hpp"
#include "tests/support/models.hpp"

using namespace ranvier;
using namespace ranvier::units;
using test::Stepper;

namespace {

GroupKernels compile(const std::string& equations, const std::string& method, const MethodOptions& options,
                     const std::string& threshold = "", const std::string& refractory = "") {
  return compile_group(declare_group({.name = "neurons",
                                      .equations = models::source("equations", equations),
                                      .threshold = models::source("threshold", threshold),
                                      .reset = nullptr,
                                      .refractory = models::source("refractory", refractory),
                                      .method = models::source("method", method),
                                      .limits = {},
                                      .method_options = options}),
                       {});
}

constexpr const char* forced = "dx/dt = (100*cos(100*t/second) - (x - sin(100*t/second))*5)/second : 1";
constexpr const char* van_der_pol = "dx/dt = y/second : 1\ndy/dt = (20*(1 - x**2)*y - x)/second : 1";

/// Distance from sin(100 t) after one step of 0.1 s.
double error_of(const char* method, const MethodOptions& options, Stepper** out = nullptr) {
  static std::vector<std::unique_ptr<Stepper>> kept;
  kept.push_back(std::make_unique<Stepper>(compile(forced, method, options), Namespace{}, 0.1));
  kept.back()->step();
  if (out) *out = kept.back().get();
  return std::fabs((*kept.back())["x"] - std::sin(10.0));
}

std::string refusal(const std::string& equations, const std::string& method, const MethodOptions& options) {
  try {
    compile(equations, method, options);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("an adaptive method in kernel text") {
  check_golden(
      "inner_steps.kernel",
      print(*compile("dx/dt = -x*y/second : 1 (unless refractory)\ndy/dt = (x - y)/second : 1",
                     "k = f(x, t)\nx_new = x + dt*f(x + dt*k/2, t + dt/2)\nx_error = x_new - x - dt*k",
                     {.absolute_error_per_variable = {{"y", 0.5}}, .save_step_count = true}, "x > 1", "2*ms")
                 .update));
}

TEST_CASE("gotcha 72: inside an adaptive method t is the inner time") {
  for (const char* method : {"rkf45", "dopri5", "gsl", "GSL_rkf45"}) {
    CAPTURE(method);
    CHECK(error_of(method, {}) < 2e-5);
    CHECK(error_of(method, {.absolute_error = 1e-11, .max_steps = 2000}) < 1e-9);
  }
}

TEST_CASE("the tolerance of a variable decides how many inner steps there are") {
  Stepper *coarse = nullptr, *fine = nullptr;
  error_of("dopri5", {.absolute_error_per_variable = {{"x", 1e-3}}, .save_step_count = true}, &coarse);
  error_of("dopri5", {.absolute_error_per_variable = {{"x", 1e-9}}, .save_step_count = true}, &fine);
  CHECK((*coarse)["_step_count"] >= 3);
  CHECK((*fine)["_step_count"] >= 5 * (*coarse)["_step_count"]);
  CHECK((*fine)["_failed"] == 0);
}

TEST_CASE("a step that cannot reach its tolerance says so") {
  Stepper* stepper = nullptr;
  error_of("rkf45", {.absolute_error = 1e-9, .max_steps = 3, .save_failed_steps = true}, &stepper);
  CHECK((*stepper)["_failed"] == 1);
  CHECK((*stepper)["_failed_steps"] >= 1);
  Stepper whole(compile("dx/dt = 1/(x - x)/second : 1", "rkf45", {}), {}, 0.1);
  whole.step();
  CHECK(whole["_failed"] == 1);  // not a number is no small error
}

TEST_CASE("with use_last_timestep a neuron begins where it left off") {
  const auto steps_in_vain = [](bool use) {
    Stepper stepper(compile(van_der_pol, "rkf45",
                            {.max_steps = 1000, .use_last_timestep = use, .save_failed_steps = true}),
                    {}, 0.2);
    stepper["x"] = 2;
    double total = 0;
    for (int k = 0; k < 100; ++k) stepper.step(), total += stepper["_failed_steps"];
    CHECK(stepper["_failed"] == 0);
    if (use) CHECK(stepper["_last_timestep"] < 0.2);
    return total;
  };
  CHECK(steps_in_vain(true) < 0.5 * steps_in_vain(false));
}

TEST_CASE("without adaptable_timestep there is one inner step, which must reach the tolerance") {
  Stepper good(compile(forced, "rkf45", {.absolute_error = 1e-6, .adaptable_timestep = false}), {}, 1e-3);
  good.step();
  CHECK(good["_failed"] == 0);
  CHECK(std::fabs(good["x"] - std::sin(0.1)) < 1e-8);
  Stepper bad(compile(forced, "rkf45", {.absolute_error = 1e-6, .adaptable_timestep = false}), {}, 0.1);
  bad.step();
  CHECK(bad["_failed"] == 1);
}

TEST_CASE("a clamped variable stands still in every inner step") {
  Stepper stepper(compile("dx/dt = y/second : 1 (unless refractory)\ndy/dt = (x - y)/second : 1", "dopri5",
                          {}, "x > 10", "10*second"),
                  {}, 0.5);
  stepper["not_refractory"] = 0, stepper["lastspike"] = 0;
  stepper["x"] = 2, stepper["y"] = 5;
  stepper.step();
  CHECK(stepper["x"] == 2);
  CHECK(stepper["y"] == doctest::Approx(2 + 3 * std::exp(-0.5)).epsilon(1e-6));
}

TEST_CASE("options that do not fit are refused by name") {
  const char* decay = "dv/dt = -v/second : volt\nu : 1";
  CHECK(refusal(decay, "rk4", {.absolute_error = 1e-3}) ==
        "method_options of 'neurons': `absolute_error` is an option of the adaptive methods: rkf45, dopri5, "
        "your "
        "own with `x_error`");
  CHECK(refusal(decay, "rkf45", {.absolute_error = -1.0}).find("absolute_error is -1; it must be above 0") !=
        std::string::npos);
  CHECK(refusal(decay, "rkf45", {.max_steps = 0}).find("max_steps is 0") != std::string::npos);
  CHECK(refusal(decay, "rkf45", {.absolute_error_per_variable = {{"u", 1.0}}})
            .find("names `u`, which has no differential equation") != std::string::npos);
  CHECK(refusal(decay, "rkf45", {.absolute_error_per_variable = {{"v", 1 * mA}}})
            .find("the tolerance of `v` is 1 mA, but the variable is in volt") != std::string::npos);
  CHECK(refusal(decay, "rkf45", {.absolute_error_per_variable = {{"v", 1 * mV}}}) == "");
  CHECK(refusal("dv/dt = -v*rand()/second : 1", "rkf45", {}).find("another at every evaluation") !=
        std::string::npos);
  CHECK(refusal("dv/dt = -v/second + xi/second**0.5 : 1", "rkf45", {}).find("it takes no noise") !=
        std::string::npos);
}
