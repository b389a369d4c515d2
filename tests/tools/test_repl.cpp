// Dialogues at a terminal.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

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

const std::vector<std::string> leaky{"tau = 10*ms", "dv/dt = (2 - v)/tau : 1", "threshold v > 1",
                                     "reset v = 0"};

}  // namespace

TEST_CASE("dialogue: a calculator with units") {
  Prompt prompt;
  CHECK(contains(prompt.ask("3*nS * 10*mV"), "30 pA"));
  CHECK(contains(prompt.ask("1/(20*ms)"), "50 Hz"));
  CHECK(contains(prompt.ask("3*mV + 2*nS"), "cannot add siemens to volt"));
}

TEST_CASE("dialogue: a model from its first equation to its first picture") {
  Prompt prompt(leaky);
  const std::string ran = prompt.ask("run 50*ms N=3");
  CHECK(contains(ran, "t = 50 ms"));
  CHECK(contains(ran, "neurons_spikes: 21 spikes of 3 neurons"));
  CHECK(contains(prompt.ask("plot v"), "Time (ms)"));
  CHECK(contains(prompt.ask("raster"), "Time (ms)"));
  CHECK(contains(prompt.ask("plot"), "Time (ms)"));
}

TEST_CASE("dialogue: a picture goes to a file") {
  const Scratch scratch;
  Prompt prompt(leaky);
  prompt.ask("run 50*ms");
  CHECK(contains(prompt.ask("plot v " + scratch.path("v.svg")), "drawn to"));
  CHECK(std::filesystem::file_size(scratch.path("v.svg")) > 100);
  CHECK(contains(prompt.ask("plot nothing"), "there are no recorded variables called `nothing`"));
}

TEST_CASE("dialogue: a variable, a constant and a code are explained") {
  Prompt prompt(leaky);
  const std::string v = prompt.ask("explain v");
  CHECK(contains(v, "differential equation"));
  CHECK(contains(v, "exact"));
  CHECK(contains(v, "expanded"));
  CHECK(contains(prompt.ask("explain tau"), "10 ms"));
  CHECK(contains(prompt.ask("explain RV0301"), "RV0301: "));
  CHECK(contains(prompt.ask("explain run"), "run DURATION"));
  CHECK(contains(prompt.ask("explain taau"), "did you mean `tau`?"));
}

TEST_CASE("dialogue: kernels and code") {
  Prompt prompt(leaky);
  CHECK(contains(prompt.ask("kernel"), "elements neurons_update"));
  CHECK(contains(prompt.ask("ir"), "define"));
  CHECK(contains(prompt.ask("asm"), "ret"));
}

TEST_CASE("dialogue: units of variables and expressions") {
  Prompt prompt({"dv/dt = -v/(10*ms) : volt"});
  CHECK(contains(prompt.ask("units v"), "volt"));
  CHECK(contains(prompt.ask("units 3*nS*mV"), "amp"));
}

TEST_CASE("dialogue: values of variables") {
  Prompt prompt({"group cells 3", "v : volt"});
  prompt.ask("v = 1*mV, 2*mV, 3*mV");
  CHECK(contains(prompt.ask("v"), "1 mV, 2 mV, 3 mV"));
  prompt.ask("set v = 'i*mV'");
  CHECK(contains(prompt.ask("2*v"), "0 volt, 2 mV, 4 mV"));
  CHECK(contains(prompt.ask("v > 1*mV"), "False, False, True"));
}

TEST_CASE("dialogue: method, dt, seed and refractory as a person writes them who knows Brian2") {
  Prompt prompt(leaky);
  CHECK(contains(prompt.ask("method='euler'"), "ranvier> "));
  prompt.ask("dt = 0.05*ms");
  prompt.ask("seed 3");
  prompt.ask("refractory = 2*ms");
  prompt.ask("threshold = 'v > 1'");
  const std::string list = prompt.ask("list");
  CHECK(contains(list, "method='euler'"));
  CHECK(contains(list, "dt = 0.05*ms"));
  CHECK(contains(prompt.ask("run 10*ms"), "t = 10 ms"));
  CHECK(contains(prompt.ask("explain v"), "euler"));
}

TEST_CASE("dialogue: an equation is edited in a running model, which goes on") {
  Prompt prompt({"dv/dt = 1/second : 1", "run 100*ms"});
  CHECK(contains(prompt.ask("v"), "0.1"));
  prompt.ask("dv/dt = -10/second : 1");
  CHECK(contains(prompt.ask("run 100*ms"), "t = 200 ms"));
  CHECK(contains(prompt.ask("v"), "-0.9"));
}

