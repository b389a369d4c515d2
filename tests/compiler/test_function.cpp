#include <doctest/doctest.h>

#include <cmath>
#include <type_traits>

#include <ranvier/compiler/function.hpp>
#include <ranvier/grammar/diagnostics.hpp>
#include <ranvier/grammar/print.hpp>

#include "tests/support/models.hpp"

using namespace ranvier;
using namespace ranvier::units;

namespace {

double square(double x) {
  return x * x;
}
double weighted(double x, double w, double n) noexcept {
  return x * w + n;
}

const Namespace names{
    {"square", Function(square)},
    {"rate", Function([](double v) { return 1000 * v; }, {.arguments = {{"v", volt}}, .unit = Hz})},
    {"mix", Function(weighted, {.arguments = {{"x", FunctionUnit::any()},
                                              {"w"},
                                              {"n", FunctionUnit::of("x"), ArgumentType::integer}},
                                .unit = FunctionUnit::of("x")})},
    {"pick", Function(weighted, {.arguments = {{"c", {}, ArgumentType::boolean},
                                               {"n", {}, ArgumentType::integer},
                                               {"x", {}, ArgumentType::real}},
                                 .type = ResultType::highest})},
    {"soft", Function::text("x/(1 + abs(x))", {{"x"}})},
    {"half", Function::text("0.5*x", {{"x", FunctionUnit::any()}})},
    {"shift", Function::text("v - Vr", {{"v", volt}})},
    {"Vr", -60 * mV},
    {"tau", 10 * ms}};

/// What is said about a group whose namespace is known from the start.
std::string error_of(const models::GroupStrings& strings, const Namespace& all) {
  try {
    compile_group(models::declare(strings, all), all);
  } catch (const ModelError& error) {
    return error.what();
  }
  return "";
}

/// What is said about an expression that a subexpression is given.
std::string said_of(const std::string& rhs, const std::string& unit = "1", const Namespace& all = names) {
  return error_of({.equations = "r = " + rhs + " : " + unit + "\nv : volt\nx : 1\nn : integer\nb : boolean"},
                  all);
}
bool says(const std::string& rhs, const std::string& words) {
  const std::string said = said_of(rhs);
  CAPTURE(said);
  return said.find(words) != std::string::npos;
}

/// The update of a group whose only equation is that v becomes an expression.
std::string kernel_of(const std::string& reset, const Namespace& all = names) {
  const models::GroupStrings strings{
      .equations = "v : volt\nx : 1\nn : integer", .threshold = "x > 1", .reset = reset};
  return print(*compile_group(models::declare(strings, all), all).reset);
}
bool holds(const std::string& text, const std::string& line) {
  CAPTURE(text);
  return text.find(line) != std::string::npos;
}

}  // namespace

static_assert(!std::is_constructible_v<Function, float (*)(float)>, "code takes and returns doubles");
static_assert(!std::is_constructible_v<Function, double>, "a number is no function");

TEST_CASE("a function says how it is declared") {
  CHECK(names.at("square").function()->declaration("square") == "square(x: 1) -> 1");
  CHECK(names.at("rate").function()->declaration("rate") == "rate(v: volt) -> hertz");
  CHECK(names.at("mix").function()->declaration("mix") ==
        "mix(x: any unit, w: 1, n: unit of x, integer) -> unit of x");
  CHECK(names.at("pick").function()->declaration("pick") ==
        "pick(c: boolean, n: integer, x: float) -> highest");
  CHECK(names.at("soft").function()->declaration("soft") == "soft(x: 1) = x/(1 + abs(x))");
}

TEST_CASE("code is called with as many doubles as it takes, up to eight") {
  const auto none = [] { return 7.0; };
  const auto eight = [](double a, double b, double c, double d, double e, double f, double g, double h) {
    return a + 10 * (b + 10 * (c + 10 * (d + 10 * (e + 10 * (f + 10 * (g + 10 * h))))));
  };
  CHECK(call(Function(none).code(), {}) == 7);
  const double x[] = {1, 2, 3, 4, 5, 6, 7, 8};
  CHECK(call(Function(eight).code(), x) == 87654321);
  CHECK(Function(eight).arguments().size() == 8);
}

