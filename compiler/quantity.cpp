#include <ranvier/compiler/quantity.hpp>

#include <cmath>
#include <cstdio>
#include <string_view>

#include <ranvier/compiler/units.hpp>

namespace ranvier {
namespace {

struct Display {
  Dimension dimension;
  std::string_view symbol;  // behind a prefix, where the language has that short name
  std::string_view name;
  bool large_prefixes;  // 5 kHz, but never 5 ks
};
constexpr Display displays[] = {
    {dimensions::second, "s", "second", false},
    {dimensions::hertz, "Hz", "hertz", true},
    {dimensions::volt, "V", "volt", true},
    {dimensions::ampere, "A", "amp", true},
    {{{-2, -1, 3, 2, 0, 0, 0}}, "S", "siemens", true},
    {{{-2, -1, 4, 2, 0, 0, 0}}, "F", "farad", true},
    {{{2, 1, -3, -2, 0, 0, 0}}, "ohm", "ohm", true},
    {dimensions::metre, "m", "metre", false},
    {{{0, 0, 1, 1, 0, 0, 0}}, "coulomb", "coulomb", true},
    {{{2, 1, -2, 0, 0, 0, 0}}, "joule", "joule", true},
    {{{2, 1, -3, 0, 0, 0, 0}}, "watt", "watt", true},
};
struct Prefix {
  std::string_view letter;
  double scale;
};
constexpr Prefix prefixes[] = {{"G", 1e9},  {"M", 1e6},  {"k", 1e3},   {"", 1},     {"m", 1e-3},
                               {"u", 1e-6}, {"n", 1e-9}, {"p", 1e-12}, {"f", 1e-15}};

/// Twelve digits: enough for what people write, too few to show the rounding of a scaled value.
std::string digits(double number) {
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "%.12g", number);
  return buffer;
}

std::string unit_name(const Display& display, const Prefix& prefix) {
  const std::string brief = std::string(prefix.letter) + std::string(display.symbol);
  const bool usual = find_unit(brief).has_value();  // Hz, mV, but no V
  return usual ? brief : std::string(prefix.letter) + std::string(display.name);
}

std::string with_prefix(double value, const Display& display) {
  const Prefix one{"", 1};
  const Prefix* chosen = &one;
  for (const Prefix& prefix : prefixes) {
    if (value == 0 || !std::isfinite(value)) break;
    if (prefix.scale > 1 && !display.large_prefixes) continue;
    chosen = &prefix;
    if (std::abs(value) >= prefix.scale * (1 - 1e-12)) break;
  }
  return digits(value / chosen->scale) + " " + unit_name(display, *chosen);
}

std::string area(double value) {
  if (value == 0 || std::abs(value) >= 1) return digits(value) + " metre**2";
  return std::abs(value) < 1e-6 ? digits(value / 1e-12) + " um2" : digits(value / 1e-4) + " cm2";
}

}  // namespace

std::string to_string(const AnyQuantity& quantity) {
  if (quantity.kind == AnyQuantity::Kind::boolean) return quantity.value != 0 ? "True" : "False";
  if (quantity.dimension.dimensionless()) return digits(quantity.value);
  for (const Display& display : displays)
    if (display.dimension == quantity.dimension) return with_prefix(quantity.value, display);
  if (quantity.dimension == dimensions::metre.pow(2)) return area(quantity.value);
  return digits(quantity.value) + " " + to_string(quantity.dimension);
}

}  // namespace ranvier
