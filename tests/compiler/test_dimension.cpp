#include <cmath>

#include <doctest/doctest.h>

#include <ranvier/compiler/dimension.hpp>
#include <ranvier/compiler/unit_text.hpp>

using namespace ranvier;

namespace {

const Dimension siemens = dimensions::ampere / dimensions::volt;
const Dimension farad = dimensions::ampere * dimensions::second / dimensions::volt;

/// The dimension that a person reads back from a text.
Dimension read(const std::string& text) {
  Diagnostics diagnostics;
  const auto unit = parse_unit_text(text, {}, diagnostics);
  REQUIRE(unit.has_value());
  return unit->dimension;
}

}  // namespace

TEST_CASE("dimensions multiply by adding exponents") {
  CHECK(siemens * dimensions::volt == dimensions::ampere);
  CHECK(dimensions::one / dimensions::second == dimensions::hertz);
  CHECK_FALSE(dimensions::volt == dimensions::ampere);
  CHECK((dimensions::volt / dimensions::volt).dimensionless());
}

TEST_CASE("powers of powers are equal up to rounding") {
  CHECK(dimensions::metre.pow(0.1).pow(3) == dimensions::metre.pow(0.3));
  CHECK(dimensions::volt.pow(0.5).pow(2) == dimensions::volt);
  CHECK_FALSE(dimensions::metre.pow(0.3) == dimensions::metre.pow(0.3001));
}

TEST_CASE("dimensions are written with the units people use") {
  CHECK(to_string(dimensions::one) == "1");
  CHECK(to_string(dimensions::volt) == "volt");
  CHECK(to_string(dimensions::volt / dimensions::second) == "volt/second");
  CHECK(to_string(dimensions::ampere) == "amp");
  CHECK(to_string(dimensions::hertz) == "hertz");
  CHECK(to_string(siemens / dimensions::metre.pow(2)) == "siemens/metre**2");
  CHECK(to_string(farad / dimensions::metre.pow(2)) == "farad/metre**2");
  CHECK(to_string(dimensions::volt / dimensions::ampere) == "ohm");
  CHECK(to_string(dimensions::ampere / dimensions::second) == "amp/second");
  CHECK(to_string(dimensions::metre.pow(2)) == "metre**2");
  CHECK(to_string(dimensions::volt / dimensions::second.pow(0.5)) == "volt/second**0.5");
  CHECK(to_string(dimensions::volt.pow(-1)) == "1/volt");
  CHECK(to_string(dimensions::volt * dimensions::ampere) == "watt");
  CHECK(to_string(dimensions::volt.pow(2)) == "volt**2");
  CHECK(to_string(siemens / dimensions::second) == "siemens/second");
}

TEST_CASE("a written dimension reads back as itself") {
  for (int k = 0; k < 3000; ++k) {
    Dimension dimension;
    for (int base = 0, code = k * 7919; base < 7; ++base, code /= 5)
      dimension.exponents[static_cast<std::size_t>(base)] = (code % 5 - 2) * (base == 2 ? 0.5 : 1);
    CAPTURE(to_string(dimension));
    CHECK(read(to_string(dimension)) == dimension);
  }
}

TEST_CASE("exponents beyond all measure are still written") {
  const Dimension huge = dimensions::volt.pow(1e300).pow(1e300);
  CHECK_FALSE(to_string(huge).empty());
  CHECK_FALSE(huge.dimensionless());
}