TEST_CASE("what cannot be a function is refused where it is made") {
  const auto refused = [](FunctionOptions options) {
    CHECK_THROWS_AS(Function(square, options), NetworkError);
  };
  refused({.arguments = {{"x"}, {"y"}}});
  refused({.arguments = {{"2x"}}});
  refused({.arguments = {{"_x"}}});
  refused({.arguments = {{"mV"}}});
  refused({.arguments = {{"exp"}}});
  refused({.arguments = {{"x", FunctionUnit::of("y")}}});
  refused({.arguments = {{"x", FunctionUnit::of("x")}}});
  refused({.unit = FunctionUnit::any()});
  CHECK_THROWS_AS(Function::text("x + y", {{"x"}, {"x"}}), NetworkError);
  CHECK_THROWS_AS(Function::text("x +", {{"x"}}), ModelError);
  CHECK_THROWS_AS(Function::text("", {{"x"}}), ModelError);
}

TEST_CASE("what a function asks of units is checked, and its declaration shown") {
  CHECK(said_of("rate(v)", "Hz") == "");
  CHECK(says("rate(x)/Hz", "`rate` needs volt for `v`, but `x` is a number without unit"));
  CHECK(says("rate(x)/Hz", "it is declared `rate(v: volt) -> hertz`"));
  CHECK(says("rate(20)/Hz", "20*mV"));
  CHECK(said_of("mix(v, 2, 3*volt)", "volt").find("float") != std::string::npos);
  CHECK(says("mix(v, 2, n)/volt", "`mix` needs volt for `n`, like `x`, but `n` is a number without unit"));
  CHECK(said_of("mix(x, 2, n)") == "");
  CHECK(says("square(v)", "`square` needs a number without unit for `x`, but `v` is in volt"));
}

TEST_CASE("what a function asks of types is checked") {
  CHECK(said_of("pick(b, n, x)") == "");
  CHECK(said_of("pick(b, 1, n)") == "");
  CHECK(says("pick(x, n, x)", "`pick` needs a condition for `c`, but `x` is float"));
  CHECK(says("pick(b, x, x)", "`pick` needs an integer for `n`, but `x` is float"));
  CHECK(says("pick(b, n, b)", "`pick` needs a number for `x`, but `b` is boolean"));
  CHECK(error_of({.equations = "k = square(x) : integer\nx : 1"}, names).find("integer") !=
        std::string::npos);
}

TEST_CASE("wrong numbers of arguments, calls of constants and functions without a call are reported") {
  CHECK(says("square(x, x)", "`square` takes 1 argument, not 2"));
  CHECK(says("square(x, x)", "write `square(x)`"));
  CHECK(says("mix(x)", "write `mix(x, w, n)`"));
  CHECK(says("tau(x)", "`tau` is not a function and cannot be called"));
  CHECK(says("square*x", "`square` is a function"));
  CHECK(says("square*x", "call it: `square(x)`"));
  CHECK(says("sqare(x)", "did you mean `square`?"));
}

TEST_CASE("a variable hides a function of the namespace, which is said when it is called") {
  const std::string said = error_of({.equations = "rate : 1\nr = rate(2) : 1"}, names);
  CHECK(holds(said, "`rate` is not a function"));
  CHECK(holds(said, "the namespace has a function `rate`, but here a variable has the name"));
  const std::string local =
      error_of({.equations = "v : 1", .threshold = "v > 1", .reset = "rate = 2\nv = rate(3)"},
               {{"rate", Function(square)}});
  CHECK(holds(local, "cannot be written: it is a function of the namespace"));
}

TEST_CASE("a text is put in the place of its call") {
  CHECK(holds(kernel_of("x = soft(2*x)"), "store x = 2*x/(1 + abs(2*x))\n"));
  CHECK(holds(kernel_of("x = soft(soft(x))"), "store x = x/(1 + abs(x))/(1 + abs(x/(1 + abs(x))))\n"));
  CHECK(holds(kernel_of("v = half(shift(v))"), "store v = 0.5*(v - Vr)\n"));
  CHECK(holds(kernel_of("v = half(shift(v))"), "scalar Vr: float constant\n"));
}

