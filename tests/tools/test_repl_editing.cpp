// Mistakes, editing, completion and Ctrl-C at a terminal.
#include <doctest/doctest.h>

#include <filesystem>

#include "tests/support/scratch.hpp"
#include "tests/tools/process.hpp"
#include "tests/tools/terminal_session.hpp"

using namespace ranvier;
using test::Prompt;
using test::Scratch;

namespace {

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

constexpr const char* ctrl_c = "\003";
constexpr const char* up = "\033[A";

}  // namespace

TEST_CASE("mistake: a wrong dimension is answered at once and the line is dropped") {
  Prompt prompt({"tau = 10*ms"});
  CHECK(contains(prompt.ask("dv/dt = -v : volt"), "RV0301"));
  CHECK_FALSE(contains(prompt.ask("list"), "dv/dt"));
}

TEST_CASE("mistake: a power written with a hat") {
  Prompt prompt;
  CHECK(contains(prompt.ask("2^3"), "RV0103"));
}

TEST_CASE("mistake: an equation without a unit") {
  Prompt prompt;
  CHECK(contains(prompt.ask("dv/dt = -v/(10*ms)"), "RV0102"));
}

TEST_CASE("mistake: a command with a slip of the pen") {
  Prompt prompt;
  CHECK(contains(prompt.ask("treshold v > 1"), "did you mean `threshold`?"));
}

TEST_CASE("mistake: a name that nobody defined") {
  Prompt prompt({"dv/dt = -v/tua : 1", "tau = 10*ms"});
  const std::string answer = prompt.ask("run 1*ms");
  CHECK(contains(answer, "tua"));
  CHECK(contains(answer, "tau"));
  prompt.ask("dv/dt = -v/tau : 1");
  CHECK(contains(prompt.ask("run 1*ms"), "t = 1 ms"));
}

TEST_CASE("mistake: a duration without a unit") {
  Prompt prompt({"dv/dt = -v/ms : 1"});
  CHECK(contains(prompt.ask("run 100"), "a duration has the unit second"));
}

TEST_CASE("mistake: a line of Python") {
  Prompt prompt;
  CHECK(contains(prompt.ask("G = NeuronGroup(10, eqs)"), "group NAME N"));
}

TEST_CASE("mistake: neurons that there are not") {
  Prompt prompt({"group cells 10"});
  CHECK(contains(prompt.ask("slice some cels[0:3]"), "did you mean `cells`?"));
  CHECK(contains(prompt.ask("slice some cells[0:30]"), "0 to 9"));
}

TEST_CASE("mistake: code of synapses before there are any") {
  Prompt prompt({"group cells 10"});
  CHECK(contains(prompt.ask("on_pre v += 1"), "begin with: synapses"));
}

TEST_CASE("mistake: a plot before a run") {
  Prompt prompt({"dv/dt = -v/ms : 1"});
  CHECK(contains(prompt.ask("plot v"), "run first"));
}

TEST_CASE("mistake: a constant with the name of a unit") {
  Prompt prompt;
  CHECK(contains(prompt.ask("mV = 3"), "mV"));
  CHECK_FALSE(contains(prompt.ask("list"), "mV = 3"));
}

TEST_CASE("editing: the last line comes back, also in the next session") {
  const Scratch scratch;
  const std::string history = "RANVIER_HISTORY=" + scratch.path("folder/history");
  Prompt prompt({"1 + 1"}, {history});
  CHECK(contains(prompt.ask(up), "2"));
  prompt.type("\004");
  CHECK(prompt.end() == 0);
  Prompt next({}, {history});
  CHECK(contains(next.ask(std::string(up) + " + 40"), "42"));
}

TEST_CASE("editing: characters are taken back, the cursor moves") {
  Prompt prompt;
  CHECK(contains(prompt.ask("12\x7f"
                            "7 + 3"),
                 "20"));
  CHECK(contains(prompt.ask("+ 5\0011 "), "6"));
}

TEST_CASE("completion: commands, names, functions, units and methods") {
  Prompt prompt({"threshold_level = 3"});
  CHECK(contains(prompt.ask("refr\t2*ms"), "refractory 2*ms"));
  prompt.ask("conductance = 3*nS");
  CHECK(contains(prompt.ask("2*conduc\t"), "6 nS"));
  CHECK(contains(prompt.ask("exprel(0) + arct\t"), "arctan"));
  CHECK(contains(prompt.ask("method heu\t"), "method heun"));
  prompt.type("thre\t\t");
  CHECK(contains(prompt.wait_for("threshold_level"), "threshold"));
  prompt.type(ctrl_c);
  prompt.until_prompt();
}

TEST_CASE("Ctrl-C at the prompt gives up the line") {
  Prompt prompt;
  prompt.type("1 + ");
  prompt.type(ctrl_c);
  prompt.until_prompt();
  CHECK(contains(prompt.ask("2 + 2"), "4"));
}

TEST_CASE("Ctrl-C in a run keeps what there is, and the next run goes on") {
  Prompt prompt({"dv/dt = 1/second : 1"});
  prompt.type("run 100000*second\r");
  prompt.wait_for("left");
  prompt.type(ctrl_c);
  CHECK(contains(prompt.until_prompt(), "interrupted at"));
  CHECK(contains(prompt.ask("run 1*ms"), "t = "));
  CHECK(contains(prompt.ask("undo"), "run 1*ms"));
}

TEST_CASE("an equation is edited in the middle of a run, which goes on with the state that it had") {
  Prompt prompt({"dv/dt = 1/second : 1"});
  prompt.type("run 100000*second\r");
  prompt.wait_for("left");
  prompt.type(ctrl_c);
  prompt.until_prompt();
  const std::string before = prompt.ask("v");
  prompt.ask("dv/dt = 0*v/second : 1");
  CHECK(contains(prompt.ask("run 1*ms"), "t = "));
  const auto value = [](const std::string& answer) { return answer.substr(answer.find('\n')); };
  CHECK(value(prompt.ask("v")) == value(before));
  CHECK_FALSE(contains(value(before), "\n0\r"));
}

TEST_CASE("colours are left out where they are not wanted") {
  Prompt coloured;
  coloured.ask("1 +");
  coloured.ask("2*mV + 1");
  CHECK(contains(coloured.raw(), "\033[1;31m"));
  Prompt plain({}, {"NO_COLOR=1"});
  plain.ask("2*mV + 1");
  CHECK_FALSE(contains(plain.raw(), "\033[1;31m"));
  CHECK_FALSE(contains(test::run_tool({"repl"}, "2*mV + 1\n").out, "\033["));
}

TEST_CASE("without a terminal, lines are read as they come") {
  const auto outcome = test::run_tool({"repl"}, "tau = 10*ms\n2*tau\n");
  CHECK(outcome.code == 0);
  CHECK(outcome.out == "20 ms\n");
}
