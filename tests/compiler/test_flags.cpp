#include <ranvier/compiler/passes/declare.hpp>

#include <algorithm>
#include <string>

#include "tests/support/models.hpp"
#include "tests/support/texts.hpp"

using namespace ranvier;
using enum DiagnosticCode;
using pass::Object;
using Codes = std::vector<DiagnosticCode>;

namespace {

Diagnostics problems(const std::string& text, Object object) {
  Diagnostics diagnostics;
  pass::declare(texts::equations(text), object, diagnostics);
  return diagnostics;
}

/// The first problem that a flag makes, or nullptr; that synaptic equations are planned does not count.
const Diagnostic* about_flag(const Diagnostics& diagnostics) {
  for (const Diagnostic& problem : diagnostics.all())
    if (problem.code != not_supported || problem.message.find("flag") != std::string::npos) return &problem;
  return nullptr;
}

struct Kind {
  const char* name;
  const char* text;  // without its flags
};
constexpr Kind kinds[] = {
    {"parameter", "x : 1"}, {"subexpression", "x = 2 : 1"}, {"differential", "dx/dt = -x/second : 1"}};

/// Where a flag may stand: p, s, d for the three kinds in a group, P, S, D in synapses.
struct Row {
  const char* flag;
  std::string allowed;
};
const Row rows[] = {
    {"constant", "pP"},    {"shared", "psPS"},    {"unless refractory", "d"}, {"constant over dt", "sS"},
    {"event-driven", "D"}, {"clock-driven", "D"}, {"linked", "pP"},           {"point current", ""},
};

}  // namespace

TEST_CASE("every flag stands where it has a meaning, and nowhere else") {
  for (const Row& row : rows) {
    for (std::size_t k = 0; k < std::size(kinds); ++k) {
      for (const bool synapses : {false, true}) {
        CAPTURE(row.flag);
        CAPTURE(kinds[k].name);
        CAPTURE(synapses);
        const std::string text = std::string(kinds[k].text) + " (" + row.flag + ")";
        const Diagnostics found = problems(text, synapses ? Object::synapses : Object::group);
        const Diagnostic* problem = about_flag(found);
        const char place = (synapses ? "PSD" : "psd")[k];
        if (row.allowed.find(place) != std::string::npos) {
          CHECK((!problem || problem->code == not_supported));
        } else {
          REQUIRE(problem);
          CHECK(problem->code == misplaced_flag);
          CHECK(problem->place.text() == row.flag);
          CHECK_FALSE(problem->help.empty());
        }
      }
    }
  }
}

TEST_CASE("flags that exclude each other are refused with both places") {
  struct Pair {
    Object object;
    const char* text;
    bool excluded;
  };
  for (const Pair& pair : {Pair{Object::synapses, "dx/dt = -x/second : 1 (event-driven, clock-driven)", true},
                           Pair{Object::synapses, "y_post = 2 : 1 (summed, shared)", true},
                           Pair{Object::synapses, "y_post = 2 : 1 (constant over dt, summed)", true},
                           Pair{Object::group, "x : 1 (linked, constant)", true},
                           Pair{Object::group, "x : 1 (shared, linked)", true},
                           Pair{Object::group, "x : 1 (shared, constant)", false},
                           Pair{Object::group, "x = 2 : 1 (shared, constant over dt)", false},
                           Pair{Object::group, "x : 1 ( constant ,constant)", false}}) {
    CAPTURE(pair.text);
    const Diagnostics found = problems(pair.text, pair.object);
    const auto conflict = std::ranges::find(found.all(), conflicting_flags, &Diagnostic::code);
    CHECK((conflict != found.all().end()) == pair.excluded);
    if (conflict == found.all().end()) continue;
    const std::string text = pair.text;
    const std::size_t comma = text.find(',');
    CHECK(conflict->place.span.begin > comma);
    CHECK_FALSE(conflict->help.empty());
  }
}

TEST_CASE("blanks around and inside a flag do not matter") {
  CHECK(problems("x : 1 (constant )", Object::group).all().empty());
  CHECK(problems("x = 2 : 1 (constant  over  dt)", Object::group).all().empty());
  CHECK(problems("x = 2 : 1 (constant  over  dt)", Object::any).all().empty());
}

