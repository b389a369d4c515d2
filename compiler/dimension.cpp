#include <ranvier/compiler/dimension.hpp>

#include <cmath>
#include <optional>
#include <string_view>
#include <vector>

#include <ranvier/compiler/text.hpp>

namespace ranvier {
namespace {

constexpr double tolerance = 1e-9;

bool is_zero(double exponent) {
  return std::abs(exponent) < tolerance;
}

struct NamedDimension {
  std::string_view name;
  Dimension dimension;
};

// What people call dimensions, in order of preference. Names of rare units (weber, gray) are left out on
// purpose: "volt*second" says more.
constexpr NamedDimension derived_names[] = {
    {"volt", dimensions::volt},
    {"amp", dimensions::ampere},
    {"siemens", {{-2, -1, 3, 2, 0, 0, 0}}},
    {"farad", {{-2, -1, 4, 2, 0, 0, 0}}},
    {"ohm", {{2, 1, -3, -2, 0, 0, 0}}},
    {"coulomb", {{0, 0, 1, 1, 0, 0, 0}}},
    {"mmolar", {{-3, 0, 0, 0, 0, 1, 0}}},
    {"joule", {{2, 1, -2, 0, 0, 0, 0}}},
    {"watt", {{2, 1, -3, 0, 0, 0, 0}}},
    {"newton", {{1, 1, -2, 0, 0, 0, 0}}},
    {"pascal", {{-1, 1, -2, 0, 0, 0, 0}}},
};
constexpr std::string_view base_names[] = {"metre", "kilogram", "second", "amp", "kelvin", "mole", "candle"};
constexpr double powers[] = {1, -1, 2, -2, 3, -3, 0.5, -0.5};

struct Factor {
  std::string_view name;
  double exponent = 0;
};

/// A product of names to a power, and how hard it is to read.
struct Wording {
  std::array<Factor, 9> factors;  // at most two derived names and seven base names
  std::size_t count = 0;
  double cost = 0;

  void times(std::string_view name, double exponent) {
    factors[count++] = {name, exponent};
    cost += 1 + (exponent < 0 ? 0.25 : 0) + (std::abs(std::abs(exponent) - 1) < tolerance ? 0 : 0.5);
  }
};

Wording with_base_names(Wording wording, const Dimension& rest) {
  for (std::size_t k = 0; k < rest.exponents.size(); ++k)
    if (!is_zero(rest.exponents[k])) wording.times(base_names[k], rest.exponents[k]);
  return wording;
}

void keep_simpler(Wording& best, const Wording& other) {
  if (other.cost < best.cost - tolerance) best = other;
}

/// The simplest product of at most two derived names and any base names.
Wording simplest_wording(const Dimension& dimension) {
  Wording best = with_base_names({}, dimension);
  std::vector<std::pair<Wording, Dimension>> begun;
  for (const auto& [name, named] : derived_names)
    for (double power : powers) {
      Wording wording;
      wording.times(name, power);
      begun.emplace_back(wording, dimension / named.pow(power));
      keep_simpler(best, with_base_names(wording, begun.back().second));
    }
  for (const auto& [first, rest] : begun)
    for (const auto& [name, named] : derived_names)
      for (double power : powers) {
        if (first.cost + 1 >= best.cost) continue;
        Wording wording = first;
        wording.times(name, power);
        keep_simpler(best, with_base_names(wording, rest / named.pow(power)));
      }
  return best;
}

std::string spelled(const Factor& factor) {
  const double exponent = std::abs(factor.exponent);
  if (is_zero(exponent - 1)) return std::string(factor.name);
  const double rounded = std::round(exponent * 1e9) / 1e9;
  return text(factor.name, "**", rounded);
}

}  // namespace

bool Dimension::dimensionless() const {
  return *this == dimensions::one;
}

bool operator==(const Dimension& a, const Dimension& b) {
  for (std::size_t k = 0; k < a.exponents.size(); ++k)
    if (!is_zero(a.exponents[k] - b.exponents[k])) return false;
  return true;
}

Dimension operator*(const Dimension& a, const Dimension& b) {
  Dimension product;
  for (std::size_t k = 0; k < a.exponents.size(); ++k) product.exponents[k] = a.exponents[k] + b.exponents[k];
  return product;
}

Dimension operator/(const Dimension& a, const Dimension& b) {
  return a * b.pow(-1);
}

Dimension Dimension::pow(double exponent) const {
  Dimension power;
  for (std::size_t k = 0; k < exponents.size(); ++k) power.exponents[k] = exponents[k] * exponent;
  return power;
}

std::string to_string(const Dimension& dimension) {
  if (dimension.dimensionless()) return "1";
  if (dimension == dimensions::hertz) return "hertz";
  const Wording wording = simplest_wording(dimension);
  std::string above, below;
  for (std::size_t k = 0; k < wording.count; ++k) {
    const Factor& factor = wording.factors[k];
    if (factor.exponent > 0)
      above += (above.empty() ? "" : "*") + spelled(factor);
    else
      below += "/" + spelled(factor);
  }
  return (above.empty() ? "1" : above) + below;
}

}  // namespace ranvier
