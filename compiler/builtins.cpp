#include <ranvier/compiler/builtins.hpp>

#include <algorithm>
#include <limits>
#include <numbers>

namespace ranvier {
namespace {

using enum DimensionRule;
using enum TypeRule;

constexpr Builtin functions[] = {
    // name, arity, dimension, type, stateless, derivative, sleef, extension
    {"sin", 1, one_to_one, real, true, "cos(x)", "sin_u10"},
    {"cos", 1, one_to_one, real, true, "-sin(x)", "cos_u10"},
    {"tan", 1, one_to_one, real, true, "1 + tan(x)**2", "tan_u10"},
    {"sinh", 1, one_to_one, real, true, "cosh(x)", "sinh_u10"},
    {"cosh", 1, one_to_one, real, true, "sinh(x)", "cosh_u10"},
    {"tanh", 1, one_to_one, real, true, "1 - tanh(x)**2", "tanh_u10"},
    {"arcsin", 1, one_to_one, real, true, "1/sqrt(1 - x**2)", "asin_u10"},
    {"arccos", 1, one_to_one, real, true, "-1/sqrt(1 - x**2)", "acos_u10"},
    {"arctan", 1, one_to_one, real, true, "1/(1 + x**2)", "atan_u10"},
    {"exp", 1, one_to_one, real, true, "exp(x)", "exp_u10"},
    {"log", 1, one_to_one, real, true, "1/x", "log_u10"},
    {"log10", 1, one_to_one, real, true, "1/(x*log(10))", "log10_u10"},
    {"expm1", 1, one_to_one, real, true, "exp(x)", "expm1_u10"},
    {"log1p", 1, one_to_one, real, true, "1/(1 + x)", "log1p_u10"},
    {"exprel", 1, one_to_one, real, true,
     "int(abs(x) < 0.01)*(1/2 + x*(1/3 + x*(1/8 + x*(1/30 + x/144)))) + "
     "int(abs(x) >= 0.01)*(exp(x) - exprel(x))/(x + int(abs(x) < 0.01))",
     ""},
    {"sqrt", 1, root, real, true, "1/(2*sqrt(x))", ""},
    {"abs", 1, same, highest, true, "sign(x)", ""},
    {"floor", 1, same, real, true, "0", ""},
    {"ceil", 1, same, real, true, "0", ""},
    {"sign", 1, any_to_one, highest, true, "0", ""},
    {"clip", 3, same, highest, true, "int(x > y and x < z); int(x <= y and y < z); int(x >= z or y >= z)",
     ""},
    {"int", 1, one_to_one, integer, true, "0", ""},
    {"timestep", 2, times_to_one, integer, true, "0; 0", ""},
    {"min", 2, same, highest, true, "int(x <= y); int(x > y)", "", true},  // NaN if either is
    {"max", 2, same, highest, true, "int(x >= y); int(x < y)", "", true},  // NaN if either is
    {"round", 1, same, real, true, "0", "", true},                         // half to even
    {"heaviside", 1, any_to_one, real, true, "0", "", true},               // 1/2 at 0
    {"arctan2", 2, like_to_one, real, true,                                // arctan2(y, x), in (-pi, pi]
     "y/(x**2 + y**2); -x/(x**2 + y**2)", "atan2_u10", true},
    {"log2", 1, one_to_one, real, true, "1/(x*log(2))", "log2_u10", true},
    {"erf", 1, one_to_one, real, true, "2/sqrt(pi)*exp(-x**2)", "erf_u10", true},
    {"rand", 0, one_to_one, real, false, "", ""},
    {"randn", 0, one_to_one, real, false, "", ""},
    {"poisson", 1, one_to_one, integer, false, "", ""},
    {"binomial", 2, one_to_one, integer, false, "", "", true},  // binomial(n, p)
};

constexpr NamedConstant constants[] = {
    {"pi", std::numbers::pi},
    {"e", std::numbers::e},
    {"inf", std::numeric_limits<double>::infinity()},
};

}  // namespace

std::span<const Builtin> builtins() {
  return functions;
}

const Builtin* find_builtin(std::string_view name) {
  const auto* found = std::ranges::find(functions, name, &Builtin::name);
  return found == std::end(functions) ? nullptr : found;
}

std::span<const NamedConstant> named_constants() {
  return constants;
}

}  // namespace ranvier
