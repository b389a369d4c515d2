#include <doctest/doctest.h>

#include <ranvier/compiler/quantity.hpp>
#include <ranvier/plot/axis_unit.hpp>
#include <ranvier/plot/scales.hpp>

using namespace ranvier;
using namespace ranvier::plot;

TEST_CASE("symbols and names of units mean the same") {
  CHECK(axis_unit("mV").scale == 1e-3);
  CHECK(axis_unit("mvolt").symbol == "mV");
  CHECK(axis_unit("volt").symbol == "V");
  CHECK(axis_unit("nS").dimension->exponents == Conductance::dimension().exponents);
  CHECK(axis_unit("ohm").dimension->exponents == Resistance::dimension().exponents);
  CHECK(axis_unit("pF").scale == 1e-12);
}

TEST_CASE("letters that are a prefix and a unit are told apart") {
  CHECK(axis_unit("m").symbol == "m");
  CHECK(axis_unit("ms").dimension->exponents == Time::dimension().exponents);
  CHECK(axis_unit("mS").dimension->exponents == Conductance::dimension().exponents);
  CHECK(axis_unit("us").symbol == "µs");
  CHECK(axis_unit("µs").scale == 1e-6);
}

TEST_CASE("a unit outside the table keeps its text and is never converted") {
  const AxisUnit unit = axis_unit("nS/um2");
  CHECK(unit.symbol == "nS/um2");
  CHECK(unit.scale == 1);
  CHECK_FALSE(unit.dimension.has_value());
  CHECK(compatible(unit, axis_unit("nS/um2")));
  CHECK_FALSE(compatible(unit, axis_unit("nS")));
}

TEST_CASE("numbers have no unit") {
  CHECK(axis_unit("1").symbol.empty());
  CHECK(compatible(axis_unit(""), axis_unit("1")));
  CHECK_FALSE(compatible(axis_unit(""), axis_unit("V")));
}

TEST_CASE("a bare unit takes the prefix that suits the values") {
  CHECK(with_prefix_for(axis_unit("V"), 0.0706).symbol == "mV");
  CHECK(with_prefix_for(axis_unit("siemens"), 2e-9).symbol == "nS");
  CHECK(with_prefix_for(axis_unit("V"), 1.2).symbol == "V");
  CHECK(with_prefix_for(axis_unit("s"), 1e-3).symbol == "ms");
  CHECK(with_prefix_for(axis_unit("V"), 0).symbol == "V");
  CHECK(with_prefix_for(axis_unit("Hz"), 5000).symbol == "Hz");
  CHECK(with_prefix_for(axis_unit("mV"), 1e-6).symbol == "mV");
}

TEST_CASE("the unit of a label is found in its last parentheses") {
  CHECK(unit_in_label("Time (s)")->symbol == "s");
  CHECK(unit_in_label("V (soma) [mV]")->symbol == "mV");
  CHECK_FALSE(unit_in_label("Time").has_value());
  CHECK_FALSE(unit_in_label("V (soma)").has_value());
  CHECK_FALSE(unit_in_label(")(").has_value());
  CHECK_FALSE(unit_in_label("()").has_value());
}

TEST_CASE("a label gets its unit unless it names one") {
  CHECK(with_unit("Membrane potential", axis_unit("mV")) == "Membrane potential (mV)");
  CHECK(with_unit("Membrane potential (mV)", axis_unit("mV")) == "Membrane potential (mV)");
  CHECK(with_unit("V (soma)", axis_unit("mV")) == "V (soma) (mV)");
  CHECK(with_unit("Neuron index", axis_unit("")) == "Neuron index");
  CHECK(with_unit("", axis_unit("nA")) == "nA");
}
