#pragma once
#include <array>
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>

#include <ranvier/compiler/dimension.hpp>

namespace ranvier {

/// A number with its physical dimension in the type, stored in SI base units. Exponents in the order metre,
/// kilogram, second, ampere, kelvin, mole, candela. `281 * pF` is a Quantity; mixing dimensions does not
/// compile.
template <int L, int M, int T, int I, int K = 0, int N = 0, int J = 0>
class Quantity {
 public:
  constexpr explicit Quantity(double in_si) : value_(in_si) {}

  /// The value in SI base units.
  constexpr double si() const { return value_; }
  /// The value as a multiple of `unit`: `tau.in(ms)`.
  constexpr double in(Quantity unit) const { return value_ / unit.value_; }
  static constexpr Dimension dimension() { return {{L, M, T, I, K, N, J}}; }

  /// A dimensionless quantity is a number.
  constexpr operator double() const
    requires(L == 0 && M == 0 && T == 0 && I == 0 && K == 0 && N == 0 && J == 0)
  {
    return value_;
  }

  constexpr Quantity operator-() const { return Quantity(-value_); }
  constexpr Quantity operator+() const { return *this; }
  friend constexpr Quantity operator+(Quantity a, Quantity b) { return Quantity(a.value_ + b.value_); }
  friend constexpr Quantity operator-(Quantity a, Quantity b) { return Quantity(a.value_ - b.value_); }
  friend constexpr Quantity operator*(double a, Quantity b) { return Quantity(a * b.value_); }
  friend constexpr Quantity operator*(Quantity a, double b) { return Quantity(a.value_ * b); }
  friend constexpr Quantity operator/(Quantity a, double b) { return Quantity(a.value_ / b); }
  friend constexpr auto operator<=>(Quantity a, Quantity b) { return a.value_ <=> b.value_; }
  friend constexpr bool operator==(Quantity a, Quantity b) { return a.value_ == b.value_; }

 private:
  double value_;
};

template <int... A, int... B>
  requires(sizeof...(A) == 7 && sizeof...(B) == 7)
constexpr auto operator*(Quantity<A...> a, Quantity<B...> b) {
  return Quantity<(A + B)...>(a.si() * b.si());
}
template <int... A, int... B>
  requires(sizeof...(A) == 7 && sizeof...(B) == 7)
constexpr auto operator/(Quantity<A...> a, Quantity<B...> b) {
  return Quantity<(A - B)...>(a.si() / b.si());
}
template <int... A>
  requires(sizeof...(A) == 7)
constexpr auto operator/(double a, Quantity<A...> b) {
  return Quantity<(-A)...>(a / b.si());
}

using Length = Quantity<1, 0, 0, 0>;
using Area = Quantity<2, 0, 0, 0>;
using Time = Quantity<0, 0, 1, 0>;
using Frequency = Quantity<0, 0, -1, 0>;
using Current = Quantity<0, 0, 0, 1>;
using Voltage = Quantity<2, 1, -3, -1>;
using Resistance = Quantity<2, 1, -3, -2>;
using Resistivity = Quantity<3, 1, -3, -2>;
using Conductance = Quantity<-2, -1, 3, 2>;
using Capacitance = Quantity<-2, -1, 4, 2>;
using SpecificCapacitance = Quantity<-4, -1, 4, 2>;
using SpecificConductance = Quantity<-4, -1, 3, 2>;

/// A value whose dimension is known only at run time: parameters given by name. Remembers whether it was
/// written as an integer or a boolean, because that decides the type of expressions that use it.
struct AnyQuantity {
  enum class Kind : std::uint8_t { real, integer, boolean };

  double value = 0;  // SI base units
  Dimension dimension{};
  Kind kind = Kind::real;

  AnyQuantity() = default;
  AnyQuantity(double in_si, Dimension d) : value(in_si), dimension(d) {}
  template <int... A>
  AnyQuantity(Quantity<A...> q) : value(q.si()), dimension(Quantity<A...>::dimension()) {}
  AnyQuantity(std::floating_point auto number) : value(static_cast<double>(number)) {}
  AnyQuantity(std::same_as<bool> auto flag) : value(flag ? 1 : 0), kind(Kind::boolean) {}
  template <std::integral Int>
    requires(!std::same_as<Int, bool>)
  AnyQuantity(Int number) : value(static_cast<double>(number)), kind(Kind::integer) {}

  friend bool operator==(const AnyQuantity&, const AnyQuantity&) = default;
};

/// As a person writes it: "10 ms", "-65.6 mV", "3".
std::string to_string(const AnyQuantity& quantity);

}  // namespace ranvier
