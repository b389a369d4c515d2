#include <doctest/doctest.h>

#include "tests/compiler/stepper.hpp"
#include "tests/support/models.hpp"

using namespace ranvier;
using namespace ranvier::units;
using models::compile;
using models::error_of;

namespace {

/// The lines of a kernel that are code.
std::string code(const Kernel& kernel) {
  const std::string all = print(kernel);
  std::string lines;
  for (std::size_t begin = 0; begin < all.size();) {
    const std::size_t end = all.find('\n', begin) + 1;
    const std::string line = all.substr(begin, end - begin);
    const bool declares = line.starts_with("column ") || line.starts_with("scalar ") || begin == 0;
    if (!declares) lines += line;
    begin = end;
  }
  return lines;
}

std::string reset_of(const std::string& equations, const std::string& reset, const Namespace& names = {}) {
  return code(*compile({equations, "x > 1", reset, "", ""}, names).reset);
}

std::string pathway_of(const std::string& equations, const std::string& on_pre) {
  const GroupModel source = models::declare({"r : 1", "r > 1", "r = 0"});
  const GroupModel target = models::declare(
      {"dv/dt = -v/tau : 1 (unless refractory)\ng : 1\ndouble_g = 2*g : 1", "v > 1", "v = 0", "2*ms"});
  const SynapsesModel synapses = models::declare_synapses(equations, on_pre, source, target);
  return code(*compile_synapses(synapses, {{"tau", 10 * ms}}).pathways[0].rows);
}

bool reports(const std::string& error, const std::string& part) {
  return error.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("statements keep their order and expand their operators with the whole right-hand side") {
  CHECK(reset_of("x : 1\ny : 1", "x = y; y = x") == "store x = y\nstore y = x\n");
  CHECK(reset_of("x : 1\ny : 1", "x += y - 1; x -= y - 1; x *= y + 1; x /= y + 1; x %= y + 1") ==
        "store x = x + (y - 1)\n"
        "store x = x - (y - 1)\n"
        "store x = x*(y + 1)\n"
        "store x = x/(y + 1)\n"
        "store x = x%(y + 1)\n");
}

TEST_CASE("names that the group does not know are locals of the type of their first value") {
  CHECK(reset_of("x : 1\nn : integer", "a = n + 1; b = a > 2; c = a/2; x = c*int(b)") ==
        "a: integer = n + 1\n"
        "b: boolean = a > 2\n"
        "c: float = a/2\n"
        "store x = c*int(b)\n");
}

TEST_CASE("a subexpression follows earlier writes of the same code") {
  const Namespace names;
  test::Stepper stepper(compile({"x : 1\ny : 1\ns = x + 1 : 1", "x > 1", "x = 5; y = s"}), names, 1e-4);
  stepper["x"] = 2;
  CHECK(stepper.step());
  CHECK(stepper["y"] == 6);
}

TEST_CASE("a reset writes protected variables, a pathway only those of neurons that are not refractory") {
  const auto kernels =
      compile({"dv/dt = -v/tau : 1 (unless refractory)", "v > 1", "v = 0", "2*ms"}, {{"tau", 10 * ms}});
  CHECK(code(*kernels.reset) == "store v = 0\n");
  CHECK(pathway_of("w : 1", "v_post += w; g_post += w") ==
        "store v_post = v_post + w if not_refractory_post\n"
        "store g_post = g_post + w\n");
}

TEST_CASE("a pathway reads both of its neurons, their subexpressions and their numbers") {
  CHECK(pathway_of("w : 1", "w = r_pre + double_g + i + j + N_pre") ==
        "store w = r_pre + 2*g_post + (_pre - _first_pre) + (_post - _first_post) + N_pre\n");
}

TEST_CASE("every place of a random function is a draw of its own") {
  CHECK(reset_of("x : 1\nn : integer", "x = rand(); x += randn() + rand(); n = poisson(x)") ==
        "store x = _rand(0)\n"
        "store x = x + (_randn(1) + _rand(2))\n"
        "store n = _poisson(x, 3)\n");
}

TEST_CASE("texts that need each other are asked for") {
  CHECK(reports(error_of({"x : 1", "", "x = 0"}), "error[RV0603]: this reset would never run"));
  CHECK(reports(error_of({"x : 1", "", "", "2*ms"}),
                "error[RV0604]: this refractory period would never begin"));
  const GroupModel silent = models::declare({"r : 1"});
  CHECK_THROWS_WITH_AS(models::declare_synapses("w : 1", "w += 1", silent, silent),
                       doctest::Contains("the source 'neurons' has no threshold"), ModelError);
}

TEST_CASE("a refractory period must be a time or a condition") {
  CHECK(
      reports(error_of({"x : 1", "x > 1", "", "5"}), "the refractory period must be a time or a condition"));
  CHECK(reports(error_of({"x : 1", "x > 1", "", "5"}), "did you mean `5*ms`"));
  CHECK(reports(error_of({"x : volt", "x > 1*volt", "", "x"}), "but this is in volt"));
  CHECK(error_of({"x : 1", "x > 1", "", "x > 0"}) == "");
}

TEST_CASE("warnings of a group come with its kernels") {
  const auto codes = [](const GroupKernels& kernels) {
    std::vector<DiagnosticCode> list;
    for (const Diagnostic& warning : kernels.warnings) list.push_back(warning.code);
    return list;
  };
  CHECK(codes(compile({"x : 1", "x > 1"})) == std::vector{DiagnosticCode::always_spiking});
  CHECK(codes(compile({"dx/dt = -x/ms : 1 (unless refractory)", "x > 1", "x = 0"})) ==
        std::vector{DiagnosticCode::flag_without_effect});
  CHECK(codes(compile({"x : 1", "rand() < x"})).empty());
  CHECK(codes(compile({"x : 1", "x > 1", "x = 0"})).empty());
}

TEST_CASE("all problems of all texts are reported at once") {
  const std::string error =
      error_of({"dv/dt = -v/tua : 1\nx : volt", "v >", "x = 3", "2", "eular"}, {{"tau", 10 * ms}});
  CHECK(reports(error, "threshold"));
  CHECK(reports(error, "reset:1:"));
  CHECK(reports(error, "eular"));
  CHECK(reports(error, "refractory"));
}

TEST_CASE("a name may be missing when a group is declared, but not when it is compiled") {
  const models::GroupStrings strings{"dv/dt = -v/tau : 1"};
  CHECK(models::declare(strings).variables.size() == 1);
  CHECK(reports(error_of(strings), "`tau` is not defined"));
  CHECK_THROWS_AS(models::declare(strings, {{"tau", 3 * mV}}), ModelError);
}

TEST_CASE("a group of parameters alone has nothing to execute") {
  const auto kernels = compile({"x : 1"});
  CHECK_FALSE(kernels.update);
  CHECK_FALSE(kernels.reset);
}

TEST_CASE("a refractory group declares its automatic variables, and no one else may") {
  const GroupModel group = models::declare({"x : 1", "x > 1", "", "2*ms"});
  REQUIRE(group.variables.size() == 3);
  REQUIRE(group.find("lastspike"));
  CHECK(group.find("lastspike")->dimension == dimensions::second);
  REQUIRE(group.find("not_refractory"));
  CHECK(group.find("not_refractory")->type == Type::boolean);
  CHECK(reports(error_of({"x : 1\nlastspike : second", "x > 1", "", "2*ms"}),
                "has a variable `lastspike` of its own"));
}

TEST_CASE("the time of compiling is added up by phase") {
  CompileTimes times;
  const GroupModel group =
      declare_group({"neurons", make_source("equations", "dv/dt = -v/ms : 1"), {}, {}, {}, {}}, {}, &times);
  CHECK(times.parse > 0);
  CHECK(times.check > 0);
  CHECK(times.lower == 0);
  compile_group(group, {}, &times);
  CHECK(times.lower > 0);
}
