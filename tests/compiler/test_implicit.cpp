#include <cmath>

#include <doctest/doctest.h>

#include <ranvier/compiler/backends/backend.hpp>
#include <ranvier/compiler/builtins.hpp>
#include <ranvier/compiler/passes/differentiate.hpp>
#include <ranvier/grammar/print.hpp>

#include "tests/compiler/stepper.hpp"
#include "tests/support/models.hpp"
#include "tests/support/texts.hpp"

using namespace ranvier;
using namespace ranvier::units;
using doctest::Approx;
using models::compile;
using test::Stepper;

namespace {

/// d(text)/dx at x, y, z, written down and evaluated.
double slope(const std::string& text, double x, double y = 0.7, double z = 2.5) {
  const Expr derived = pass::derivative(texts::expression(text), "x", Scope{});
  return derived ? evaluate(derived, {{"x", x}, {"y", y}, {"z", z}}) : 0;
}
double difference(const std::string& text, double x, double y = 0.7, double z = 2.5) {
  const Expr expr = texts::expression(text);
  const auto at = [&](double place) { return evaluate(expr, {{"x", place}, {"y", y}, {"z", z}}); };
  const double h = 1e-5;
  return (8 * (at(x + h) - at(x - h)) - (at(x + 2 * h) - at(x - 2 * h))) / (12 * h);
}

}  // namespace

TEST_CASE("derivatives agree with differences") {
  for (const char* text : {"x",
                           "3",
                           "-x",
                           "x*y - y/x",
                           "x**3",
                           "x**y",
                           "y**x",
                           "x**2/(1 + x**2)",
                           "(x - y)*(x + y)",
                           "x % 0.3",
                           "exp(-x**2)*sin(3*x)",
                           "int(x > y)*x",
                           "x**0.5",
                           "2**-x",
                           "min(x**2, y)",
                           "max(x, y*x**2)",
                           "clip(x**2, 0.1, 0.2)",
                           "clip(y, x**2, z)",
                           "clip(z*2, 0, x)",
                           "arctan2(x, y)",
                           "arctan2(y, x**2)",
                           "abs(x - 1)**1.5"})
    for (const double x : {0.31, 0.44, 1.7}) {
      CAPTURE(text);
      CAPTURE(x);
      CHECK(slope(text, x) == Approx(difference(text, x)).epsilon(1e-7));
    }
}

TEST_CASE("every stateless built-in has a derivative for each argument, and it is right") {
  constexpr const char* arguments[] = {"x", "y", "z"};
  for (const Builtin& row : builtins()) {
    if (!row.stateless) continue;
    CAPTURE(row.name);
    for (int k = 0; k < row.arity; ++k) {
      std::string text(row.name);
      for (int j = 0; j < row.arity; ++j)
        text += (j == 0 ? "(" : ", ") + std::string(j == k ? "x" : arguments[j == 0 ? 1 : 2]);
      text += ")";
      CAPTURE(text);
      for (const double x : {0.21, 0.62}) CHECK(slope(text, x) == Approx(difference(text, x)).epsilon(1e-6));
    }
  }
  CHECK(slope("exprel(x)", 0) == Approx(0.5));
  CHECK(slope("exprel(x)", 0.0099999) == Approx(slope("exprel(x)", 0.0100001)).epsilon(1e-6));
}

TEST_CASE("a stiff relaxation stays near its solution where explicit methods explode") {
  // Prothero and Robinson: x = sin(t), approached a million times faster than it moves.
  const std::string stiff = "dx/dt = (cos(t/second) - 1e6*(x - sin(t/second)))/second : 1";
  const auto error = [&](const char* method, int steps) {
    Stepper stepper(compile({stiff, "", "", "", method}), {}, 1.0 / steps);
    stepper["x"] = 0.5;
    for (int k = 0; k < steps; ++k) stepper.step();
    return std::fabs(stepper["x"] - std::sin(1.0));
  };
  CHECK(error("backward_euler", 20) < 1e-6);
  CHECK(error("rosenbrock", 20) < 1e-3);
  CHECK_FALSE(error("rk4", 20) < 1e10);
}

