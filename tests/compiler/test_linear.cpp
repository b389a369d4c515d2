#include <doctest/doctest.h>

#include <ranvier/compiler/passes/linear.hpp>
#include <ranvier/grammar/print.hpp>

#include "tests/support/texts.hpp"

using namespace ranvier;
using texts::expression;

namespace {

pass::System system_of(const std::vector<std::pair<std::string, std::string>>& equations) {
  pass::System system;
  for (const auto& [variable, rhs] : equations) system.push_back({variable, expression(rhs), false});
  return system;
}

std::string text(const Expr& coefficient) {
  return coefficient ? print(coefficient) : "0";
}

/// "coefficient of v | coefficient of w | drift" of dv/dt, or why it is not linear.
std::string row(const std::string& rhs) {
  const auto result = pass::linear(system_of({{"v", rhs}, {"w", "0"}}));
  if (auto* refusal = std::get_if<pass::NotLinear>(&result)) return refusal->reason;
  const auto& linear = std::get<pass::LinearSystem>(result);
  const auto at = [&](std::size_t k) {
    const auto found = linear.matrix[0].find(k);
    return found == linear.matrix[0].end() ? std::string("0") : text(found->second);
  };
  return at(0) + " | " + at(1) + " | " + text(linear.drift[0]);
}

}  // namespace

TEST_CASE("coefficients are read off a right-hand side") {
  struct Row {
    const char* rhs;
    const char* coefficients;
  };
  for (const Row& r :
       {Row{"-v/tau", "-(1/tau) | 0 | 0"}, Row{"(I - v)/tau", "-(1/tau) | 0 | I/tau"},
        Row{"(w - v + E)/tau", "-(1/tau) | 1/tau | E/tau"}, Row{"3*(2*v + 1) - w", "6 | -1 | 3"},
        Row{"g*(E - v)*(1 - a)", "-(g*(1 - a)) | 0 | g*E*(1 - a)"},
        Row{"exp(a)*v + sin(b)", "exp(a) | 0 | sin(b)"}, Row{"int(a > b)*v", "int(a > b) | 0 | 0"},
        Row{"v**1", "1 | 0 | 0"}, Row{"0*v", "0 | 0 | 0"}, Row{"+v - -w", "1 | 1 | 0"},
        Row{"a**2*v", "a**2 | 0 | 0"}, Row{"7//2*v", "7//2 | 0 | 0"}}) {
    CAPTURE(r.rhs);
    CHECK(row(r.rhs) == r.coefficients);
  }
}

TEST_CASE("terms of degree two may cancel") {
  CHECK(row("(v - a)*(v + b) - v*v") == "b - a | 0 | -(a*b)");
  CHECK(row("v**2 - v*v") == "0 | 0 | 0");
  CHECK(row("a*v*w - w*v*a + v") == "1 | 0 | 0");
}

TEST_CASE("the reason why an equation is not linear names the culprit") {
  struct Row {
    const char* rhs;
    const char* reason;
  };
  for (const Row& r : {Row{"v*w", "dv/dt is not linear: it multiplies v by w"},
                       Row{"v*v - w", "dv/dt is not linear: it multiplies v by v"},
                       Row{"exp(v/k)", "dv/dt is not linear: exp(v/k) depends on v"},
                       Row{"1/v", "dv/dt is not linear: it divides by v"},
                       Row{"v**3", "dv/dt is not linear: v**3 is a power of a variable"},
                       Row{"v*w*v", "dv/dt is not linear: it multiplies more than two variables"},
                       Row{"int(v > 1)", "dv/dt is not linear: int(v > 1) depends on v"},
                       Row{"v % 2", "dv/dt is not linear: v%2 depends on v"},
                       Row{"2**v", "dv/dt is not linear: 2**v is a power of a variable"},
                       Row{"v*t", "dv/dt changes during a step: it depends on t"},
                       Row{"sin(t) - v", "dv/dt changes during a step: it depends on t"},
                       Row{"v + t_in_timesteps", "dv/dt changes during a step: it depends on t_in_timesteps"},
                       Row{"randn() - v", "dv/dt changes during a step: it draws random numbers"}}) {
    CAPTURE(r.rhs);
    CHECK(row(r.rhs) == r.reason);
  }
}

TEST_CASE("multiplying out does not run away") {
  std::string sum = "0";
  pass::System system;
  for (int k = 0; k < 900; ++k) {
    sum += " + x" + std::to_string(k);
    system.push_back({"x" + std::to_string(k), expression("0"), false});
  }
  system[0].rhs = expression("(" + sum + ")*(" + sum + ")");
  const auto result = pass::linear(system);
  REQUIRE(std::holds_alternative<pass::NotLinear>(result));
  CHECK(std::get<pass::NotLinear>(result).reason == "dx0/dt is not linear: it has too many terms");
}
