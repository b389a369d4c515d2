#include <stdexcept>

#include <doctest/doctest.h>

#include <ranvier/compiler/kernel.hpp>

#include "tests/support/texts.hpp"

using namespace ranvier;
using texts::expression;

namespace {

Kernel sample() {
  Kernel kernel;
  kernel.name = "sample";
  kernel.columns = {{"v", Owner::self, "v", Storage::f64, Index::element, true},
                    {"n", Owner::target, "n", Storage::i32, Index::post, false},
                    {"b", Owner::self, "b", Storage::u8, Index::shared, false}};
  kernel.scalars = {{"t", ScalarKind::time, Type::real}, {"k", ScalarKind::constant, Type::integer}};
  kernel.propagators = {
      {"_M0", 2, {expression("-1/t"), expression("0"), expression("k"), expression("-k")}, false}};
  kernel.body = {{"x", Type::real, false, expression("v + k"), {}},
                 {"v", Type::real, true, expression("x"), expression("b")}};
  kernel.condition = expression("v > 1");
  kernel.on_event = {{"v", Type::real, true, expression("0.0"), {}}};
  return kernel;
}

}  // namespace

TEST_CASE("a kernel prints all that decides about its code") {
  CHECK(print(sample()) ==
        "elements sample\n"
        "column v: f64 self.v[element] written\n"
        "column n: i32 target.n[post]\n"
        "column b: u8 self.b[shared]\n"
        "scalar t: float time\n"
        "scalar k: integer constant\n"
        "propagator _M0: per element [-1/t, 0; k, -k]\n"
        "x: float = v + k\n"
        "store v = x if b\n"
        "where v > 1\n"
        "  store v = 0.0\n");
}

TEST_CASE("the name of a kernel is left out on demand") {
  Kernel other = sample();
  other.name = "other";
  CHECK(print(sample()) != print(other));
  CHECK(print(sample(), false) == print(other, false));
}

TEST_CASE("types inside a kernel follow the language") {
  KernelTypes types(sample());
  types.define("x", Type::real);
  const auto all_have = [&](Type type, const std::vector<std::string>& texts) {
    for (const std::string& text : texts) {
      CAPTURE(text);
      CHECK(to_string(types.of(expression(text))) == std::string(to_string(type)));
    }
  };
  all_have(Type::boolean, {"b", "n > v", "not b", "b and n > 1", "b == b"});
  all_have(Type::integer,
           {"n", "k", "_element + _pre + _post", "n + k", "n//k", "b + b", "-n", "-b", "n**2", "b**2",
            "abs(n)", "abs(b)", "clip(n, 0, 1)", "int(v)", "timestep(v, t)", "_poisson(v, 1)"});
  all_have(Type::real, {"v", "x", "n + v", "n/k", "n % 2.0", "b*v", "n**k", "n**-1", "v**2", "v//1",
                        "clip(n, 0, 1.5)", "floor(n)", "exp(n)", "_rand(0)", "_M0_P_0_1", "_M0_Q_1_1"});
}

TEST_CASE("a name that a kernel does not define is a bug, not a type") {
  const KernelTypes types(sample());
  CHECK_THROWS_AS(types.of(std::string("w")), std::logic_error);
  CHECK_THROWS_AS(types.of(std::string("_M0_P_0_2")), std::logic_error);
  CHECK_THROWS_AS(types.of(expression("nothing(v)")), std::logic_error);
}

TEST_CASE("names of propagator entries are taken apart") {
  const std::vector<Propagator> propagators{{"_M1", 12, {}, true}, {"_M10", 2, {}, true}};
  const auto entry = find_entry(propagators, "_M1_Q_3_11");
  REQUIRE(entry);
  CHECK(entry->propagator == 0);
  CHECK(entry->drift);
  CHECK(entry->row == 3);
  CHECK(entry->column == 11);
  REQUIRE(find_entry(propagators, "_M10_P_0_1"));
  CHECK(find_entry(propagators, "_M10_P_0_1")->propagator == 1);
  for (const char* other :
       {"_M1", "_M1_P_3", "_M1_P_3_12", "_M1_P_-1_0", "_M1_R_0_0", "_M1_P_0_0x", "_M2_P_0_0", "v"}) {
    CAPTURE(other);
    CHECK_FALSE(find_entry(propagators, other));
  }
}
