#include <doctest/doctest.h>

#include "tests/support/models.hpp"

using namespace ranvier;
using namespace ranvier::units;
using models::compile;
using models::error_of;

namespace {

const Namespace names{{"tau", 10 * ms},
                      {"tauw", 100 * ms},
                      {"a", 0.5},
                      {"g", 0.1},
                      {"c", 1 * Hz},
                      {"rate", 3 * Hz},
                      {"k", AnyQuantity(100, dimensions::hertz.pow(2))}};

std::string automatic(const std::string& equations) {
  return compile({equations}, names).method;
}

}  // namespace

// Each answer is that of the reference (Brian2 2.10) asked for exact and for these equations.
TEST_CASE("automatic choice takes exact where the reference does") {
  for (const char* solved :
       {"dv/dt = -v/tau : 1", "dv/dt = (a - v)/tau : 1", "dv/dt = (g - v)/tau : 1\ndg/dt = -g/tauw : 1",
        "dx/dt = (y - x)/tau : 1\ndy/dt = -y/tau : 1", "dv/dt = (v - a)*(v + a)/tau - v*v/tau - v/tau : 1",
        "dv/dt = -v*p/tau : 1\np : 1", "dv/dt = (-v - w)/tau : 1\ndw/dt = (a*v - w)/tauw : 1",
        "dv/dt = (w - v)/tau - v/tauw : 1\ndw/dt = (v - w)/tau - w/tauw : 1",
        "dv/dt = (g*(w - v) - v)/tau : 1\ndw/dt = (g*(v - w) - w)/tau : 1"}) {
    CAPTURE(solved);
    CHECK(automatic(solved) == "exact");
  }
  for (const char* left_to_euler :
       {"dv/dt = 1*Hz : 1", "dv/dt = w : 1\ndw/dt = -w/tau : Hz", "dv/dt = w : 1\ndw/dt = -k*v : Hz",
        "dv/dt = w : 1\ndw/dt = k*v : Hz", "dv/dt = w : 1\ndw/dt = -k*v - c*w : Hz",
        "dv/dt = (w - v)/tau : 1\ndw/dt = (v - w)/tau : 1",
        "dv/dt = (w - v)/tau : 1\ndw/dt = (v - w)/tauw : 1",
        "dv/dt = (-v - w)/tau : 1\ndw/dt = (v - w)/tau : 1",
        "dx/dt = (y - x)/tau : 1\ndy/dt = (z - y)/tau : 1\ndz/dt = (-x - z)/tau : 1",
        "dv/dt = -v/tau + randn()*Hz : 1", "dv/dt = -v/tau + sin(t*Hz)*Hz : 1", "dv/dt = -v**2/tau : 1"}) {
    CAPTURE(left_to_euler);
    CHECK(automatic(left_to_euler) == "euler");
  }
}

TEST_CASE("the reason says why a method was chosen") {
  CHECK(compile({"dv/dt = -v/tau : 1"}, names).reason ==
        "the equations are linear, with coefficients constant over a step");
  CHECK(compile({"dv/dt = -v**2/tau : 1"}, names).reason ==
        "exact is not possible: dv/dt is not linear: it multiplies v by v");
  CHECK(compile({"dv/dt = rate : 1"}, names).reason ==
        "Brian2 does not solve these linear equations exactly: dv/dt does not depend on v; ask for "
        "`exact` or `native` to have them solved");
  CHECK(compile({"dv/dt = -v/tau : 1", "", "", "", "rk4"}, names).reason == "it was asked for");
}

TEST_CASE("methods are known by name in any case, and exact by two names") {
  for (const char* name : {"exact", "linear", " Exact "})
    CHECK(compile({"dv/dt = rate : 1", "", "", "", name}, names).method == "exact");
  CHECK(compile({"dv/dt = -v/tau : 1", "", "", "", "RK4"}, names).method == "rk4");
}

TEST_CASE("a group without equations has no method") {
  CHECK(compile({"r : Hz", "rand() < r*dt"}).method == "");
}

