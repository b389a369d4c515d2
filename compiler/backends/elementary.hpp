#pragma once
#include <span>
#include <string_view>

namespace ranvier {

/// Functions that back ends write out in place (compiler/backends/exponential.hpp).
enum class Formula { none, exp, expm1, expm1_of_normal };

/// An elementary function, at one width of this machine: of SLEEF's deterministic families, or the formula.
struct ElementaryCode {
  const char* symbol = nullptr;   // nullptr: this CPU has none of this width
  const void* address = nullptr;  // of a function from `lanes` doubles to as many
};

/// A function gives the same bits at every width, so a result never depends on the SIMD width in use.
struct Elementary {
  std::string_view name;  // as in C: "exp", "asin", "pow"
  int arity = 1;
  ElementaryCode code[4];           // for 1, 2, 4 and 8 lanes
  ElementaryCode library{};         // the C library's, for one lane
  Formula formula = Formula::none;  // needs FMA; its code has one lane
};

/// All of them, at the widths of this CPU: with FMA the family "finz", without it "cinz".
std::span<const Elementary> elementary_functions();
/// The row of a name as C spells it, or nullptr.
const Elementary* find_elementary(std::string_view name);

/// Value of a function of one argument, by the same code as a lane of a kernel. Throws std::logic_error for
/// an unknown name.
using ElementaryFn = double (*)(double);
ElementaryFn scalar_elementary(std::string_view name);

/// True if the CPU multiplies and adds with one rounding.
bool has_fused_multiply_add();
/// The widest vector, in doubles, of this CPU: 8, 4 or 2; 1 on machines without a table.
int widest_lanes();

}  // namespace ranvier
