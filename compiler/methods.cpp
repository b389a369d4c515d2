#include <ranvier/compiler/methods.hpp>

#include <algorithm>
#include <cctype>
#include <string>

namespace ranvier {
namespace {

constexpr Stage euler[] = {{"x", "x + dt*f(x, t) + g(x, t)*dW"}};
constexpr Stage rk2[] = {{"k", "dt*f(x, t)"}, {"x", "x + dt*f(x + k/2, t + dt/2)"}};
constexpr Stage rk4[] = {{"k1", "dt*f(x, t)"},
                         {"k2", "dt*f(x + k1/2, t + dt/2)"},
                         {"k3", "dt*f(x + k2/2, t + dt/2)"},
                         {"k4", "dt*f(x + k3, t + dt)"},
                         {"x", "x + (k1 + 2*k2 + 2*k3 + k4)/6"}};

// In the order in which automatic choice tries them (only exact and euler take part in it).
constexpr Method table[] = {{"exact", true, NoiseKind::none, {}},
                            {"euler", false, NoiseKind::additive, euler},
                            {"rk2", false, NoiseKind::none, rk2},
                            {"rk4", false, NoiseKind::none, rk4}};

}  // namespace

std::span<const Method> methods() {
  return table;
}

const Method* find_method(std::string_view name) {
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (lower == "linear") lower = "exact";
  const auto found =
      std::find_if(std::begin(table), std::end(table), [&](const Method& m) { return m.name == lower; });
  return found == std::end(table) ? nullptr : &*found;
}

}  // namespace ranvier
