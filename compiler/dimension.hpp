#pragma once
#include <array>
#include <cstdint>
#include <string>

namespace ranvier {

/// Physical dimension: exponents of metre, kilogram, second, ampere, kelvin, mole, candela.
/// Exponents are doubles (sqrt and powers); equality allows 1e-9, so (m**0.1)**3 equals m**0.3.
struct Dimension {
  std::array<double, 7> exponents{};

  bool dimensionless() const;
  friend bool operator==(const Dimension& a, const Dimension& b);
  friend Dimension operator*(const Dimension& a, const Dimension& b);
  friend Dimension operator/(const Dimension& a, const Dimension& b);
  Dimension pow(double exponent) const;
};

namespace dimensions {
inline constexpr Dimension one{};
inline constexpr Dimension metre{{1, 0, 0, 0, 0, 0, 0}};
inline constexpr Dimension kilogram{{0, 1, 0, 0, 0, 0, 0}};
inline constexpr Dimension second{{0, 0, 1, 0, 0, 0, 0}};
inline constexpr Dimension ampere{{0, 0, 0, 1, 0, 0, 0}};
inline constexpr Dimension kelvin{{0, 0, 0, 0, 1, 0, 0}};
inline constexpr Dimension mole{{0, 0, 0, 0, 0, 1, 0}};
inline constexpr Dimension candela{{0, 0, 0, 0, 0, 0, 1}};
inline constexpr Dimension hertz{{0, 0, -1, 0, 0, 0, 0}};
inline constexpr Dimension volt{{2, 1, -3, -1, 0, 0, 0}};
}  // namespace dimensions

/// As a person writes it: "volt", "volt/second", "metre**2", "1" (named derived units where one fits).
std::string to_string(const Dimension& dimension);

}  // namespace ranvier
