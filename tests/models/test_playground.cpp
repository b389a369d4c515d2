// A dendrite whose parameters are turned.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <ranvier/models/playground.hpp>
#include <ranvier/ranvier.hpp>
#include <ranvier/tests/support/message_of.hpp>

using namespace ranvier;
using namespace ranvier::units;
using test::message_of;

namespace {

double peak(const PlaygroundTrace& trace) {
  return *std::ranges::max_element(trace.voltage);
}

double compiling(const Playground& playground) {
  const BuildTimes& build = playground.times().build;
  return build.emit + build.optimise + build.link;
}

}  // namespace

TEST_CASE("a playground begins with five dendritic spikes of 55 mV") {  // as the reference's playground does
  Playground playground;
  const PlaygroundTrace trace = playground.run();
  CHECK(trace.times.size() == 1550);
  CHECK(trace.voltage.size() == 1550);
  CHECK(trace.dspikes.size() == 5);
  CHECK(peak(trace) == doctest::Approx(-14.6e-3).epsilon(0.01));
  CHECK(trace.voltage.front() == -0.07);
}

TEST_CASE("without dendritic spikes the voltage follows the current alone") {
  Playground playground;
  playground.set("threshold", 0 * mV);
  playground.set("current", 60 * pA);
  const PlaygroundTrace trace = playground.run();
  CHECK(trace.dspikes.empty());
  const double tau = 80e-12 / 3e-9, rise = 60e-12 / 3e-9;  // euler: (1 - dt/tau)^n stays after n steps
  CHECK(peak(trace) == doctest::Approx(-0.07 + rise * (1 - std::pow(1 - 1e-4 / tau, 1000))).epsilon(1e-9));
}

TEST_CASE("no turn of a slider compiles anything") {
  const auto sliders = dspike_sliders("seldom");
  Playground playground(playground_dendrite("seldom"), {.compartment = "seldom", .sliders = sliders});
  playground.run();
  const double first = compiling(playground);
  CHECK(first > 0);  // no other test has made this code
  for (const Slider& slider : sliders) {
    playground.set(slider.name, {slider.value.value + slider.step.value, slider.step.dimension});
    playground.run();
  }
  CHECK(compiling(playground) == first);
}

TEST_CASE("what a playground shows depends on where its sliders are, not on where they were") {
  Playground playground;
  const PlaygroundTrace before = playground.run();
  for (const Slider& slider : dspike_sliders()) playground.set(slider.name, slider.maximum);
  CHECK(playground.run().voltage != before.voltage);
  for (const Slider& slider : dspike_sliders()) playground.set(slider.name, slider.value);
  const PlaygroundTrace after = playground.run();
  CHECK(after.voltage == before.voltage);
  CHECK(after.dspikes == before.dspikes);
  CHECK(after.times == before.times);
}

TEST_CASE("every slider changes what is seen") {
  for (const Slider& slider : dspike_sliders()) {
    CAPTURE(slider.name);
    Playground playground;
    const auto before = playground.run().voltage;
    playground.set(slider.name, slider.maximum);
    CHECK(playground.run().voltage != before);
    CHECK(playground.value(slider.name) == slider.maximum);
  }
}

TEST_CASE("a model of one's own can be played with") {
  const Soma soma({.name = "soma", .geometry = Absolute{200 * pF, 10 * nS}, .v_rest = -60 * mV});
  const Dendrite dend({.name = "dend", .geometry = Absolute{50 * pF, 2.5 * nS}, .v_rest = -60 * mV});
  const NeuronModel cell({{soma, dend, 15 * nS}});
  Playground playground(cell, {.compartment = "soma",
                               .sliders = {{"current", "I_ext_dend", 0 * pA, 1 * nA, 100 * pA, 10 * pA},
                                           {"coupling", "g_dend_soma", 0 * nS, 50 * nS, 15 * nS, 1 * nS}},
                               .stimulus = 500 * ms});
  const double coupled = peak(playground.run());
  playground.set("coupling", 0 * nS);
  CHECK(peak(playground.run()) == doctest::Approx(-0.06));
  CHECK(coupled > -0.055);
}

TEST_CASE("a slider that there is not, or a value of another kind, is refused") {
  Playground playground;
  const PlaygroundTrace before = playground.run();
  CHECK(message_of([&] { playground.set("g_rice", 1 * nS); }).find("did you mean \"g_rise\"?") !=
        std::string::npos);
  CHECK(message_of([&] { playground.set("g_rise", 1 * mV); }) ==
        "the slider \"g_rise\" is in the unit of 500 pS, which 1 mV is not");
  CHECK(playground.run().voltage == before.voltage);
  const auto with = [](const Slider& slider) { return Playground({.sliders = {slider}}); };
  CHECK(message_of([&] {
          with({"x", "g_rise_max_Na_den", 0 * nS, 1 * nS, 0 * nS, 1 * nS});
        }).find("did you mean \"g_rise_max_Na_dend\"?") != std::string::npos);
  CHECK(message_of([&] {
          with({"x", "Vth_Na_dend", 0 * mV, 0 * mV, 0 * mV, 1 * mV});
        }).find("needs a minimum below its maximum") != std::string::npos);
}
