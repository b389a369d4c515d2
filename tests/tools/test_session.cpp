#include <doctest/doctest.h>

#include <cmath>

#include "tests/tools/dialogue.hpp"

using namespace ranvier;
using test::Dialogue;

namespace {

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

double value_of(Dialogue& dialogue, const std::string& group, const std::string& variable) {
  return dialogue.session.built().neurons(group)[variable].to_vector().front();
}

}  // namespace

TEST_CASE("an expression alone is printed with its unit") {
  Dialogue dialogue;
  CHECK(dialogue.say("3*nS * 10*mV") == "30 pA\n");
  CHECK(dialogue.say("1 + 1") == "2\n");
  CHECK(dialogue.say("2 > 1") == "True\n");
  CHECK(dialogue.say("exp(0)") == "1\n");
  dialogue.say("tau = 20*ms");
  CHECK(dialogue.say("1/tau") == "50 Hz\n");
  dialogue.say("f(x) = 2*x");
  CHECK(dialogue.say("f(3*mV)") == "6 mV\n");
}

TEST_CASE("a neuron decays as its equation says") {
  Dialogue dialogue;
  CHECK(dialogue.say("tau = 10*ms\ndv/dt = -v/tau : volt\nv = 8*mV\nrun 10*ms") == "t = 10 ms\n");
  CHECK(value_of(dialogue, "neurons", "v") == doctest::Approx(8e-3 * std::exp(-1)));
  CHECK(contains(dialogue.say("v"), "2.943"));
}

TEST_CASE("a refused line changes nothing") {
  Dialogue dialogue;
  dialogue.say("tau = 10*ms\ndv/dt = -v/tau : volt");
  const std::string answer = dialogue.say("dw/dt = -w : volt");
  CHECK(contains(answer, "RV0301"));
  CHECK(contains(answer, "dw/dt = -w : volt"));
  CHECK(dialogue.say("list") == "tau = 10*ms\n  dv/dt = -v/tau : volt\n");
  CHECK(dialogue.say("run 1*ms") == "t = 1 ms\n");
}

TEST_CASE("an equation that is edited between runs keeps time and every variable that still exists") {
  Dialogue dialogue;
  dialogue.say("dv/dt = 0*mV/ms : volt\ndw/dt = 1/second : 1\nx : 1\nv = 5*mV\nx = 3\nrun 10*ms");
  CHECK(dialogue.say("dv/dt = 1*mV/ms : volt") == "");
  CHECK(dialogue.say("run 10*ms") == "t = 20 ms\n");
  CHECK(dialogue.session.built().network().time().si() == doctest::Approx(0.02));
  CHECK(value_of(dialogue, "neurons", "v") == doctest::Approx(15e-3));
  CHECK(value_of(dialogue, "neurons", "w") == doctest::Approx(0.02));
  CHECK(value_of(dialogue, "neurons", "x") == 3);
}

TEST_CASE("undo takes back the last line, a run among them, and everything else comes out as it was") {
  Dialogue dialogue;
  dialogue.say("seed 3\ndv/dt = xi*mV/second**0.5 : volt\nrun 5*ms N=2");
  const double before = value_of(dialogue, "neurons", "v");
  dialogue.say("run 5*ms");
  CHECK(value_of(dialogue, "neurons", "v") != before);
  CHECK(contains(dialogue.say("undo"), "run 5*ms"));
  CHECK(value_of(dialogue, "neurons", "v") == before);
}

TEST_CASE("parts of groups, conditions, lists and texts are assigned") {
  Dialogue dialogue;
  dialogue.say(
      "group cells 6\nv : volt\nw : 1\ncells[0:3].v = 1*mV\ncells.v[3:5] = 2*mV\ncells.v['i == 5'] = 3*mV");
  CHECK(dialogue.say("w = 1, 2, 3, 4, 5, 6") == "");
  CHECK(dialogue.say("set w += 1") != "");
  dialogue.say("w *= 2");
  const auto v = dialogue.session.built().neurons("cells")["v"].to_vector();
  CHECK(v == std::vector<double>{1e-3, 1e-3, 1e-3, 2e-3, 2e-3, 3e-3});
  CHECK(dialogue.session.built().neurons("cells")["w"].to_vector().back() == 12);
  dialogue.say("set w = 'i + 1'");
  CHECK(dialogue.session.built().neurons("cells")["w"].to_vector().back() == 6);
}

