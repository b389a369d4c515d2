#include <cmath>
#include <numbers>

#include <doctest/doctest.h>

#include "tests/compiler/stepper.hpp"
#include "tests/support/models.hpp"

using namespace ranvier;
using namespace ranvier::units;
using doctest::Approx;
using models::compile;
using test::Stepper;

namespace {

constexpr double tight = 1e-13;

/// Value of `variable` after `steps` steps of 1 ms without a reset.
double after(const std::string& equations, const std::string& method,
             const std::map<std::string, double>& start, int steps, const std::string& variable,
             const Namespace& names = {}) {
  Stepper stepper(compile({equations, "", "", "", method}, names), names, 1e-3);
  for (const auto& [name, value] : start) stepper[name] = value;
  for (int k = 0; k < steps; ++k) stepper.step();
  return stepper[variable];
}

}  // namespace

// Vector A1 of the specification: numbers of the reference.
TEST_CASE("explicit methods give the reference's numbers on a nonlinear equation that depends on time") {
  const std::string equation = "dv/dt = (1.5 - v**2)/(10*ms) + sin(2*pi*100*Hz*t)*20*Hz : 1";
  struct Row {
    const char* method;
    double one, five;
  };
  for (const Row& row : {Row{"euler", 0.625, 1.026145014111689}, Row{"heun", 0.625, 1.026145014111689},
                         Row{"rk2", 0.6245397148874989, 0.9967731435998655},
                         Row{"rk4", 0.6243263528548394, 0.9974243793732889}}) {
    CAPTURE(row.method);
    CHECK(after(equation, row.method, {{"v", 0.5}}, 1, "v") == Approx(row.one).epsilon(tight));
    CHECK(after(equation, row.method, {{"v", 0.5}}, 5, "v") == Approx(row.five).epsilon(tight));
  }
}

// Vector A2.
TEST_CASE("exponential Euler gives the reference's numbers on two equations, each linear in its variable") {
  const std::string pair = "dv/dt = (1.5 - v*w)/(10*ms) : 1\ndw/dt = (v - w)/(20*ms) : 1";
  const std::map<std::string, double> start{{"v", 0.5}, {"w", 0.2}};
  CHECK(after(pair, "exponential_euler", start, 1, "v") == Approx(0.6386092868527129).epsilon(tight));
  CHECK(after(pair, "exponential_euler", start, 1, "w") == Approx(0.21463117264978582).epsilon(tight));
  CHECK(after(pair, "exponential_euler", start, 5, "v") == Approx(1.1465781704017313).epsilon(tight));
  CHECK(after(pair, "exponential_euler", start, 5, "w") == Approx(0.3287465871966453).epsilon(tight));
}

TEST_CASE("exponential Euler is defined where the coefficient is zero, and needs one for each variable") {
  const std::string equation = "dv/dt = (b - a*v)/ms : 1\na : 1\nb : 1";
  CHECK(after(equation, "exponential_euler", {{"a", 0}, {"b", 2}}, 3, "v") == Approx(6).epsilon(tight));
  CHECK(after("dv/dt = v**2/ms - v*v/ms + t/ms/second : 1", "exponential_euler", {}, 2, "v") ==
        Approx(1e-3).epsilon(tight));
  const auto refused = [](const char* text) {
    return models::error_of({text, "", "", "", "exponential_euler"}, {});
  };
  CHECK(refused("dv/dt = (v - v**3)/ms : 1").find("v**3 is a power of a variable") != std::string::npos);
  CHECK(refused("dv/dt = v*v/ms : 1").find("dv/dt is not linear in v: it multiplies v by v") !=
        std::string::npos);
  CHECK(refused("dv/dt = -v/ms + xi/ms**0.5 : 1").find("it takes no noise") != std::string::npos);
}

TEST_CASE("gotcha 8: all new values come from the old state") {
  const std::string swap = "dv/dt = w/ms : 1\ndw/dt = v/ms : 1";
  CHECK(after(swap, "euler", {{"v", 1}, {"w", 10}}, 1, "v") == 11);
  CHECK(after(swap, "euler", {{"v", 1}, {"w", 10}}, 1, "w") == 11);
}

// Vector A3.
TEST_CASE("exact gives the reference's numbers on a chain of two variables") {
  const std::string chain = "dv/dt = (g - v)/(10*ms) : 1\ndg/dt = -g/(5*ms) : 1";
  const std::map<std::string, double> start{{"v", 0.5}, {"g", 2}};
  CHECK(after(chain, "exact", start, 1, "v") == Approx(0.624632038933935).epsilon(tight));
  CHECK(after(chain, "exact", start, 1, "g") == Approx(1.6374615061559636).epsilon(tight));
  CHECK(after(chain, "exact", start, 5, "v") == Approx(0.7805677669386984).epsilon(tight));
  CHECK(after(chain, "exact", start, 5, "g") == Approx(0.7357588823428844).epsilon(tight));
}

