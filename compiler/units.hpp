#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <ranvier/compiler/dimension.hpp>
#include <ranvier/compiler/quantity.hpp>

namespace ranvier {

/// A unit: its size in SI base units and its dimension.
struct Unit {
  double scale = 1;
  Dimension dimension{};
};

/// The unit that a name stands for inside an expression (`mV`, `nsiemens`, `umetre2`), generated from base
/// names, prefixes and exponents (semantics: unit names). Not found: nullopt.
std::optional<Unit> find_unit(std::string_view name);

/// What the name of a unit stands for, in full: "millivolt", "square micrometre", "femtolux".
std::string spoken_unit(std::string_view name);

/// True if the name may be used in the unit text of an equation (scale 1: `volt`, `siemens`, not `mV`).
bool is_base_unit_name(std::string_view name);

/// Every name that `find_unit` knows, sorted; for suggestions.
const std::vector<std::string>& unit_names();

/// Units of the C++ API, to be imported with `using namespace ranvier::units`: `281 * pF`, `10 * ms`.
namespace units {
inline constexpr Length metre{1}, mm{1e-3}, um{1e-6}, cm{1e-2};
inline constexpr Area um2{1e-12}, cm2{1e-4}, mm2{1e-6};
inline constexpr Time second{1}, ms{1e-3}, us{1e-6};
inline constexpr Frequency Hz{1}, kHz{1e3}, MHz{1e6};
inline constexpr Current amp{1}, mA{1e-3}, uA{1e-6}, nA{1e-9}, pA{1e-12};
inline constexpr Voltage volt{1}, mV{1e-3}, uV{1e-6};
inline constexpr Resistance ohm{1}, kohm{1e3}, Mohm{1e6}, Gohm{1e9};
inline constexpr Conductance siemens{1}, mS{1e-3}, uS{1e-6}, nS{1e-9}, pS{1e-12};
inline constexpr Capacitance farad{1}, uF{1e-6}, nF{1e-9}, pF{1e-12};
}  // namespace units

}  // namespace ranvier