TEST_CASE("poisson neurons, generators and timed arrays drive neurons") {
  Dialogue dialogue;
  CHECK(dialogue
            .say("timed_array stim dt=1*ms values=0, 1, 0\ngroup g 1\nx = stim(t) : 1\ny : 1\n"
                 "generator s 2 indices=0,1,1 times=1*ms,2*ms,3*ms\npoisson p 10 '100*Hz*(i + 1)'\n"
                 "synapses a s -> g\non_pre y += 1\nconnect a\nrun 5*ms")
            .starts_with("a: 2 synapses\nt = 5 ms\ns_spikes: 3 spikes of 2 neurons"));
  CHECK(value_of(dialogue, "g", "y") == 3);
}

TEST_CASE("synapses have equations, pathways of several names and delays") {
  Dialogue dialogue;
  CHECK(dialogue
            .say("generator s 1 indices=0 times=1*ms\ngroup g 2\ny : 1\nsynapses a s -> g\nw : 1\non_pre y "
                 "+= w\n"
                 "on_pre late: y += 10*w\ndelay 2*ms\nconnect\na.w = 1 + j\nrun 5*ms")
            .starts_with("a: 2 synapses\nt = 5 ms\n"));
  CHECK(dialogue.session.built().neurons("g")["y"].to_vector() == std::vector<double>{11, 22});
}

TEST_CASE("what was saved says the same when it is read") {
  Dialogue dialogue;
  dialogue.say(
      "seed 5\ntau = 10*ms\ngroup cells 10\ndv/dt = (1 - v)/tau + 0.1*xi/tau**0.5 : 1\nthreshold v > 0.8\n"
      "reset v = 0\nv = rand()\nspikes cells\nrun 100*ms");
  Dialogue again(false);
  CHECK(again.say(dialogue.say("list")) == "");
  const auto spikes = [](Dialogue& d) { return d.session.built().recorded().front().spikes().num_spikes(); };
  CHECK(spikes(dialogue) > 10);
  CHECK(spikes(again) == spikes(dialogue));
}

TEST_CASE("in a file, saying something twice is an error unless there was a run between") {
  Dialogue twice(false);
  CHECK(contains(twice.say("dv/dt = -v/ms : 1\nthreshold v > 1\nthreshold v > 2"), "RV0802"));
  Dialogue edited(false);
  CHECK(edited.say("dv/dt = -v/ms : 1\nreset v = 0\nthreshold v > 1\nrun 1*ms\nthreshold v > 2\nrun 1*ms") ==
        "");
  Dialogue equations(false);
  CHECK(contains(equations.say("dv/dt = -v/ms : 1\ndv/dt = -v/second : 1\nrun 1*ms"), "RV0206"));
}

TEST_CASE("carets stand below the user's own line, whatever text it went into") {
  const std::string text =
      "group cells 3\n  dv/dt = -v/(10*ms) : volt\n  threshold v > 1*mV\n  reset v = 3*nS\nrun 1*ms\n";
  Dialogue file(false);
  const std::string answer = file.say(text);
  CHECK(contains(answer, "--> text:4:"));
  CHECK(contains(answer, "reset v = 3*nS"));
  Dialogue constants(false);
  CHECK(contains(constants.say("group a 1\ndv/dt = -v/tau : 1\nrun 1*ms"), "--> text:2:12"));
}

TEST_CASE("a check of a text collects all problems") {
  Dialogue file(false);
  const std::string answer = file.say("grup cells 3\ndv/dt = -v/ms : volt\nspikes nobody\nconnect p=2\n");
  CHECK(contains(answer, "did you mean `group`?"));
}
