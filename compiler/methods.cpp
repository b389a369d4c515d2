#include <ranvier/compiler/methods.hpp>

#include <algorithm>
#include <cctype>
#include <ranvier/grammar/diagnostics.hpp>

namespace ranvier {
namespace {

constexpr Method table[] = {
    {"exact", Solver::exact},
    {"exponential_euler", Solver::exponential},
    {"euler", Solver::stages, NoiseKind::additive, "x_new = x + dt*f(x, t) + g(x, t)*dW"},
    {"rk2", Solver::stages, NoiseKind::none,
     "k = dt*f(x, t)\n"
     "x_new = x + dt*f(x + k/2, t + dt/2)"},
    {"rk4", Solver::stages, NoiseKind::none,
     "k1 = dt*f(x, t)\n"
     "k2 = dt*f(x + k1/2, t + dt/2)\n"
     "k3 = dt*f(x + k2/2, t + dt/2)\n"
     "k4 = dt*f(x + k3, t + dt)\n"
     "x_new = x + (k1 + 2*k2 + 2*k3 + k4)/6"},
    {"heun", Solver::stages, NoiseKind::multiplicative,
     "x_support = x + g(x, t)*dW\n"
     "g_support = g(x_support, t + dt)\n"
     "x_new = x + dt*f(x, t) + 0.5*dW*(g(x, t) + g_support)"},
    {"milstein", Solver::stages, NoiseKind::diagonal,
     "x_support = x + dt*f(x, t) + sqrt(dt)*g(x, t)\n"
     "g_support = g(x_support, t)\n"
     "x_new = x + dt*f(x, t) + g(x, t)*dW + (g_support - g(x, t))*dW**2/(2*sqrt(dt))"},
};

struct OtherName {
  std::string_view name, of;
};
/// Names that mean a method as well as its own.
constexpr OtherName other_names[] = {{"linear", "exact"}};
/// Names of books and of other simulators, which are answered with ours.
constexpr OtherName foreign_names[] = {{"rungekutta2", "rk2"},     {"rungekutta4", "rk4"},
                                       {"runge_kutta_2", "rk2"},   {"runge_kutta_4", "rk4"},
                                       {"runge-kutta", "rk4"},     {"rungekutta", "rk4"},
                                       {"midpoint", "rk2"},        {"forward_euler", "euler"},
                                       {"forward euler", "euler"}, {"cnexp", "exponential_euler"}};

std::string lower_case(std::string_view name) {
  std::string lower(name);
  std::ranges::transform(lower, lower.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return lower;
}

}  // namespace

std::span<const Method> methods() {
  return table;
}

const Method* find_method(std::string_view name) {
  const std::string lower = lower_case(name);
  const auto* other = std::ranges::find(other_names, std::string_view(lower), &OtherName::name);
  const std::string_view own = other == std::end(other_names) ? std::string_view(lower) : other->of;
  const auto* found = std::ranges::find(table, own, &Method::name);
  return found == std::end(table) ? nullptr : found;
}

std::string nearest_method(std::string_view name) {
  const std::string lower = lower_case(name);
  const auto* foreign = std::ranges::find(foreign_names, std::string_view(lower), &OtherName::name);
  if (foreign != std::end(foreign_names)) return std::string(foreign->of);
  std::vector<std::string> names{"native"};
  for (const Method& method : table) names.emplace_back(method.name);
  return nearest_name(lower, names);
}

}  // namespace ranvier