TEST_CASE("exact solves what has no closed form with a division") {
  SUBCASE("equal time constants: v = t/tau exp(-t/tau)") {
    const std::string alpha = "dv/dt = (g - v)/tau : 1\ndg/dt = -g/tau : 1";
    CHECK(after(alpha, "exact", {{"g", 1}}, 10, "v", {{"tau", 5 * ms}}) ==
          Approx(2 * std::exp(-2.0)).epsilon(tight));
  }
  SUBCASE("an oscillator: v = cos(omega t)") {
    const std::string oscillator = "dv/dt = w : 1\ndw/dt = -omega**2*v : Hz";
    CHECK(after(oscillator, "exact", {{"v", 1}}, 100, "v", {{"omega", 50 * Hz}}) ==
          Approx(std::cos(5.0)).epsilon(1e-12));
  }
  SUBCASE("a constant right-hand side") {
    CHECK(after("dv/dt = 3*Hz : 1", "exact", {}, 10, "v") == Approx(0.03).epsilon(tight));
  }
  SUBCASE("a velocity that decays: v = w tau (1 - exp(-t/tau))") {
    const std::string drag = "dv/dt = w : 1\ndw/dt = -w/tau : Hz";
    CHECK(after(drag, "exact", {{"w", 2}}, 20, "v", {{"tau", 10 * ms}}) ==
          Approx(0.02 * (1 - std::exp(-2.0))).epsilon(tight));
  }
  SUBCASE("coefficients that are values of the neuron") {
    const std::string own = "dv/dt = (g - v)/tau : 1\ndg/dt = -g/tau : 1\ntau : second";
    CHECK(after(own, "exact", {{"g", 1}, {"tau", 5e-3}}, 10, "v") ==
          Approx(2 * std::exp(-2.0)).epsilon(tight));
  }
  SUBCASE("a drift that is a value of the neuron, in a coupled pair") {
    const std::string pair = "dv/dt = (g - v)/tau : 1\ndg/dt = (I - g)/tau : 1\nI : 1";
    CHECK(after(pair, "exact", {{"I", 2}}, 10, "g", {{"tau", 5 * ms}}) ==
          Approx(2 - 2 * std::exp(-2.0)).epsilon(tight));
    CHECK(after(pair, "exact", {{"I", 2}}, 10, "v", {{"tau", 5 * ms}}) ==
          Approx(2 - 6 * std::exp(-2.0)).epsilon(tight));
  }
}

// Vector A4.
TEST_CASE("refractory leaky neurons spike in the reference's steps") {
  struct Row {
    double current;
    std::vector<int> spikes;
  };
  for (const Row& row : {Row{1.2, {179}}, Row{1.5, {109, 238}}, Row{3, {40, 100, 160, 220, 280}}}) {
    CAPTURE(row.current);
    const Namespace names{{"I", row.current}};
    const auto kernels =
        compile({"dv/dt = (I - v)/(10*ms) : 1 (unless refractory)", "v > 1", "v = 0", "2*ms"}, names);
    CHECK(kernels.method == "exact");
    Stepper stepper(kernels, names, 1e-4);
    CHECK(stepper.spikes_until(300) == row.spikes);
  }
}

TEST_CASE("what is not clamped goes on, with the clamped variable held fixed") {
  const Namespace names{{"a", 0.5}, {"tau", 20 * ms}, {"tauw", 10 * ms}};
  const std::string equations = "dv/dt = (-v - w)/tau : 1 (unless refractory)\ndw/dt = (a*v - w)/tauw : 1";
  for (const std::string method : {"exact", "rk4"}) {
    CAPTURE(method);
    Stepper stepper(compile({equations, "v > 1", "v = 2", "100*ms", method}, names), names, 1e-3);
    stepper["v"] = 3;
    CHECK(stepper.step());
    const double w = stepper["w"];
    for (int k = 0; k < 10; ++k) CHECK_FALSE(stepper.step());
    CHECK(stepper["v"] == 2);
    // w' = (a*2 - w)/tauw over one time constant.
    CHECK(stepper["w"] == Approx(1 + (w - 1) * std::exp(-1.0)).epsilon(method == "exact" ? tight : 1e-6));
  }
}

// Appendix A11 and section 8.2: the interval between spikes, in steps, of a threshold that always holds.
TEST_CASE("a refractory period is truncated to steps, a condition ends it when it turns false") {
  struct Row {
    const char* refractory;
    int interval;
  };
  for (const Row& row :
       {Row{"2*ms", 20}, Row{"1.96*ms", 19}, Row{"2.06*ms", 20}, Row{"0.05*ms", 1}, Row{"0.15*ms", 1},
        Row{"0.2*ms", 2}, Row{"timestep(t - lastspike, dt) <= timestep(2*ms, dt)", 21},
        Row{"timestep(t - lastspike, dt) < timestep(2*ms, dt)", 20}}) {
    CAPTURE(row.refractory);
    Stepper stepper(compile({"", "True", "", row.refractory}), {}, 1e-4);
    CHECK(stepper.spikes_until(2 * row.interval + 1) == std::vector<int>{0, row.interval, 2 * row.interval});
  }
}

TEST_CASE("the order of convergence is that of the method") {
  const std::string equation = "dv/dt = -v**2/second : 1";  // v = 1/(1 + t)
  struct Row {
    const char* method;
    double order;
  };
  const auto error = [&](const char* method, int steps) {
    Stepper stepper(compile({equation, "", "", "", method}), {}, 1.0 / steps);
    stepper["v"] = 1;
    for (int k = 0; k < steps; ++k) stepper.step();
    return std::abs(stepper["v"] - 0.5);
  };
  for (const Row& row : {Row{"euler", 1}, Row{"rk2", 2}, Row{"rk4", 4}}) {
    CAPTURE(row.method);
    CHECK(std::log2(error(row.method, 16) / error(row.method, 32)) == Approx(row.order).epsilon(0.1));
  }
}
