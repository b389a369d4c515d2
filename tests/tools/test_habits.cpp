// What people type who know Brian2: it works, or the answer says what to type instead.
#include <doctest/doctest.h>

#include "tests/tools/dialogue.hpp"

using namespace ranvier;
using test::Dialogue;

namespace {

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("every variable of a block of equations can be assigned") {
  for (const std::string quotes : {"'''", "\"\"\""}) {
    Dialogue dialogue;
    CHECK(dialogue.say("eqs = " + quotes + "\ndv/dt = (I - v)/(10*ms) : volt\nI : volt\n" + quotes) == "");
    CHECK(dialogue.say("v = 1*mV\nI = 5*mV") == "");
    CHECK(dialogue.say("I") == "5 mV\n");
    dialogue.say("run 100*ms");
    CHECK(dialogue.session.built().neurons("neurons")["v"].value() == doctest::Approx(5e-3).epsilon(1e-3));
  }
}

TEST_CASE("an equation of a block is said anew, and the others stay") {
  Dialogue dialogue;
  dialogue.say("'''dv/dt = (I - v)/(10*ms) : 1\nI : 1'''\nI = 5\ndv/dt = I/second : 1");
  CHECK(dialogue.say("list") == "  dv/dt = I/second : 1\n  I : 1\nI = 5\n");
  CHECK(dialogue.say("run 100*ms\nv") == "t = 100 ms\n0.5\n");
}

TEST_CASE("equations in usual quotation marks are equations") {
  Dialogue dialogue;
  CHECK(dialogue.say("eqs = 'dv/dt = -v/(10*ms) : volt'\nv = 2*mV") == "");
  CHECK(dialogue.say("v") == "2 mV\n");
}

TEST_CASE("something that has the name of a command is asked for by its name") {
  Dialogue dialogue;
  dialogue.say("group cells 2\nv : 1");
  CHECK(contains(dialogue.say("group.v = 1"), "there are no neurons or synapses called `group`"));
}

TEST_CASE("variables of objects are shown by their full names") {
  Dialogue dialogue;
  dialogue.say(
      "group a 3\nv : volt\nthreshold v > 1*volt\nv = i*mV\ngroup b 2\nw : 1\nsynapses s a -> b\nx : "
      "1\non_pre w += x\n"
      "connect p=1\ns.x = 4");
  CHECK(dialogue.say("a.v") == "0 volt, 1 mV, 2 mV\n");
  CHECK(dialogue.say("a.v[2]") == "2 mV\n");
  CHECK(dialogue.say("a.v[1:3]") == "1 mV, 2 mV\n");
  CHECK(dialogue.say("s.x[0:2]") == "4, 4\n");
  CHECK(contains(dialogue.say("a.v[3]"), "there are 3 elements"));
  CHECK(contains(dialogue.say("a.y"), "no variable 'y'"));
}

TEST_CASE("the name of an object says what it is") {
  Dialogue dialogue;
  dialogue.say(
      "group a 3\nv : volt\nthreshold v > 1*volt\nsynapses s a -> a\nx : 1\non_pre x += 1\nconnect p=1");
  CHECK(dialogue.say("a") == "a: 3 neurons; v\n");
  CHECK(dialogue.say("s") == "s: 9 synapses; x\n");
  CHECK(dialogue.say("units a.v") == "volt\n");
  CHECK(contains(dialogue.say("explain a.v"), "v of a: parameter, float in volt"));
}

TEST_CASE("problems are told in the words of a session, not of a program in C++") {
  Dialogue dialogue;
  CHECK(contains(dialogue.say("2*tua"), "give its value in a line of its own"));
  CHECK(contains(dialogue.say("len(2)"), "f(x) = ..."));
  dialogue.say("group a 3\nv : volt\nthreshold v > 1*volt\nsynapses s a -> a\nx : 1\non_pre x += 1");
  CHECK(contains(dialogue.say("s.x"), "connect it before using"));
}

TEST_CASE("lines of Python are answered with the line to type") {
  Dialogue dialogue;
  dialogue.say("gain = 2\ngroup P 10\nv : 1\nthreshold v > 1\nreset v = 0\nsynapses S P -> P\non_pre v += 1");
  constexpr std::pair<const char*, const char*> answers[] = {
      {"Pe = P[:8]", "write: slice Pe P[:8]"},
      {"S.connect(p=0.1)", "connect NAME p=0.1"},
      {"connect(condition='i==j', p=0.1)", "write: connect condition='i==j' p=0.1"},
      {"run(1*ms, report='text')", "it is written: run DURATION"},
      {"P.run_regularly('v = 0', dt=1*ms)", "regularly NEURONS"},
      {"G = NeuronGroup(2, eqs)", "group NAME N"},
      {"net = Network(collect())", "one network"},
      {"set_device('cpp_standalone')", "everything is compiled"},
      {"figure()", "plot v"},
      {"store()", "save FILE"},
      {"gain *= 1 + 1", "write: gain = gain*(1 + 1)"},
  };
  for (const auto& [line, answer] : answers) {
    CAPTURE(line);
    CHECK(contains(dialogue.say(line), answer));
  }
}
