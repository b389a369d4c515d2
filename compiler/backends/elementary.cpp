#include <ranvier/compiler/backends/elementary.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <ranvier/compiler/backends/exponential.hpp>
#include <stdexcept>
#include <string>
#include <vector>

// Only the addresses are used here, so that no vector type of a wider CPU is needed to compile this file;
// sleef.h hides the declarations that the compiler's own target lacks.
#define RANVIER_ELEMENTARY_ONE(use)                                                                 \
  use(exp) use(expm1) use(log) use(log10) use(log1p) use(sin) use(cos) use(tan) use(asin) use(acos) \
      use(atan) use(sinh) use(cosh) use(tanh) use(log2) use(erf)
#define RANVIER_ELEMENTARY_TWO(use) use(pow) use(atan2)
#define RANVIER_ELEMENTARY(use) RANVIER_ELEMENTARY_ONE(use) RANVIER_ELEMENTARY_TWO(use)

#if defined(__x86_64__)
#define RANVIER_DECLARE(f)               \
  void Sleef_finz_##f##d1_u10purecfma(); \
  void Sleef_finz_##f##d2_u10avx2128();  \
  void Sleef_finz_##f##d4_u10avx2();     \
  void Sleef_finz_##f##d8_u10avx512f();  \
  void Sleef_cinz_##f##d2_u10sse2();     \
  void Sleef_cinz_##f##d4_u10avx();      \
  void Sleef_cinz_##f##d1_u10purec();
#else
#define RANVIER_DECLARE(f) void Sleef_cinz_##f##d1_u10purec();
#endif
extern "C" {
RANVIER_ELEMENTARY(RANVIER_DECLARE)
}

