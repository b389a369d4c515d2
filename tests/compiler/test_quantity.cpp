#include <limits>

#include <doctest/doctest.h>

#include <ranvier/compiler/units.hpp>

using namespace ranvier;
using namespace ranvier::units;

TEST_CASE("quantities are written with the prefix a person would choose") {
  CHECK(to_string(AnyQuantity(10 * ms)) == "10 ms");
  CHECK(to_string(AnyQuantity(-65.6 * mV)) == "-65.6 mV");
  CHECK(to_string(AnyQuantity(281 * pF)) == "281 pF");
  CHECK(to_string(AnyQuantity(30 * nS)) == "30 nS");
  CHECK(to_string(AnyQuantity(0.1 * ms)) == "100 us");
  CHECK(to_string(AnyQuantity(90 * Hz)) == "90 Hz");
  CHECK(to_string(AnyQuantity(2.5 * kHz)) == "2.5 kHz");
  CHECK(to_string(AnyQuantity(100 * Mohm)) == "100 Mohm");
  CHECK(to_string(AnyQuantity(1500 * second)) == "1500 second");
  CHECK(to_string(AnyQuantity(1.5 * volt)) == "1.5 volt");
  CHECK(to_string(AnyQuantity(0 * mV)) == "0 volt");
  CHECK(to_string(AnyQuantity(20000 * um2)) == "20000 um2");
}

TEST_CASE("quantities of compound dimension are written in base units") {
  CHECK(to_string(AnyQuantity(1 * uF / cm2)) == "0.01 farad/metre**2");
  CHECK(to_string(AnyQuantity(2 * mV / ms)) == "2 volt/second");
}

TEST_CASE("numbers keep the kind they were written in") {
  CHECK(to_string(AnyQuantity(3)) == "3");
  CHECK(to_string(AnyQuantity(0.25)) == "0.25");
  CHECK(to_string(AnyQuantity(true)) == "True");
  CHECK(AnyQuantity(3).kind == AnyQuantity::Kind::integer);
  CHECK(AnyQuantity(3.0).kind == AnyQuantity::Kind::real);
  CHECK(AnyQuantity(ms / ms).dimension.dimensionless());
}

TEST_CASE("quantities that are no finite number are still written") {
  CHECK(to_string(AnyQuantity(std::numeric_limits<double>::infinity() * volt)) == "inf volt");
  CHECK(to_string(AnyQuantity(1e-30 * volt)) == "1e-15 fvolt");
}
