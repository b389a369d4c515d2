#include <doctest/doctest.h>

#include <cmath>

#include "tests/oracle/compiled.hpp"
#include "tests/oracle/muparser_oracle.hpp"
#include "tests/oracle/writer.hpp"

using namespace ranvier;
using namespace ranvier::oracle;

namespace {

struct Row {
  const char* text;
  double expected;
};

// From the definition of the language, its sections on expressions, types and functions and its list of
// vectors; x = -5.5, y = 0.25, n = 7, b is true, c is false, and the constants a = 2.5 and k = -3.
const Row rows[] = {{"-2**2", -4},
                    {"2**-1", 0.5},
                    {"2**3**2", 512},
                    {"7 - 2 - 3", 2},
                    {"not n == 7", 0},
                    {"not b == c", 1},
                    {"b or c and c", 1},
                    {"(b or c) and c", 0},
                    {"not c and c", 0},
                    {"1.e3", 1000},
                    {".5 + 5.", 5.5},
                    {"0x10", 16},
                    {"0b101 + 0o17", 20},
                    {"1_000", 1000},
                    {"1.5E-3", 0.0015},
                    {"-inf", -INFINITY},
                    {"3*(n > 0)", 3},
                    {"b*2.5", 2.5},
                    {"7//2*1.0", 3},
                    {"-7//2", -4},
                    {"-7 % 3", 2},
                    {"7 % -3", -2},
                    {"-5.5 % 2", 0.5},
                    {"x % 2", 0.5},
                    {"x // 2", -3},
                    {"n // k", -3},
                    {"n % k", -2},
                    {"k // 2", -2},
                    {"n/2", 3.5},
                    {"n//2", 3},
                    {"n // 0", 0},
                    {"n % 0", 0},
                    {"5//2.0", 2},
                    {"n**2", 49},
                    {"n**-1", 1.0 / 7},
                    {"2**n", 128},
                    {"2**k", 0.125},
                    {"b + b", 2},
                    {"int(-1.7)", -1},
                    {"int(x)", -5},
                    {"int(b)", 1},
                    {"int(x > 0)", 0},
                    {"floor(-1.5)", -2},
                    {"ceil(-1.5)", -1},
                    {"clip(2, 3, 1)", 1},
                    {"clip(n, 0.5, 1.5)", 1.5},
                    {"clip(1, 0.5, 1.5)", 1},
                    {"abs(x)", 5.5},
                    {"abs(k)", 3},
                    {"abs(k)//2", 1},
                    {"abs(x)//2", 2},
                    {"sign(x)", -1},
                    {"sign(k) // 2", -1},
                    {"sign(0)", 0},
                    {"exprel(0)", 1},
                    {"exprel(1e-17)", 1},
                    {"exprel(718)", INFINITY},
                    {"sqrt(y)", 0.5},
                    {"cos(pi)", -1},
                    {"exp(0)", 1},
                    {"log(e)", 1},
                    {"log10(100)", 2},
                    {"expm1(0)", 0},
                    {"log1p(0)", 0},
                    {"arctan(0)", 0},
                    {"tanh(0)", 0},
                    {"cosh(0)", 1},
                    {"timestep(0.3*ms, 0.1*ms)", 3},
                    {"timestep(0.0999*ms, 0.1*ms)", 1},
                    {"timestep(0.09989*ms, 0.1*ms)", 0},
                    {"timestep(-0.05*ms, 0.1*ms)", 0},
                    {"timestep(5*ms, 2*ms)/2", 1},
                    {"-1 // -3.0", 0},
                    {"x == x and n != 0", 1}};

Inputs inputs() {
  return {std::vector<double>(elements, -5.5),
          std::vector<double>(elements, 0.25),
          std::vector<std::int32_t>(elements, 7),
          std::vector<std::uint8_t>(elements, 1),
          std::vector<std::uint8_t>(elements, 0),
          2.5,
          -3};
}

const BackendOptions back_ends[] = {{.name = "llvm"},
                                    {.name = "llvm", .lanes = 1},
                                    {.name = "llvm", .lanes = 2, .precise = true},
                                    {.name = "reference"}};

}  // namespace

TEST_CASE("every back end gives the numbers of the definition, from the text on") {
  for (const BackendOptions& options : back_ends) {
    CAPTURE(options.name);
    Compiler compiler(options);
    for (const Row& row : rows) compiler.add(row.text);
    const auto results = compiler.run(inputs());
    for (std::size_t k = 0; k < std::size(rows); ++k)
      for (const double found : results[k]) {
        CAPTURE(rows[k].text);
        CHECK(same_bits(found, rows[k].expected));
      }
  }
}

TEST_CASE("muParser gives the numbers of the definition") {
  MuParserOracle oracle(names());
  for (const Row& row : rows) {
    CAPTURE(row.text);
    oracle.read(row.text);
    const Value value = oracle.evaluate(
        {real(-5.5), real(0.25), real(2.5), integer(7), integer(-3), boolean(true), boolean(false)});
    CHECK(same_bits(as_real(value).real, row.expected));
  }
}