TEST_CASE("exact refuses a nonlinear equation and says what is not linear in it") {
  CHECK(error_of({"dv/dt = -v/tau : 1\ndw/dt = (v - w*v)/tau : 1", "", "", "", "exact"}, names) ==
        "error[RV0502]: the method `exact` cannot integrate this: dw/dt is not linear: it multiplies v by w\n"
        " --> equations:2:9\n"
        "  |\n"
        "2 | dw/dt = (v - w*v)/tau : 1\n"
        "  |         ^^^^^^^^^^^^^\n"
        "  |\n"
        "  = help: use `euler`, or leave the method out\n"
        "  = help: write: euler\n");
  CHECK(error_of({"dv/dt = -exp(v)/tau : 1", "", "", "", "exact"}, names).find("  |          ^^^^^^\n") !=
        std::string::npos);
}

TEST_CASE("native takes exact wherever it is possible, and says where Brian2 would not") {
  const auto oscillator = compile({"dv/dt = w : 1\ndw/dt = -k*v : Hz", "", "", "", "Native"}, names);
  CHECK(oscillator.method == "exact");
  CHECK(oscillator.reason ==
        "the equations are linear, with coefficients constant over a step (Brian2 would take euler: dv/dt "
        "does not depend on v)");
  CHECK(compile({"dv/dt = rate : 1", "", "", "", "native"}, names).method == "exact");
  CHECK(compile({"dv/dt = -v**2/tau : 1", "", "", "", "native"}, names).method == "euler");
  CHECK(compile({"dv/dt = v*xi/tau**0.5 : 1", "", "", "", "native"}, names).method == "heun");
}

TEST_CASE("gotcha 13: the methods of a list are tried in order, and a refusal names every reason") {
  const std::string square = "dv/dt = -v**2/tau : 1";
  CHECK(compile({square, "", "", "", "exact, rk4, euler"}, names).method == "rk4");
  CHECK(compile({square, "", "", "", "exact, rk4"}, names).reason ==
        "it is the first of those asked for that is possible; `exact` is not: dv/dt is not linear: it "
        "multiplies v by v");
  CHECK(compile({"dv/dt = -v/tau : 1", "", "", "", "EXACT,euler"}, names).reason ==
        "it is the first that was asked for");
  const std::string none = error_of({"dv/dt = v*xi/tau**0.5 : 1", "", "", "", "exact, euler"}, names);
  CHECK(none.find("error[RV0503]: none of these methods can integrate the equations") == 0);
  CHECK(none.find("`exact`: it takes no noise, such as `xi` here") != std::string::npos);
  CHECK(none.find("`euler`: it needs noise with a factor that keeps its value") != std::string::npos);
  CHECK(error_of({square, "", "", "", "exact, eular"}, names).find("did you mean `euler`?") !=
        std::string::npos);
  CHECK(error_of({square, "", "", "", "exact,"}, names).find("a name") == std::string::npos);
  CHECK(
      error_of({square, "", "", "", "euler,"}, names).find("the name of an integration method is missing") !=
      std::string::npos);
}

TEST_CASE("gotcha 14: subexpressions are put in before the equations are judged") {
  CHECK(automatic("dv/dt = I/tau : 1\nI = a - v : 1") == "exact");
  CHECK(automatic("dv/dt = I/tau : 1\nI = a - v**2 : 1") == "euler");
}

TEST_CASE("an unknown method is refused with the nearest one") {
  const std::string misspelt = error_of({"dv/dt = -v/tau : 1", "", "", "", "eular"}, names);
  CHECK(misspelt.find("error[RV0501]: there is no integration method `eular`") == 0);
  CHECK(misspelt.find("did you mean `euler`?") != std::string::npos);
}

TEST_CASE("exact refuses more coupled variables than it can solve") {
  std::string ring;
  for (int k = 0; k < 65; ++k) {
    const std::string v = "v" + std::to_string(k), next = "v" + std::to_string((k + 1) % 65);
    ring += "d" + v + "/dt = (" + next + " - " + v + ")/tau : 1\n";
  }
  CHECK(automatic(ring) == "euler");
  CHECK(error_of({ring, "", "", "", "exact"}, names).find("at most 64 together can be solved exactly") !=
        std::string::npos);
}
