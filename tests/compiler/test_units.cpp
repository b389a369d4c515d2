#include <algorithm>

#include <doctest/doctest.h>

#include <ranvier/compiler/unit_text.hpp>
#include <ranvier/compiler/units.hpp>

using namespace ranvier;

namespace {

Unit unit(std::string_view name) {
  CAPTURE(name);
  const auto found = find_unit(name);
  REQUIRE(found.has_value());
  return *found;
}

DeclaredUnit read(const std::string& text) {
  CAPTURE(text);
  Diagnostics diagnostics;
  const auto found = parse_unit_text(text, {}, diagnostics);
  REQUIRE(found.has_value());
  return *found;
}

/// The one diagnostic of a unit text that is refused.
Diagnostic refused(const std::string& text) {
  CAPTURE(text);
  const auto source = make_source("equations", text);
  const Place place{source, {0, static_cast<std::uint32_t>(text.size())}};
  Diagnostics diagnostics;
  parse_unit_text(text, place, diagnostics);
  REQUIRE(diagnostics.all().size() == 1);
  return diagnostics.all()[0];
}

std::string fix_of(const std::string& text) {
  const Diagnostic problem = refused(text);
  return problem.fixes.empty() ? "" : problem.fixes[0].replacement;
}

}  // namespace

TEST_CASE("units have the size of their prefix to the power of their suffix") {
  CHECK(unit("mV").scale == 1e-3);
  CHECK(unit("nsiemens").scale == 1e-9);
  CHECK(unit("umetre2").scale == 1e-12);
  CHECK(unit("um3").scale == 1e-18);
  CHECK(unit("cm2").scale == 1e-4);
  CHECK(unit("gram").scale == 1e-3);
  CHECK(unit("kgram").scale == 1);
  CHECK(unit("molar").scale == 1e3);
  CHECK(unit("mmolar").scale == 1);
  CHECK(unit("litre").scale == 1e-3);
  CHECK(unit("daliter").scale == 1e-2);
  CHECK(unit("Ysecond").scale == 1e24);
}

TEST_CASE("units have the dimension of their base") {
  CHECK(unit("Mohm").dimension == dimensions::volt / dimensions::ampere);
  CHECK(unit("nS").dimension == dimensions::ampere / dimensions::volt);
  CHECK(unit("mS").dimension == unit("siemens").dimension);
  CHECK(unit("pfarad2").dimension == unit("farad").dimension.pow(2));
  CHECK(unit("becquerel").dimension == dimensions::hertz);
  CHECK(unit("katal").dimension == dimensions::mole / dimensions::second);
  CHECK(unit("radian").dimension.dimensionless());
  CHECK(unit("joule").dimension == unit("watt").dimension * dimensions::second);
  CHECK(unit("weber").dimension == dimensions::volt * dimensions::second);
  CHECK(unit("tesla").dimension == unit("weber").dimension / dimensions::metre.pow(2));
}

TEST_CASE("the language knows the 1710 unit names of the reference and three more") {
  CHECK(unit_names().size() == 1713);
  CHECK(std::is_sorted(unit_names().begin(), unit_names().end()));
  CHECK(std::adjacent_find(unit_names().begin(), unit_names().end()) == unit_names().end());
  for (const char* added : {"mS", "pS", "uV"}) CHECK(find_unit(added));
}

TEST_CASE("names that no unit has are not found") {
  for (const char* name : {"V", "A", "s", "nm", "km", "mF", "mHz", "fF", "cmetre", "kkelvin", "mkilogram",
                           "litre2", "candela", "celsius", "metre4", "", "2", "mmV"}) {
    CAPTURE(name);
    CHECK_FALSE(find_unit(name));
  }
}

TEST_CASE("only unscaled units declare equations") {
  for (const char* name : {"volt", "amp", "ampere", "candle", "lux", "Hz", "kilogramme", "kgram", "klitre",
                           "mM", "mol", "ohm", "steradian", "weber"})
    CHECK(is_base_unit_name(name));
  for (const char* name : {"mV", "cm", "gram", "molar", "metre2", "mliter", "candela", "boolean"})
    CHECK_FALSE(is_base_unit_name(name));
}

