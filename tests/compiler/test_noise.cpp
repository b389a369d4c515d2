#include <ranvier/compiler/passes/noise.hpp>

#include <ranvier/grammar/print.hpp>

#include "tests/support/models.hpp"
#include "tests/support/texts.hpp"

using namespace ranvier;
using namespace ranvier::units;
using enum DiagnosticCode;

namespace {

/// "drift | factor*xi_a | ...", or the message that is reported.
std::string split(const std::string& rhs) {
  Diagnostics diagnostics;
  const pass::Rate rate = pass::split_noise("v", texts::expression(rhs), diagnostics);
  if (diagnostics.has_errors()) return diagnostics.all()[0].message;
  std::string parts = print(rate.rhs);
  for (const pass::NoiseTerm& term : rate.noise) parts += " | " + print(term.factor) + " * " + term.name;
  return parts;
}

const Namespace constants{{"tau", 10 * ms}, {"sigma", 1.0}};

/// Codes of what is reported when a group is declared and compiled.
std::vector<DiagnosticCode> codes(const models::GroupStrings& strings) {
  try {
    models::compile(strings, constants);
  } catch (const ModelError& error) {
    std::vector<DiagnosticCode> list;
    for (const Diagnostic& problem : error.diagnostics())
      if (problem.severity == Severity::error) list.push_back(problem.code);
    return list;
  }
  return {};
}
using Codes = std::vector<DiagnosticCode>;

constexpr const char* additive = "dv/dt = -v/tau + sigma*sqrt(2/tau)*xi : 1";
constexpr const char* multiplicative = "dv/dt = -v/tau + v*xi/sqrt(tau) : 1";

}  // namespace

TEST_CASE("a right-hand side is split into its drift and a factor for each noise") {
  CHECK(split("-v/tau") == "-v/tau");
  CHECK(split("-v/tau + a*xi") == "-v/tau | a * xi");
  CHECK(split("xi") == "0.0 | 1.0 * xi");
  CHECK(split("a*xi*b") == "0.0 | a*b * xi");
  CHECK(split("-(f - a*xi)/b") == "-f/b | --a/b * xi");
  CHECK(split("f - xi_a*g + xi_b - xi_a") == "f | -g - 1.0 * xi_a | 1.0 * xi_b");
  CHECK(split("(f + xi)*a") == "f*a | a * xi");
}

TEST_CASE("noise is a factor of a term, or it is refused") {
  CHECK(split("xi*xi").starts_with("the noise `xi` is in a product of noises"));
  CHECK(split("xi_a*(1 + xi_b)").starts_with("the noise `xi_b` is in a product of noises"));
  CHECK(split("1/xi").starts_with("the noise `xi` is in the denominator of a fraction"));
  CHECK(split("xi**2").starts_with("the noise `xi` is in a power"));
  CHECK(split("exp(xi)").starts_with("the noise `xi` is in the function `exp`"));
  CHECK(split("int(xi > 0)").starts_with("the noise `xi` is in the function `int`"));
  CHECK(split("xi % 2").starts_with("the noise `xi` is in an operand of `%`"));
}

TEST_CASE("noise is for differential equations only") {
  CHECK(codes({additive}).empty());
  CHECK(codes({"dv/dt = -v/tau : 1", "v > xi*sqrt(second)"}) == Codes{noise_placement});
  CHECK(codes({"dv/dt = -v/tau : 1", "v > 1", "v = xi*sqrt(second)"}) == Codes{noise_placement});
  CHECK(codes({"dv/dt = -v/tau : 1", "v > 1", "xi = 0*second**-0.5"}) == Codes{read_only});
  CHECK(codes({"dv/dt = n/second : 1\n n = xi_a*sqrt(second) : 1 (constant over dt)"}) ==
        Codes{noise_placement});
  CHECK(codes({"dv/dt = xi*xi : 1"}) == Codes{noise_placement});
}

TEST_CASE("plain xi is one noise in one equation") {
  CHECK(codes({"dv/dt = xi/sqrt(tau) : 1\n dw/dt = xi/sqrt(tau) : 1"}) == Codes{noise_placement});
  CHECK(codes({"dv/dt = xi_1/sqrt(tau) : 1\n dw/dt = xi_1/sqrt(tau) : 1"}).empty());
  CHECK(codes({"dv/dt = n : 1\n n = xi/sqrt(tau) : Hz"}) == Codes{noise_placement});
}

TEST_CASE("named noise may come from a subexpression, but only into a differential equation") {
  const std::string model = "dv/dt = -v/tau + n : 1\n n = xi_a/sqrt(tau) : Hz";
  CHECK(codes({model}).empty());
  CHECK(codes({model, "n > 3*Hz"}) == Codes{noise_placement});
  CHECK(codes({model, "v > 1", "v = n*tau"}) == Codes{noise_placement});
}

TEST_CASE("xi has the unit of one over the root of a second") {
  CHECK(codes({"dv/dt = sigma*xi : 1"}) == Codes{wrong_dimension});
  CHECK(codes({"dv/dt = sigma*xi*second**-0.5 : 1"}).empty());
}

TEST_CASE("gotcha 10: a factor of noise that changes in a step, by t too, makes the noise multiplicative") {
  CHECK(models::compile({multiplicative}, constants).method == "heun");
  CHECK(models::compile({"dv/dt = sin(t/tau)*xi/sqrt(tau) : 1"}, constants).method == "heun");
  CHECK(models::compile({"dv/dt = s*xi/sqrt(tau) : 1\n s : 1"}, constants).method == "euler");
}

TEST_CASE("euler integrates additive noise, and says what it cannot integrate") {
  CHECK(models::compile({additive, "", "", "", "euler"}, constants).method == "euler");
  CHECK(models::compile({additive}, constants).method == "euler");
  for (const char* method : {"exact", "rk2", "rk4"})
    CHECK(codes({additive, "", "", "", method}) == Codes{method_not_applicable});
  CHECK(codes({multiplicative, "", "", "", "euler"}) == Codes{method_not_applicable});
  CHECK(models::error_of({multiplicative, "", "", "", "euler"}, constants).find("heun") != std::string::npos);
}

TEST_CASE("gotcha 9: one number is drawn for each noise, whatever uses it") {
  const auto kernels =
      models::compile({"dv/dt = a*xi_1 + b*xi_2 : volt (unless refractory)\n dw/dt = -w/tau + c*xi_1 : 1\n"
                       "a : volt*Hz**0.5\n b : volt*Hz**0.5\n c : Hz**0.5",
                       "w > 1", "", "1*ms"},
                      constants);
  const std::string text = print(*kernels.update);
  CAPTURE(text);
  CHECK(text.find("_dW_xi_1: float = sqrt(dt)*_randn(0)\n_dW_xi_2: float = sqrt(dt)*_randn(1)\n") !=
        std::string::npos);
  CHECK(text.find("_x_v: float = v + dt*0.0 + a*_dW_xi_1 + b*_dW_xi_2\n") != std::string::npos);
  CHECK(text.find("_x_w: float = w + dt*(-w/tau) + c*_dW_xi_1\n") != std::string::npos);
  CHECK(text.find("_randn(2)") == std::string::npos);
}