TEST_CASE("L-stable methods forget a fast component in one step") {
  const std::string fast = "dx/dt = -1e8*x/second : 1";
  for (const char* method : {"backward_euler", "rosenbrock"}) {
    Stepper stepper(compile({fast, "", "", "", method}), {}, 1.0);
    stepper["x"] = 1;
    stepper.step();
    CHECK(std::fabs(stepper["x"]) < 1e-6);
  }
}

// Robertson's chemical reactions: Hairer and Wanner, Solving ordinary differential equations II, section
// IV.1.
TEST_CASE("Robertson's problem is solved, and nothing gets lost") {
  Stepper stepper(compile({"da/dt = (-0.04*a + 1e4*b*c)/second : 1\n"
                           "db/dt = (0.04*a - 1e4*b*c - 3e7*b**2)/second : 1\ndc/dt = 3e7*b**2/second : 1",
                           "", "", "", "rosenbrock"}),
                  {}, 2e-4);
  stepper["a"] = 1;
  for (int k = 0; k < 2000; ++k) stepper.step();
  CHECK(stepper["a"] == Approx(0.98517).epsilon(1e-4));
  CHECK(stepper["b"] == Approx(3.3864e-5).epsilon(1e-3));
  CHECK(stepper["a"] + stepper["b"] + stepper["c"] == Approx(1).epsilon(1e-12));
}

TEST_CASE("rows are exchanged where a pivot vanishes") {
  // 1 - dt J has a zero in its first place: dt = 1, J = [[1, 2, 0], [3, 0, 1], [0, 1, -1]].
  Stepper stepper(compile({"dx/dt = (x + 2*y)/second : 1\ndy/dt = (3*x + z)/second : 1\n"
                           "dz/dt = (y - z)/second : 1",
                           "", "", "", "backward_euler"}),
                  {}, 1.0);
  stepper["x"] = 1, stepper["y"] = -1, stepper["z"] = 2;
  stepper.step();
  // (1 - J) v = (1, -1, 2): -2 y = 1; -3 x + y - z = -1; -y + 2 z = 2.
  CHECK(stepper["y"] == Approx(-0.5).epsilon(1e-14));
  CHECK(stepper["z"] == Approx(0.75).epsilon(1e-14));
  CHECK(stepper["x"] == Approx((1 - 0.5 - 0.75) / 3).epsilon(1e-14));
}

TEST_CASE("implicit methods hold clamped variables, and refuse what they cannot differentiate") {
  Stepper stepper(compile({"dx/dt = (y - x)/second : 1 (unless refractory)\ndy/dt = (x - 2*y)/second : 1",
                           "x > 10", "", "100*second", "backward_euler"}),
                  {}, 0.5);
  stepper["not_refractory"] = 0, stepper["lastspike"] = 0;
  stepper["x"] = 1, stepper["y"] = 3;
  stepper.step();
  CHECK(stepper["x"] == 1);
  CHECK(stepper["y"] == Approx((3 + 0.5) / 2).epsilon(1e-14));

  const Namespace own{{"h", Function([](double x) { return x; })}};
  const std::string refusal = models::error_of({"dx/dt = -h(x)/second : 1", "", "", "", "rosenbrock"}, own);
  CHECK(refusal.find("the method `rosenbrock` cannot integrate this: `h` is code, without a derivative") !=
        std::string::npos);
  CHECK(models::error_of({"dx/dt = -x*h(t/second)/second : 1", "", "", "", "rosenbrock"}, own) == "");
  std::string ring;
  for (int k = 0; k < 17; ++k)
    ring += "dv" + std::to_string(k) + "/dt = (v" + std::to_string((k + 1) % 17) + " - v" +
            std::to_string(k) + ")/second : 1\n";
  CHECK(models::error_of({ring, "", "", "", "rosenbrock"}, {}).find("at most 16 together") !=
        std::string::npos);
}
