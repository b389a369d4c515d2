#include <algorithm>
#include <cmath>

#include <ranvier/plot/axis_unit.hpp>

namespace ranvier::plot {
namespace {

struct Row {
  std::string_view symbol, name;
  Dimension dimension;  // exponents of metre, kilogram, second, ampere, kelvin, mole, candela
  bool automatic;       // takes a prefix without being asked
};

constexpr Row rows[] = {
    {"s", "second", {{0, 0, 1, 0, 0, 0, 0}}, true},    {"V", "volt", {{2, 1, -3, -1, 0, 0, 0}}, true},
    {"A", "amp", {{0, 0, 0, 1, 0, 0, 0}}, true},       {"A", "ampere", {{0, 0, 0, 1, 0, 0, 0}}, true},
    {"S", "siemens", {{-2, -1, 3, 2, 0, 0, 0}}, true}, {"F", "farad", {{-2, -1, 4, 2, 0, 0, 0}}, true},
    {"Ω", "ohm", {{2, 1, -3, -2, 0, 0, 0}}, true},     {"Hz", "hertz", {{0, 0, -1, 0, 0, 0, 0}}, false},
    {"C", "coulomb", {{0, 0, 1, 1, 0, 0, 0}}, true},   {"W", "watt", {{2, 1, -3, 0, 0, 0, 0}}, true},
    {"J", "joule", {{2, 1, -2, 0, 0, 0, 0}}, true},    {"m", "metre", {{1, 0, 0, 0, 0, 0, 0}}, true},
    {"m", "meter", {{1, 0, 0, 0, 0, 0, 0}}, true},     {"mol", "mole", {{0, 0, 0, 0, 0, 1, 0}}, true},
    {"K", "kelvin", {{0, 0, 0, 0, 1, 0, 0}}, false},
};

struct Prefix {
  std::string_view text, symbol;
  int power;
};

constexpr Prefix prefixes[] = {{"f", "f", -15}, {"p", "p", -12}, {"n", "n", -9}, {"u", "µ", -6},
                               {"µ", "µ", -6},  {"μ", "µ", -6},  {"m", "m", -3}, {"c", "c", -2},
                               {"", "", 0},     {"k", "k", 3},   {"M", "M", 6},  {"G", "G", 9}};

const Row* find_row(std::string_view word) {
  const auto* row =
      std::ranges::find_if(rows, [&](const Row& r) { return r.symbol == word || r.name == word; });
  return row == std::end(rows) ? nullptr : row;
}

AxisUnit build(const Row& row, const Prefix& prefix) {
  // Dividing by an exact power of ten gives the double nearest to 1e-3; pow(10, -3) need not.
  const double size = std::pow(10.0, std::abs(prefix.power));
  return {std::string(prefix.symbol) + std::string(row.symbol), prefix.power < 0 ? 1 / size : size,
          row.dimension, prefix.power != 0};
}

const Prefix& prefix_of_power(int power) {
  return *std::ranges::find(prefixes, power, &Prefix::power);
}

}  // namespace

AxisUnit axis_unit(std::string_view text) {
  if (text.empty() || text == "1") return {};
  if (const Row* row = find_row(text)) return build(*row, prefix_of_power(0));
  for (const Prefix& prefix : prefixes) {
    if (prefix.text.empty() || !text.starts_with(prefix.text)) continue;
    if (const Row* row = find_row(text.substr(prefix.text.size()))) return build(*row, prefix);
  }
  return {std::string(text), 1, std::nullopt, false};
}

std::optional<AxisUnit> unit_in_label(std::string_view label) {
  const std::size_t close = label.find_last_of(")]");
  const std::size_t open = label.substr(0, close).find_last_of("([");
  if (close == std::string_view::npos || open == std::string_view::npos) return std::nullopt;
  const AxisUnit unit = axis_unit(label.substr(open + 1, close - open - 1));
  if (!unit.dimension || unit.symbol.empty()) return std::nullopt;
  return unit;
}

bool compatible(const AxisUnit& a, const AxisUnit& b) {
  if (a.dimension && b.dimension) return a.dimension->exponents == b.dimension->exponents;
  return !a.dimension && !b.dimension && a.symbol == b.symbol;
}

AxisUnit with_prefix_for(const AxisUnit& unit, double largest) {
  const Row* row = unit.dimension ? find_row(unit.symbol) : nullptr;
  if (row == nullptr || !row->automatic || !(largest > 0)) return unit;
  // The small slack keeps 0.001 V, computed as 0.00099999..., in mV.
  const int power = 3 * static_cast<int>(std::floor(std::log10(largest * (1 + 1e-9)) / 3));
  return build(*row, prefix_of_power(std::clamp(power, -15, 9)));
}

}  // namespace ranvier::plot