TEST_CASE("units of the C++ interface agree with those of the strings") {
  using namespace ranvier::units;
  const std::pair<const char*, AnyQuantity> both[] = {
      {"metre", metre}, {"mm", mm},           {"um", um}, {"cm", cm},   {"um2", um2},   {"cm2", cm2},
      {"mm2", mm2},     {"second", second},   {"ms", ms}, {"us", us},   {"Hz", Hz},     {"kHz", kHz},
      {"MHz", MHz},     {"amp", amp},         {"mA", mA}, {"uA", uA},   {"nA", nA},     {"pA", pA},
      {"volt", volt},   {"mV", mV},           {"uV", uV}, {"ohm", ohm}, {"kohm", kohm}, {"Mohm", Mohm},
      {"Gohm", Gohm},   {"siemens", siemens}, {"mS", mS}, {"uS", uS},   {"nS", nS},     {"pS", pS},
      {"farad", farad}, {"uF", uF},           {"nF", nF}, {"pF", pF}};
  for (const auto& [name, quantity] : both) {
    CAPTURE(name);
    CHECK(unit(name).scale == quantity.value);
    CHECK(unit(name).dimension == quantity.dimension);
  }
}

TEST_CASE("unit texts are products of unscaled units") {
  CHECK(read("volt").dimension == dimensions::volt);
  CHECK(read("siemens/meter**2").dimension == unit("siemens").dimension / dimensions::metre.pow(2));
  CHECK(read("siemens*meter**-2").dimension == read("siemens/metre**2").dimension);
  CHECK(read("1/second").dimension == dimensions::hertz);
  CHECK(read("volt**0.5").dimension == dimensions::volt.pow(0.5));
  CHECK(read("volt ** -0.5 * second").dimension == dimensions::second / dimensions::volt.pow(0.5));
  CHECK(read("1").dimension.dimensionless());
  CHECK(read("boolean").type == Type::boolean);
  CHECK(read("integer").type == Type::integer);
  CHECK(read("1").type == Type::real);
}

TEST_CASE("a scaled unit is answered with the unscaled one") {
  CHECK(refused("mV").code == DiagnosticCode::scaled_unit);
  CHECK(fix_of("mV") == "volt");
  CHECK(fix_of("cm") == "metre");
  CHECK(fix_of("uF") == "farad");
  CHECK(fix_of("gram") == "kilogram");
  CHECK(fix_of("molar") == "mmolar");
  CHECK(fix_of("mliter") == "metre**3");
  CHECK(fix_of("um2") == "metre**2");
  CHECK(fix_of("mgray") == "gray");
}

TEST_CASE("other spellings of units are answered with the right one") {
  CHECK(refused("metre2").code == DiagnosticCode::unknown_unit);
  CHECK(fix_of("metre2") == "metre**2");
  CHECK(fix_of("bool") == "boolean");
  CHECK(fix_of("int") == "integer");
  CHECK(fix_of("float") == "1");
  CHECK(fix_of("1.0") == "1");
  CHECK(fix_of("candela") == "candle");
  CHECK(fix_of("volts") == "volt");
  CHECK(fix_of("V") == "volt");
  CHECK(fix_of("msec") == "second");
}

TEST_CASE("a unit that is only written wrongly still counts, so that one mistake is reported once") {
  Diagnostics diagnostics;
  CHECK(parse_unit_text("mV/msecond", {}, diagnostics)->dimension == dimensions::volt / dimensions::second);
  CHECK(parse_unit_text("metre2", {}, diagnostics)->dimension == dimensions::metre.pow(2));
  CHECK(parse_unit_text("bool", {}, diagnostics)->type == Type::boolean);
  CHECK_FALSE(parse_unit_text("foo", {}, diagnostics).has_value());
  CHECK(diagnostics.all().size() == 5);
}

TEST_CASE("what cannot be a unit is refused at its place") {
  const Diagnostic inside = refused("amp/foot**2");
  CHECK(inside.place.span == Span{4, 8});
  for (const char* text :
       {"1*volt", "volt*2", "2/second", "boolean*volt", "volt*", "volt**", "volt**x", "volt**-", "volt^2",
        "(volt)", "volt**1.2.3", "volt**1e400", "", "*", "volt//second"}) {
    CAPTURE(text);
    CHECK(refused(text).code == DiagnosticCode::unknown_unit);
  }
  CHECK(refused("volt volt").code == DiagnosticCode::implicit_product);
}
