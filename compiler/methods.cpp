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
    // Fehlberg 1969; the higher order is carried on.
    {"rkf45", Solver::stages, NoiseKind::none,
     "k1 = f(x, t)\n"
     "k2 = f(x + dt*k1/4, t + dt/4)\n"
     "k3 = f(x + dt*(3*k1 + 9*k2)/32, t + 3*dt/8)\n"
     "k4 = f(x + dt*(1932*k1 - 7200*k2 + 7296*k3)/2197, t + 12*dt/13)\n"
     "k5 = f(x + dt*(439*k1/216 - 8*k2 + 3680*k3/513 - 845*k4/4104), t + dt)\n"
     "k6 = f(x + dt*(-8*k1/27 + 2*k2 - 3544*k3/2565 + 1859*k4/4104 - 11*k5/40), t + dt/2)\n"
     "x_new = x + dt*(16*k1/135 + 6656*k3/12825 + 28561*k4/56430 - 9*k5/50 + 2*k6/55)\n"
     "x_error = dt*(k1/360 - 128*k3/4275 - 2197*k4/75240 + k5/50 + 2*k6/55)"},
    // Dormand and Prince 1980.
    {"dopri5", Solver::stages, NoiseKind::none,
     "k1 = f(x, t)\n"
     "k2 = f(x + dt*k1/5, t + dt/5)\n"
     "k3 = f(x + dt*(3*k1 + 9*k2)/40, t + 3*dt/10)\n"
     "k4 = f(x + dt*(44*k1/45 - 56*k2/15 + 32*k3/9), t + 4*dt/5)\n"
     "k5 = f(x + dt*(19372*k1/6561 - 25360*k2/2187 + 64448*k3/6561 - 212*k4/729), t + 8*dt/9)\n"
     "k6 = f(x + dt*(9017*k1/3168 - 355*k2/33 + 46732*k3/5247 + 49*k4/176 - 5103*k5/18656), t + dt)\n"
     "x_new = x + dt*(35*k1/384 + 500*k3/1113 + 125*k4/192 - 2187*k5/6784 + 11*k6/84)\n"
     "k7 = f(x_new, t + dt)\n"
     "x_error = dt*(71*k1/57600 - 71*k3/16695 + 71*k4/1920 - 17253*k5/339200 + 22*k6/525 - k7/40)"},
    // Verwer, Spee, Blom and Hundsdorfer 1999: L-stable, and of order 2 whatever the slopes are.
    {"rosenbrock", Solver::stages, NoiseKind::none,
     "k1 = implicit(f(x, t) + (1 - sqrt(0.5))*dt*f_t(x, t), 1 - sqrt(0.5))\n"
     "k2 = implicit(f(x + dt*k1, t + dt) - (1 - sqrt(0.5))*dt*f_t(x, t) - 2*k1, 1 - sqrt(0.5))\n"
     "x_new = x + dt*(3*k1 + k2)/2"},
    // One step of Newton's method for x_new = x + dt*f(x_new, t + dt): exact where the rates are linear.
    {"backward_euler", Solver::stages, NoiseKind::none,
     "k = implicit(f(x, t + dt), 1)\n"
     "x_new = x + dt*k"},
};

struct OtherName {
  std::string_view name, of;
};
/// Names that mean a method as well as its own.
constexpr OtherName other_names[] = {
    {"linear", "exact"}, {"gsl", "rkf45"}, {"gsl_rkf45", "rkf45"}, {"ros2", "rosenbrock"}};
/// Names of books and of other simulators, which are answered with ours.
constexpr OtherName foreign_names[] = {{"rungekutta2", "rk2"},     {"rungekutta4", "rk4"},
                                       {"runge_kutta_2", "rk2"},   {"runge_kutta_4", "rk4"},
                                       {"runge-kutta", "rk4"},     {"rungekutta", "rk4"},
                                       {"midpoint", "rk2"},        {"forward_euler", "euler"},
                                       {"forward euler", "euler"}, {"cnexp", "exponential_euler"},
                                       {"rk45", "rkf45"},          {"ode45", "dopri5"},
                                       {"runge kutta", "rk4"},     {"implicit_euler", "backward_euler"}};

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
