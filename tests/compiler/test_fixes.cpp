#include <doctest/doctest.h>

#include <ranvier/grammar/apply_fixes.hpp>
#include <ranvier/tests/support/models.hpp>

using namespace ranvier;
using namespace ranvier::units;
using models::GroupStrings;

namespace {

const Namespace names{{"tau", 10 * ms}, {"El", -70 * mV}, {"g", 10 * nS}, {"C", 200 * pF}, {"n0", 3}};

struct Answer {
  std::vector<Diagnostic> problems;
  GroupStrings mended;
};

/// What compiling a group says, and its texts with all proposed fixes.
Answer answer_to(const GroupStrings& strings) {
  const SourcePtr equations = models::source("equations", strings.equations);
  const SourcePtr threshold = models::source("threshold", strings.threshold);
  const SourcePtr reset = models::source("reset", strings.reset);
  const SourcePtr refractory = models::source("refractory", strings.refractory);
  Answer answer;
  try {
    const GroupText text{"neurons", equations, threshold, reset, refractory, nullptr};
    compile_group(declare_group(text, names), names);
  } catch (const ModelError& error) {
    answer.problems = error.diagnostics();
  }
  const auto fixed = [&](const SourcePtr& text) {
    return text ? apply_fixes(*text, answer.problems) : std::string();
  };
  answer.mended = {fixed(equations), fixed(threshold), fixed(reset), fixed(refractory)};
  return answer;
}

/// The texts as the fixes of one round leave them, which must be without a mistake.
GroupStrings mended(const GroupStrings& strings) {
  const Answer first = answer_to(strings);
  CHECK_FALSE(first.problems.empty());
  CHECK(models::error_of(first.mended, names) == "");
  return first.mended;
}

std::vector<std::string> codes_of(const GroupStrings& strings) {
  std::vector<std::string> codes;
  for (const Diagnostic& problem : answer_to(strings).problems)
    if (problem.severity == Severity::error) codes.push_back(code_name(problem.code));
  return codes;
}
using Codes = std::vector<std::string>;

}  // namespace

TEST_CASE("a missing unit is found from the right-hand side") {
  CHECK(mended({"dv/dt = (El - v)/tau"}).equations == "dv/dt = (El - v)/tau : volt");
  CHECK(mended({"dv/dt = g*(El - v)/C"}).equations == "dv/dt = g*(El - v)/C : volt");
  CHECK(mended({"v : volt\nI = g*(El - v) # no unit\nw : 1"}).equations ==
        "v : volt\nI = g*(El - v) : amp # no unit\nw : 1");
  CHECK(mended({"x : 1\ny = exp(x) + n0"}).equations == "x : 1\ny = exp(x) + n0 : 1");
  CHECK(mended({"v : volt\nb = v > El"}).equations == "v : volt\nb = v > El : boolean");
  CHECK(mended({"v : volt\ns = sqrt(v*El)"}).equations == "v : volt\ns = sqrt(v*El) : volt");
}

TEST_CASE("a missing unit is found from what the other texts do with the variable") {
  CHECK(mended({"dv/dt = -v/tau", "v > El", "v = 0*volt"}).equations == "dv/dt = -v/tau : volt");
  CHECK(mended({"dx/dt = -x/tau : volt\nv", "x > 1*mV", "v = El; x = 0*volt"}).equations ==
        "dx/dt = -x/tau : volt\nv : volt");
  CHECK(mended({"dx/dt = (w - x)/tau : amp\nw"}).equations == "dx/dt = (w - x)/tau : amp\nw : amp");
  CHECK(mended({"dv/dt = -v/tau"}).equations == "dv/dt = -v/tau : 1");
}

TEST_CASE("no unit is proposed where nothing tells it") {
  const Answer answer = answer_to({"dv/dt = (El - v)/tau : volt\nw\ndu/dt = unknown/tau"});
  REQUIRE(answer.problems.size() == 2);
  for (const Diagnostic& problem : answer.problems) {
    CHECK(problem.code == DiagnosticCode::missing_unit);
    CHECK(problem.fixes.empty());
  }
}

TEST_CASE("separators of other languages are mended") {
  CHECK(mended({"x : 1;\ny : 1, z : 1"}).equations == "x : 1\ny : 1\n z : 1");
  CHECK(mended({"x : 1\ny : 1", "x > 1;", "x = 1, y = 2"}).reset == "x = 1; y = 2");
  CHECK(mended({"x : 1\ny : 1", "x > 1,", "x = y = 2"}).reset == "y = 2; x = y");
  CHECK(mended({"x : 1", "x > 1 AND not x < 0", "x **= 1 + x"}).reset == "x = x**(1 + x)");
}

TEST_CASE("types, numbers and functions of other languages are mended") {
  CHECK(mended({"n : integer\nx : 1\nk = x*2 : integer", "x > 1", "n += 0.5"}).reset == "n = int(n + 0.5)");
  CHECK(mended({"v : volt", "v > El", "", "2"}).refractory == "2*ms");
  CHECK(mended({"x : 1\nv : volt", "v and not x"}).threshold == "(v != 0*volt) and not (x != 0)");
  CHECK(mended({"x : 1\ny = ln(x) + fabs(x) : 1"}).equations == "x : 1\ny = log(x) + abs(x) : 1");
  CHECK(mended({"v' = -v/tau : 1"}).equations == "dv/dt = -v/tau : 1");
}

TEST_CASE("a broken equation is the only thing that is reported of its variable") {
  CHECK(codes_of({"dv/dt = v^2/tau : 1", "v > 1", "v += 1; x = v"}) == Codes{"RV0103"});
  CHECK(codes_of({"dv/dt = -v/tau : foo\nw = v*g : amp", "v > El", "v = 0"}) == Codes{"RV0210"});
  CHECK(codes_of({"x : volt^2\ny = x*2 : volt**2\nz : siemens constant)"}) == Codes{"RV0103", "RV0101"});
  CHECK(codes_of({"d v/dx = 3 : 1", "v > 1", "v += 1; w = v"}) == Codes{"RV0101"});
  CHECK(codes_of({"b = not : boolean\nx : 1", "x > 1 and b", "x = int(b)"}) == Codes{"RV0101"});
}

TEST_CASE("a name that may not be defined is the only thing that is reported of it") {
  CHECK(codes_of({"di/dt = -i/tau : volt\ndx/dt = (El + i)/tau : volt"}) == Codes{"RV0207"});
  CHECK(codes_of({"ms : volt\nx = ms + El : volt", "x > 10*ms", "ms = El"}) == Codes{"RV0207"});
  CHECK(codes_of({"exp : 1\nx = exp*2 : volt"}) == Codes{"RV0207"});
}

TEST_CASE("a broken statement is the only thing that is reported of its target") {
  CHECK(codes_of({"v : volt", "v > El", "x = (2; v = El*x; x = 3"}) == Codes{"RV0111"});
  CHECK(codes_of({"v : volt", "v > El", "x += 2"}) == Codes{"RV0209"});
}