TEST_CASE("dialogue: undo, save, reset and load") {
  const Scratch scratch;
  Prompt prompt(leaky);
  CHECK(contains(prompt.ask("undo"), "taken back: reset v = 0"));
  CHECK(contains(prompt.ask("save " + scratch.path("a.rv")), "3 lines"));
  CHECK(contains(test::contents_of(scratch.path("a.rv")), "  threshold v > 1\n"));
  CHECK(contains(prompt.ask("reset"), "forgotten"));
  CHECK_FALSE(contains(prompt.ask("list"), "threshold"));
  prompt.ask("load " + scratch.path("a.rv"));
  CHECK(contains(prompt.ask("list"), "threshold v > 1"));
  CHECK(contains(prompt.ask("load nowhere.rv"), "nowhere.rv"));
}

TEST_CASE("dialogue: help for all and for one") {
  Prompt prompt;
  CHECK(contains(prompt.ask("help"), "threshold CONDITION"));
  CHECK(contains(prompt.ask("help connect"), "Makes synapses"));
  CHECK(contains(prompt.ask("help conect"), "did you mean `connect`?"));
}

TEST_CASE("dialogue: groups, inputs and synapses") {
  Prompt prompt({"group cells 10", "dg/dt = -g/(5*ms) : 1", "poisson input 20 100*Hz",
                 "generator kick 1 indices=0 times=1*ms", "timed_array stim dt=1*ms values=1, 2",
                 "slice half cells[0:5]"});
  prompt.ask("synapses feed input -> half");
  prompt.ask("w : 1");
  prompt.ask("on_pre g += w");
  prompt.ask("delay 1*ms");
  CHECK(contains(prompt.ask("connect p=1"), "feed: 100 synapses"));
  CHECK(contains(prompt.ask("feed.w = 0.5"), "ranvier> "));
  prompt.ask("rate input");
  CHECK(contains(prompt.ask("run 100*ms"), "t = 100 ms"));
  CHECK(contains(prompt.ask("kernel feed"), "feed_pre"));
  CHECK(contains(prompt.ask("plot cells.g 0,1"), "Time (ms)"));
  CHECK(contains(prompt.ask("plot input_rate"), "Time (ms)"));
  CHECK(contains(prompt.ask("warnings"), "warnings"));
}

TEST_CASE("dialogue: events, regular code, inputs as numbers, equations in a quotation") {
  Prompt prompt({"group cells 2"});
  prompt.type("equations '''\r");
  CHECK(contains(prompt.until_prompt(), "...> "));
  prompt.type("dv/dt = 1/second : 1\r");
  prompt.until_prompt();
  prompt.type("n : 1\r");
  prompt.until_prompt();
  prompt.ask("'''");
  prompt.ask("event boost v > 0.05");
  prompt.ask("on_event boost v = 0; n += 1");
  prompt.ask("regularly cells dt=10*ms v += 0.001");
  prompt.ask("poisson_input cells.v n=1 rate=1*Hz weight=0.0");
  prompt.ask("spikes cells event=boost");
  prompt.ask("trace cells v 0 every=10");
  CHECK(contains(prompt.ask("run 100*ms"), "t = 100 ms"));
  CHECK_FALSE(contains(prompt.ask("n"), "0, 0"));
}

TEST_CASE("dialogue: spikes by hand, and what both ends of synapses do") {
  Prompt prompt({"group a 2", "v : 1", "threshold v > 1", "reset v = 0", "synapses s a -> a", "w : 1",
                 "on_pre v_post += w", "on_post w += 1", "connect j='i'"});
  prompt.ask("inject a 1");
  CHECK(contains(prompt.ask("run 1*ms"), "a_spikes: 1 spike"));
  CHECK(contains(prompt.ask("s.w"), "0, 1"));
}

TEST_CASE("dialogue: a parenthesis goes on in the next line") {
  Prompt prompt;
  prompt.type("x = (1 +\r");
  CHECK(contains(prompt.until_prompt(), "...> "));
  prompt.ask("2)");
  CHECK(contains(prompt.ask("x"), "3"));
}

TEST_CASE("dialogue: the end of the input ends the session") {
  Prompt prompt;
  prompt.type("\004");
  CHECK(prompt.end() == 0);
  Prompt other;
  other.type("quit\r");
  CHECK(other.end() == 0);
}