namespace ranvier {
namespace {

enum class Family { plain, sse2, avx, avx2, avx512 };

Family detect_family() {
#if defined(__x86_64__)
  __builtin_cpu_init();
  const bool fused = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  const bool wide = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
                    __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw");
  if (fused) return wide ? Family::avx512 : Family::avx2;
  return __builtin_cpu_supports("avx") ? Family::avx : Family::sse2;
#else
  return Family::plain;
#endif
}

Family family() {
  static const Family detected = detect_family();
  return detected;
}

#define RANVIER_CODE(symbol)                        \
  ElementaryCode {                                  \
    #symbol, reinterpret_cast<const void*>(&symbol) \
  }

#if defined(__x86_64__)
#define RANVIER_ROW(f)                                                                                     \
  if (family() >= Family::avx2)                                                                            \
    rows.push_back(                                                                                        \
        {#f,                                                                                               \
         1,                                                                                                \
         {RANVIER_CODE(Sleef_finz_##f##d1_u10purecfma), RANVIER_CODE(Sleef_finz_##f##d2_u10avx2128),       \
          RANVIER_CODE(Sleef_finz_##f##d4_u10avx2),                                                        \
          family() == Family::avx512 ? RANVIER_CODE(Sleef_finz_##f##d8_u10avx512f) : ElementaryCode{}}});  \
  else                                                                                                     \
    rows.push_back({#f,                                                                                    \
                    1,                                                                                     \
                    {RANVIER_CODE(Sleef_cinz_##f##d1_u10purec),                                            \
                     RANVIER_CODE(Sleef_cinz_##f##d2_u10sse2),                                             \
                     family() == Family::avx ? RANVIER_CODE(Sleef_cinz_##f##d4_u10avx) : ElementaryCode{}, \
                     {}}});
#else
#define RANVIER_ROW(f) rows.push_back({#f, 1, {RANVIER_CODE(Sleef_cinz_##f##d1_u10purec), {}, {}, {}}});
#endif

using One = double (*)(double);
using Two = double (*)(double, double);

const void* address_of(One function) {
  return reinterpret_cast<const void*>(function);
}
const void* address_of(Two function) {
  return reinterpret_cast<const void*>(function);
}

/// A name of our own: an optimiser that recognised the C library's would replace calls by others.
struct LibraryRow {
  std::string_view name;
  ElementaryCode code;
};
#define RANVIER_LIBRARY_ONE(f) {#f, {"ranvier_library_" #f, address_of(One(std::f))}},
#define RANVIER_LIBRARY_TWO(f) {#f, {"ranvier_library_" #f, address_of(Two(std::f))}},
const LibraryRow library_rows[] = {RANVIER_ELEMENTARY_ONE(RANVIER_LIBRARY_ONE)
                                       RANVIER_ELEMENTARY_TWO(RANVIER_LIBRARY_TWO)};

/// Numbers, as the formulas of exponentials need them.
struct Numbers {
  using Value = double;
  static double number(double x) { return x; }
  static double add(double x, double y) { return x + y; }
  static double subtract(double x, double y) { return x - y; }
  static double multiply(double x, double y) { return x * y; }
  static double fused(double x, double y, double z) { return std::fma(x, y, z); }
  static double clamp(double x, double low, double high) { return x < low ? low : x > high ? high : x; }
  static double unless_small(double x, double limit, double y) { return std::fabs(x) < limit ? x : y; }
  // The power is two factors: one alone overflows or underflows before the result does.
  static double scaled(double x, double k) {
    const double half = std::fma(k, 0.5, exponential_shift);
    return x * power_of_two(half, exponential_shift) * power_of_two(k + exponential_shift, half);
  }
  static double power_of_two(double shifted, double less) {
    const auto difference = std::bit_cast<std::uint64_t>(shifted) - std::bit_cast<std::uint64_t>(less);
    return std::bit_cast<double>((difference << 52) + std::bit_cast<std::uint64_t>(1.0));
  }
};

double exp_by_formula(double x) {
  Numbers numbers;
  return Exponential(numbers, x).exp();
}

double expm1_by_formula(double x) {
  Numbers numbers;
  return Exponential(numbers, x).expm1();
}

struct FormulaRow {
  std::string_view name;
  Formula formula;
  ElementaryCode code;
};
const FormulaRow formula_rows[] = {
    {"exp", Formula::exp, {"ranvier_exp", address_of(One(exp_by_formula))}},
    {"expm1", Formula::expm1, {"ranvier_expm1", address_of(One(expm1_by_formula))}}};

std::vector<Elementary> make_rows() {
  std::vector<Elementary> rows;
  RANVIER_ELEMENTARY(RANVIER_ROW)
  for (Elementary& row : rows) {
    if (row.name == "pow" || row.name == "atan2") row.arity = 2;
    row.library = std::ranges::find(library_rows, row.name, &LibraryRow::name)->code;
    const auto* formula = std::ranges::find(formula_rows, row.name, &FormulaRow::name);
    if (formula == std::end(formula_rows) || !has_fused_multiply_add()) continue;
    row.formula = formula->formula;
    std::ranges::fill(row.code, ElementaryCode{});
    row.code[0] = formula->code;
  }
  return rows;
}

}  // namespace

std::span<const Elementary> elementary_functions() {
  static const std::vector<Elementary> rows = make_rows();
  return rows;
}

const Elementary* find_elementary(std::string_view name) {
  for (const Elementary& row : elementary_functions())
    if (row.name == name) return &row;
  return nullptr;
}

ElementaryFn scalar_elementary(std::string_view name) {
  const Elementary* row = find_elementary(name);
  if (!row || row->arity != 1) throw std::logic_error("no elementary function " + std::string(name));
  return reinterpret_cast<ElementaryFn>(const_cast<void*>(row->code[0].address));
}

bool has_fused_multiply_add() {
  return family() >= Family::avx2;
}

int widest_lanes() {
  constexpr int lanes[] = {1, 2, 4, 4, 8};
  return lanes[static_cast<int>(family())];
}

}  // namespace ranvier