TEST_CASE("code is called by an address that the kernel is given, values over time are loaded") {
  const std::string code = kernel_of("x = square(2*x) + pick(True, n, x)");
  CHECK(holds(code, "column _function_square: f64 external.square[code]\n"));
  CHECK(holds(code, "store x = _apply(_function_square, 2*x) + _apply(_function_pick, True, n, x)\n"));
  CHECK(holds(kernel_of("n = pick(True, n, 2)"), "store n = int(_apply(_function_pick, True, n, 2))\n"));
  const Namespace arrays{{"ta", TimedArray({1.0, 2.0}, 1 * ms)},
                         {"rows", TimedArray({{1.0, 2.0}, {3.0, 4.0}}, 1 * ms)}};
  const std::string one = kernel_of("x = ta(t)", arrays);
  CHECK(holds(one, "column _array_ta: f64 external.ta[computed]\n"));
  CHECK(holds(one, "scalar _array_ta_tick: float array_tick of ta\n"));
  CHECK(holds(one,
              "store x = _load(_array_ta, clip(int(int(t/_array_ta_tick + 0.5)/_array_ta_ticks), 0, "
              "_array_ta_last))\n"));
  CHECK(holds(kernel_of("x = rows(t, n)", arrays),
              "*(_array_rows_columns + 1) + (clip(n, -1, "
              "_array_rows_columns) + 1))\n"));
}

TEST_CASE("a text is checked with what it is given, and its mistakes point into it") {
  CHECK(said_of("half(v)", "volt") == "");
  CHECK(said_of("half(x)") == "");
  CHECK(says("half(v)", "`r` must be a number without unit, but this is in volt"));
  CHECK(says("soft(v)", "`soft` needs a number without unit for `x`"));
  const Namespace broken{{"f", Function::text("x + Vr", {{"x", FunctionUnit::any()}})},
                         {"g", Function::text("x + y", {{"x"}})},
                         {"Vr", 1 * mV}};
  const std::string said = said_of("f(x)", "1", broken);
  CHECK(holds(said, "function of (x)"));
  CHECK(holds(said_of("g(x)", "1", broken), "`y` is not defined"));
  CHECK(holds(said_of("g(x)", "1", broken), "pass anything else as an argument"));
  CHECK(holds(said, "cannot add volt to a number without unit"));
  CHECK(holds(said, "in this call of `f`"));
}

TEST_CASE("functions that call each other end, and those that call themselves are refused") {
  const Namespace circle{{"f", Function::text("g(x) + 1", {{"x"}})},
                         {"g", Function::text("2*f(x)", {{"x"}})}};
  CHECK(holds(said_of("f(x)", "1", circle), "[RV0230]"));
  CHECK(holds(said_of("f(x)", "1", circle), "`f` calls itself, directly or through others"));
  Namespace doubling{{"f0", Function::text("x + 1", {{"x"}})}};
  for (int k = 1; k < 60; ++k) {
    const std::string below = "f" + std::to_string(k - 1);
    doubling["f" + std::to_string(k)] = Function::text(below + "(x)*" + below + "(-x)", {{"x"}});
  }
  CHECK(said_of("f5(x)", "1", doubling) == "");
  CHECK(holds(said_of("f59(x)", "1", doubling), "has more than 200000 parts"));
}

TEST_CASE("a constant that a text uses may not mean something else where it is called") {
  const Namespace all{{"f", Function::text("gain*x", {{"x"}})}, {"gain", 3.0}};
  CHECK(said_of("f(x)", "1", all) == "");
  const std::string said = error_of({.equations = "gain : 1\nr = f(gain) : 1"}, all);
  CHECK(holds(said, "`f` uses the constant `gain`, but here `gain` is something else"));
  const Namespace nested{
      {"f", Function::text("gain*x", {{"x"}})}, {"g", Function::text("f(gain)", {{"gain"}})}, {"gain", 3.0}};
  CHECK(holds(said_of("g(x)", "1", nested), "`f` uses the constant `gain`"));
}

TEST_CASE("functions may be brought later") {
  CHECK_NOTHROW(models::declare({.equations = "r = own_rule(x, 2) : 1\nx : 1"}));
  CHECK(holds(said_of("epx(x)"), "did you mean `exp`?"));
  CHECK(holds(said_of("own_rule(x)"), "there is no function `own_rule`"));
}

TEST_CASE("a function that is not stateless makes exact refuse") {
  const FunctionOptions counted{.stateless = false};
  const Namespace all{
      {"f", Function(square, counted)}, {"g", Function::text("f(x)", {{"x"}})}, {"h", Function(square)}};
  const auto method = [&](const std::string& rhs) {
    return models::compile({.equations = "dv/dt = (" + rhs + " - v)/(10*ms) : 1"}, all).method;
  };
  CHECK(method("h(2)") == "exact");
  CHECK(method("f(2)") == "euler");
  CHECK(method("g(2)") == "euler");
  CHECK(holds(error_of({.equations = "dv/dt = (f(2) - v)/(10*ms) : 1", .method = "exact"}, all),
              "calls a function that is not stateless"));
}
