#pragma once
#include <string>
#include <variant>

#include <ranvier/compiler/quantity.hpp>

namespace ranvier {

/// An open cylinder; the mantle is the membrane. Of a sphere, length and diameter are equal.
struct Cylinder {
  Length length;
  Length diameter;
  friend bool operator==(const Cylinder&, const Cylinder&) = default;
};

/// Instead of an extent: the capacitance and the leak themselves.
struct Absolute {
  Capacitance cm;
  Conductance gl;
  friend bool operator==(const Absolute&, const Absolute&) = default;
};

using Geometry = std::variant<Absolute, Cylinder>;

/// Coupling through half of each of the two cylinders: the resistance from middle to middle.
struct HalfCylinders {};

/// Coupling through the whole of one of the two cylinders, which is named.
struct CylinderOf {
  std::string compartment;
};

/// How two compartments are coupled: by their shape, or by a conductance: 15*nS.
using Coupling = std::variant<HalfCylinders, CylinderOf, Conductance>;

}  // namespace ranvier
