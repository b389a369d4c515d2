// Editing a model between runs.
#include <doctest/doctest.h>

#include <cmath>
#include <ranvier/runtime/network.hpp>

#include "tests/tools/dialogue.hpp"

using namespace ranvier;
using namespace ranvier::units;
using test::Dialogue;

namespace {

constexpr const char* model =
    "seed 4\ngroup cells 50\n"
    "  dv/dt = (g - v)/(10*ms) + 0.3*xi/(10*ms)**0.5 : 1 (unless refractory)\n  dg/dt = -g/(5*ms) : 1\n"
    "threshold v > 1\nreset v = 0\nrefractory 3*ms\nv = rand()\npoisson input 40 '100*Hz*(1 + "
    "sin(i))'\npoisson steady 20 60*Hz\n"
    "generator kick 2 indices=0,1 times=19.5*ms,30*ms\n"
    "synapses plastic input -> cells\n  w : 1\n  da/dt = -a/(20*ms) : 1 (event-driven)\n"
    "  db/dt = -b/(20*ms) : 1 (event-driven)\n  on_pre g_post += w; a += 0.1; w = clip(w - b, 0, 1)\n"
    "  on_post b += 0.1; w = clip(w + a, 0, 1)\n  delay 3*ms\n  connect p=0.5\nw = 0.4\n"
    "synapses drive steady -> cells\n  on_pre g_post += 0.3\n  connect p=0.3\n"
    "synapses own kick -> cells\n  on_pre g_post += 2\n  connect\nown.delay = 1*ms + 10*ms*rand()\n"
    "synapses feedback cells -> cells\n  on_pre g_post -= 0.1\n  delay 2*ms\n  connect i != j p=0.2\n"
    "spikes cells\n";

using Spikes = std::vector<std::pair<double, std::int32_t>>;

/// Of all networks that a session had, one behind the other.
Spikes spikes_of(Dialogue& dialogue) {
  Spikes spikes;
  for (const tool::Built* built : dialogue.session.all_built())
    for (const tool::Recorded& recorded : built->recorded())
      if (recorded.name == "cells_spikes")
        for (std::size_t k = 0; k < recorded.spikes().indices().size(); ++k)
          spikes.emplace_back(recorded.spikes().times()[k], recorded.spikes().indices()[k]);
  return spikes;
}

Spikes spikes_with(const std::string& runs) {
  Dialogue dialogue;
  REQUIRE(dialogue.say(model).find("error") == std::string::npos);
  const std::string answer = dialogue.say(runs);
  CAPTURE(answer);
  CHECK(answer.find("error") == std::string::npos);
  return spikes_of(dialogue);
}

}  // namespace

TEST_CASE("an edit that changes nothing leaves every later spike as it is, those in flight among them") {
  const Spikes unbroken = spikes_with("run 60*ms");
  REQUIRE(unbroken.size() > 50);
  CHECK(spikes_with("run 20*ms\ngroup cells\nthreshold v > 1\nrun 20*ms\nreset v = 0\nrun 20*ms") ==
        unbroken);
}

TEST_CASE("spikes arrive after an edit of the code, which they then execute") {
  Dialogue dialogue;
  dialogue.say(
      "generator s 1 indices=0,0 times=1*ms,4*ms\ngroup g 1\ny : 1\nsynapses a s -> g\non_pre y_post += 1\n"
      "delay 5*ms\nconnect\nrun 5*ms");
  dialogue.say("on_pre y_post += 10\nrun 3*ms");
  CHECK(dialogue.session.built().neurons("g")["y"].to_vector().front() == 10);
  dialogue.say("delay 1*ms\nrun 3*ms");  // those in flight keep the delay that they were sent with
  CHECK(dialogue.session.built().neurons("g")["y"].to_vector().front() == 20);
}

TEST_CASE("spikes arrive when they would have, also after steps became shorter") {
  Dialogue dialogue;
  dialogue.say(
      "generator s 1 indices=0 times=1*ms\ngroup g 1\ny : 1\nsynapses a s -> g\non_pre y_post = t/ms\n"
      "delay 5*ms\nconnect\nrun 3*ms");
  dialogue.say("dt 0.05*ms\nrun 5*ms");
  CHECK(dialogue.session.built().neurons("g")["y"].to_vector().front() == doctest::Approx(6));
}

TEST_CASE("spikes are injected into the next step once, whatever is edited later") {
  Dialogue dialogue;
  dialogue.say(
      "group g 5\ndv/dt = -v/(10*ms) : 1\nthreshold v > 1\nreset v = 0\nspikes g\nrun 1*ms\n"
      "inject g[0:2]\ninject g 4\nmethod euler\nrun 1*ms");
  const auto spikes = [&] {
    std::vector<std::int32_t> neurons;
    for (const tool::Built* built : dialogue.session.all_built())
      for (const std::int32_t k : built->recorded().front().spikes().indices()) neurons.push_back(k);
    return neurons;
  };
  CHECK(spikes() == std::vector<std::int32_t>{0, 1, 4});
  dialogue.say("method exact\nrun 1*ms");
  CHECK(spikes() == std::vector<std::int32_t>{0, 1, 4});
  CHECK(dialogue.say("inject g 5").find("out of range") != std::string::npos);
  CHECK(dialogue.say("inject h").find("RV") != std::string::npos);
}

TEST_CASE("neurons of constant rates draw anew after an edit of their rate or of dt, and only then") {
  const auto spikes_after = [](const std::string& edit) {
    Dialogue dialogue;
    dialogue.say("seed 3\ngroup g 1\nv : 1\npoisson p 200 50*Hz\nspikes p name=cells_spikes\nrun 20*ms");
    const std::string answer = dialogue.say(edit + "\nrun 200*ms");
    CAPTURE(answer);
    CHECK(answer.find("error") == std::string::npos);
    return spikes_of(dialogue);
  };
  const Spikes unbroken = spikes_after("");
  CHECK(spikes_after("group g\nw : 1") == unbroken);
  for (const char* edit : {"group g\nw : 1\np.rates = 100*Hz", "dt 0.05*ms"}) {
    const Spikes others = spikes_after(edit);
    CHECK(others != unbroken);
    const double expected = edit[0] == 'd' ? 2200 : 4200;  // 200 neurons, 220 ms
    CHECK(std::abs(static_cast<double>(others.size()) - expected) < 5 * std::sqrt(expected));
  }
}

TEST_CASE("groups go on from those of another network at the same time") {
  Network one, other;
  auto &first = one.poisson_group(5, 10 * Hz), &second = other.poisson_group(5, 10 * Hz);
  CHECK_THROWS_AS(first.go_on_from(first), NetworkError);
  CHECK_NOTHROW(first.go_on_from(second));  // nothing was drawn yet
  one.run(1 * ms);
  CHECK_THROWS_AS(first.go_on_from(second), NetworkError);
}

TEST_CASE("synapses go on from no others than the same of another network at the same time") {
  Network one, other;
  const auto make = [](Network& net, double p) -> Synapses& {
    auto& group = net.neuron_group(10, {.equations = "x : 1", .threshold = "x > 1"});
    auto& synapses = net.synapses(group, group, {.on_pre = "x_post += 1"});
    synapses.connect({.p = p});
    return synapses;
  };
  Synapses &first = make(one, 1.0), &second = make(other, 0.5);
  CHECK_THROWS_AS(first.go_on_from(first), NetworkError);
  CHECK_THROWS_AS(first.go_on_from(second), NetworkError);
  one.run(1 * ms);
  second.connect({.p = 1.0});
  CHECK_THROWS_AS(first.go_on_from(second), NetworkError);
}