TEST_CASE("point current is sent to where it belongs") {
  const Diagnostics found = problems("I : amp (point current)", Object::group);
  REQUIRE(texts::codes(found) == Codes{misplaced_flag});
  CHECK(found.all()[0].message == "`point current` is a flag of neurons with a morphology, not of neurons");
}

TEST_CASE("booleans and integers have no unit beside them") {
  for (const char* unit : {"boolean*volt", "volt*integer", "integer/second"})
    CHECK(texts::codes(problems(std::string("x : ") + unit, Object::group)) == Codes{unknown_unit});
}

TEST_CASE("a subexpression that draws gets the flag that it lacks") {
  for (const auto& [text, mended] : {std::pair("x = rand() : 1", "1 (constant over dt)"),
                                     std::pair("x = rand() : 1 (shared)", "shared, constant over dt")}) {
    const Diagnostics found = problems(text, Object::group);
    REQUIRE(texts::codes(found) == Codes{draw_in_subexpression});
    REQUIRE(found.all()[0].fixes.size() == 1);
    CHECK(found.all()[0].fixes[0].replacement == mended);
  }
  CHECK(problems("x = rand() : 1 (constant over dt)", Object::group).all().empty());
}

TEST_CASE("synapses and neurons do not share names") {
  const GroupModel neurons = models::declare({"v : volt\n w : 1"});
  const auto problem_of = [&](const std::string& equations) -> std::string {
    try {
      models::declare_synapses(equations, "", neurons, neurons);
    } catch (const ModelError& error) {
      return code_name(error.diagnostics().at(0).code);
    }
    return "";
  };
  CHECK(problem_of("w : 1") == "RV0206");
  CHECK(problem_of("w_post : 1") == "RV0207");
  CHECK(problem_of("lastupdate : second").empty());
  CHECK(problem_of("u : 1").empty());
}

TEST_CASE("sums go to parameters of the neurons that have their unit") {
  const GroupModel neurons = models::declare({"v : volt\n I : amp\n s : 1 (shared)\n z = 2*v : volt"});
  const auto refused = [&](const std::string& equations) {
    try {
      models::declare_synapses(equations, "", neurons, neurons);
    } catch (const ModelError& error) {
      return std::ranges::count(error.diagnostics(), summed_target, &Diagnostic::code) == 1;
    }
    return false;
  };
  CHECK_FALSE(refused("v_post = 3*v_pre : volt (summed)"));
  CHECK_FALSE(refused("I_pre = 1*amp : amp (summed)"));
  CHECK(refused("total = 3*v_pre : volt (summed)"));
  CHECK(refused("w_post = 3*v_pre : volt (summed)"));
  CHECK(refused("I_post = v_pre : volt (summed)"));
  CHECK(refused("s_post = 1 : 1 (summed)"));
  CHECK(refused("z_post = v_pre : volt (summed)"));
}

TEST_CASE("equations between spikes and of every step do not read each other") {
  const GroupModel neurons = models::declare({"v : 1"});
  const auto refused = [&](const std::string& equations) {
    try {
      models::declare_synapses(equations, "", neurons, neurons);
    } catch (const ModelError& error) {
      return std::ranges::count(error.diagnostics(), mixed_driving, &Diagnostic::code) == 1;
    }
    return false;
  };
  const std::string a = "da/dt = -a/second : 1 (event-driven)\n", half = "half = a/2 : 1\n";
  CHECK_FALSE(refused(a + "db/dt = (a - b)/second : 1 (event-driven)"));
  CHECK_FALSE(refused("da/dt = -a/second : 1\n db/dt = (a - b)/second : 1 (clock-driven)"));
  CHECK(refused(a + "db/dt = (a - b)/second : 1 (clock-driven)"));
  CHECK(refused(a + "db/dt = (a - b)/second : 1"));
  CHECK(refused(a + half + "v_post = half : 1 (summed)"));
  CHECK(refused("da/dt = (b - a)/second : 1 (event-driven)\n db/dt = -b/second : 1"));
}
