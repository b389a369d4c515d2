#include <doctest/doctest.h>

#include <ranvier/tests/support/models.hpp>

using namespace ranvier;
using namespace ranvier::units;
using models::GroupStrings;

namespace {

using Codes = std::vector<std::string>;

/// The codes of what a group is warned of.
Codes warnings_of(const GroupStrings& strings) {
  Codes codes;
  const GroupKernels kernels =
      models::compile(strings, {{"tau", 10 * ms}, {"El", -70 * mV}, {"large", 3e9}, {"n0", 3}});
  for (const Diagnostic& warning : kernels.warnings) codes.push_back(code_name(warning.code));
  return codes;
}

Codes warnings_of(const std::string& expression) {
  return warnings_of(GroupStrings{"k : 1\nn : integer\nv : volt\nx = " + expression + " : 1"});
}

}  // namespace

TEST_CASE("a division by a literal zero is a warning") {
  CHECK(warnings_of("1/0") == Codes{"RV0421"});
  CHECK(warnings_of("k/(3 - 3)") == Codes{"RV0421"});
  CHECK(warnings_of("n % 0 + n // 0") == Codes{"RV0421", "RV0421"});
  CHECK(warnings_of("v/(0*mV)") == Codes{"RV0421"});
  CHECK(warnings_of("k/n0 + 0/3") == Codes{});
}

TEST_CASE("literals that combine to no finite number are a warning, once") {
  CHECK(warnings_of("exprel(800)") == Codes{"RV0422"});
  CHECK(warnings_of("k + 2*exp(1000) + 1") == Codes{"RV0422"});
  CHECK(warnings_of("log(-1)") == Codes{"RV0422"});
  CHECK(warnings_of("1e200*1e200") == Codes{"RV0422"});
  CHECK(warnings_of("inf - k + exp(-inf) + exp(700) + log(k)") == Codes{});
}

TEST_CASE("floats compared for equality are a warning, integers and whole numbers are not") {
  CHECK(warnings_of("int(v == El)") == Codes{"RV0423"});
  CHECK(warnings_of("int(k != 0.1)") == Codes{"RV0423"});
  CHECK(warnings_of("int(n == 3) + int(k == 0) + int(v != 0*mV) + int(k == 2)") == Codes{});
}

TEST_CASE("a number that a 32-bit variable cannot hold is a warning") {
  const auto reset = [](const char* code) {
    return warnings_of(GroupStrings{"n : integer\nk : 1", "k > 1", code});
  };
  CHECK(reset("n = 3000000000") == Codes{"RV0420"});
  CHECK(reset("n = 2147483647; k = 3000000000") == Codes{});
}

TEST_CASE("a refractory period that draws is a warning, a negative one an error") {
  CHECK(warnings_of({"k : 1", "k > 1", "", "(1 + rand())*ms"}) == Codes{"RV0621"});
  CHECK(warnings_of({"k : 1", "k > 1", "", "2*ms"}) == Codes{});
  CHECK(models::error_of({"k : 1", "k > 1", "", "-2*ms"}).find("RV0424") != std::string::npos);
}
