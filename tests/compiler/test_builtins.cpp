#include <cmath>
#include <set>

#include <doctest/doctest.h>

#include <ranvier/compiler/builtins.hpp>

using namespace ranvier;

TEST_CASE("the language has exactly the functions of its description") {
  const std::set<std::string_view> described = {
      "sin",  "cos",  "tan",   "sinh",  "cosh",     "tanh",   "arcsin", "arccos", "arctan",
      "exp",  "log",  "log10", "expm1", "log1p",    "exprel", "sqrt",   "abs",    "floor",
      "ceil", "sign", "clip",  "int",   "timestep", "rand",   "randn",  "poisson"};
  const std::set<std::string_view> extensions = {"min",     "max",  "round", "heaviside",
                                                 "arctan2", "log2", "erf",   "binomial"};
  std::set<std::string_view> known, ours;
  for (const Builtin& builtin : builtins()) (builtin.extension ? ours : known).insert(builtin.name);
  CHECK(known == described);
  CHECK(ours == extensions);
  CHECK(known.size() + ours.size() == builtins().size());
}

TEST_CASE("functions have the arity, type and state of their description") {
  const auto row = [](std::string_view name) { return *find_builtin(name); };
  CHECK(row("exp").arity == 1);
  CHECK(row("clip").arity == 3);
  CHECK(row("timestep").arity == 2);
  CHECK(row("rand").arity == 0);
  CHECK(row("sqrt").dimension == DimensionRule::root);
  CHECK(row("abs").dimension == DimensionRule::same);
  CHECK(row("sign").dimension == DimensionRule::any_to_one);
  CHECK(row("timestep").dimension == DimensionRule::times_to_one);
  CHECK(row("floor").type == TypeRule::real);
  CHECK(row("int").type == TypeRule::integer);
  CHECK(row("poisson").type == TypeRule::integer);
  CHECK(row("clip").type == TypeRule::highest);
  for (const Builtin& builtin : builtins()) {
    const bool random = builtin.name == "rand" || builtin.name == "randn" || builtin.name == "poisson" ||
                        builtin.name == "binomial";
    CHECK(builtin.stateless == !random);
  }
}

TEST_CASE("functions that other languages have are not found") {
  for (const char* name : {"maximum", "fmin", "trunc", "pow", "erfc", "atan2", ""})
    CHECK_FALSE(find_builtin(name));
}

TEST_CASE("pi, e and inf have their values") {
  REQUIRE(named_constants().size() == 3);
  CHECK(named_constants()[0].value == doctest::Approx(std::acos(-1.0)).epsilon(1e-15));
  CHECK(named_constants()[1].value == doctest::Approx(std::exp(1.0)).epsilon(1e-15));
  CHECK(std::isinf(named_constants()[2].value));
}
