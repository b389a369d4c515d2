#include <doctest/doctest.h>

#include <algorithm>

#include "tests/support/models.hpp"

using namespace ranvier;
using namespace ranvier::units;

namespace {

/// What is said about the order of synapses; "" if nothing is.
std::string said_of(const std::string& on_pre, const std::string& more_equations = "") {
  const GroupModel source = models::declare({"x : 1\ny : 1\nn : integer", "x > 1"});
  const GroupModel target = models::declare({"v : 1\nu : 1\ns : 1 (shared)"});
  const SynapsesModel synapses =
      models::declare_synapses("w : 1\na : 1\ng : 1 (shared)\n" + more_equations, on_pre, source, target);
  const Function noisy([](double x) { return x; }, {.stateless = false});
  const Namespace names{{"tau", 10 * ms}, {"c", 2.0}, {"noisy", noisy}};
  const std::vector<Diagnostic> warnings = compile_synapses(synapses, names).warnings;
  const auto found = std::ranges::find(warnings, DiagnosticCode::order_dependent, &Diagnostic::code);
  return found == warnings.end() ? "" : found->message;
}

}  // namespace

TEST_CASE("gotcha 49: code whose changes commute does not depend on the order of synapses") {
  for (const char* code : {"v_post += w",
                           "v_post -= w*x_pre",
                           "v_post = v_post + w",
                           "v_post = w + v_post",
                           "v_post *= w",
                           "v_post = v_post*w",
                           "v_post /= w",
                           "v_post += 1; v_post += w",
                           "v_post += u_post*w",
                           "v_post = 1",
                           "v_post = c",
                           "v_post = s",
                           "v_post = g",
                           "v_post = u_post",
                           "v_post = j",
                           "x_pre = i",
                           "x_pre += w",
                           "w = v_post",
                           "w = x_pre + v_post",
                           "a += w; w = clip(w + a, 0, 1)",
                           "v_post += rand()*w",
                           "w = rand(); v_post += w",
                           "v_post = 0; w = v_post",
                           "h = x_pre*w; v_post += h",
                           "v_post += v_post",
                           "v_post = v_post**2",
                           "v_post += 1; v_post *= 2",
                           "v_post += w; u_post *= w",
                           "v_post = clip(v_post, 0, 1)"}) {
    CAPTURE(code);
    CHECK(said_of(code) == "");
  }
}

TEST_CASE("gotcha 49: code that reads or replaces what other synapses change depends on their order") {
  const std::pair<const char*, const char*> bad[] = {
      {"v_post += w; a = v_post", "it reads `v_post`"},
      {"a = v_post; v_post += w", "it reads `v_post`"},
      {"v_post += w; u_post += v_post", "it reads `v_post`"},
      {"h = v_post; v_post += w; a = h", "it reads `v_post`"},
      {"x_pre += 1; v_post += x_pre", "it reads `x_pre`"},
      {"v_post += x_pre; x_pre *= 0.5*c", "it reads `x_pre`"},
      {"v_post = w", "the last one stays"},
      {"v_post = x_pre", "the last one stays"},
      {"x_pre = v_post", "the last one stays"},
      {"v_post = rand()", "the last one stays"},
      {"v_post += w; v_post *= w", "another order"},
      {"v_post += w; v_post = 0", "another order"},
      {"v_post += w + v_post", "another order"},
      {"v_post = clip(v_post + w, 0, 1)", "another order"},
      {"v_post %= w", "another order"},
      {"v_post = w - v_post", "another order"},
      {"v_post = w/v_post", "another order"},
      {"v_post += noisy(w)", "`noisy` is not stateless"},
      {"a = noisy(w)", "`noisy` is not stateless"},
  };
  for (const auto& [code, why] : bad) {
    CAPTURE(code);
    CHECK(said_of(code).find(why) != std::string::npos);
  }
}

TEST_CASE("subexpressions and event-driven equations are looked into for what depends on order") {
  CHECK(said_of("v_post += both", "both = w*x_pre : 1") == "");
  CHECK(said_of("v_post += both", "both = w*v_post : 1").find("another order") != std::string::npos);
  CHECK(said_of("u_post += both; v_post += w", "both = w*v_post : 1").find("`v_post`") != std::string::npos);
  CHECK(said_of("b += 1; v_post += b", "db/dt = -u_post*b/tau : 1 (event-driven)") == "");
  CHECK(said_of("b += 1; v_post += b", "db/dt = -v_post*b/tau : 1 (event-driven)").find("`v_post`") !=
        std::string::npos);
}
