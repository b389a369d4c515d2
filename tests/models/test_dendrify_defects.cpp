// What the reference's builders get wrong, one to nine, each done right.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <ranvier/tests/models/dendritic_cells.hpp>
#include <ranvier/tests/models/problems_of.hpp>

using namespace ranvier;
using namespace ranvier::units;
using test::contains;
using test::problem_of;
using test::problems_of;
using test::understanding;
using test::understanding_dspikes;

namespace {

Dendrite absolute(const char* name = "dend") {
  return Dendrite({.name = name, .geometry = Absolute{50 * pF, 2.5 * nS}, .v_rest = -60 * mV});
}

const PointNeuronOptions point{.cm_abs = 100 * pF, .gl_abs = 10 * nS, .v_rest = -70 * mV};

double si(const Namespace& parameters, const char* name) {
  return parameters.at(name).quantity()->value;
}

/// The standard deviation of a noise of 1 pA after many correlation times, over 4000 neurons.
double deviation_of_noise(const char* method) {
  PointNeuronModel model(point);
  model.noise({.tau = 2 * ms, .sigma = 1 * pA});
  Network net({.seed = 7});
  auto& group = net.neuron_group(4000, model, {.method = method});
  net.run(20 * ms);
  double sum = 0;
  for (const double i : group["I_noise"].values()) sum += i * i;
  return std::sqrt(sum / 4000) * 1e12;
}

}  // namespace

TEST_CASE("defect 1: other objects fit into the slot of event actions, and the summary lists them") {
  Network net;
  auto& cell = net.neuron_group(1, understanding(), {.method = "euler"});
  cell.run_regularly("I_ext_dend = 0*pA", {.when = "after_resets"});
  CHECK(contains(net.scheduling_summary(), "neurongroup_spike_Na_dend"));
  CHECK_NOTHROW(net.run(1 * ms));
}

TEST_CASE("defect 2: an unknown membrane model is refused") {
  const Geometry any = Absolute{1 * pF, 1 * nS};
  CHECK(contains(problem_of([&] { Soma({.name = "soma", .model = "adexx", .geometry = any}); }),
                 "no membrane model is called \"adexx\"; did you mean \"adex\"?"));
}

TEST_CASE("defect 3: custom templates are accepted where names are") {
  const MembraneTemplate own{.name = "own", .equations = "dV{c}/dt = I{c} / C{c} : volt"};
  const Soma soma({.name = "soma", .model = own, .geometry = Absolute{1 * pF, 1 * nS}, .v_rest = 0 * mV});
  CHECK(contains(soma.equations(), "dV_soma/dt = I_soma / C_soma : volt"));
}

TEST_CASE("defect 4: add_params wins over default constants, and over EL, C and gL") {
  Dendrite dend = absolute();
  dend.add_params({{"E_GABA", -65 * mV}, {"EL_dend", -61 * mV}, {"C_dend", 51 * pF}});
  CHECK(si(dend.parameters(), "E_GABA") == -65e-3);
  CHECK(si(NeuronModel(dend).parameters(), "E_GABA") == -65e-3);
  CHECK(si(NeuronModel(dend).parameters(), "EL_dend") == -61e-3);
  CHECK(si(NeuronModel(dend, {.v_rest = -70 * mV}).parameters(), "EL_dend") == -61e-3);
  CHECK(si(NeuronModel(dend).parameters(), "C_dend") == doctest::Approx(51e-12));
  PointNeuronModel model(point);
  model.add_params({{"E_GABA", -65 * mV}});
  CHECK(si(model.parameters(), "E_GABA") == -65e-3);
}

TEST_CASE("defect 5: a model-wide capacitance leaves the compartments' own area factors alone") {
  const Soma soma({.name = "soma", .geometry = Cylinder{25 * um, 25 * um}, .scale_factor = 2});
  const Dendrite dend({.name = "dend", .geometry = Cylinder{100 * um, 1 * um}, .spine_factor = 1.5});
  const NeuronModel cell({{soma, dend, 1 * nS}},
                         {.cm = 1 * uF / cm2, .gl = 40 * uS / cm2, .v_rest = -65 * mV});
  CHECK(cell.electrophysiology()[0].area->in(um2) == doctest::Approx(3926.99));
  CHECK(cell.electrophysiology()[1].area->in(um2) == doctest::Approx(471.239));
}

TEST_CASE("defect 6: zero is a value") {
  Dendrite dend({.name = "dend", .geometry = Absolute{50 * pF, 0 * nS}, .v_rest = 0 * mV});
  DSpikeOptions zero = understanding_dspikes();
  zero.g_fall = 0 * nS, zero.offset_fall = 0 * ms, zero.reversal_rise = 0 * mV, zero.threshold = 0 * mV;
  dend.dspikes(zero).synapse("AMPA", {.tag = "x", .g = 0 * nS, .t_decay = 1 * ms});
  const NeuronModel cell(dend, {.v_rest = 0 * mV});
  CHECK(cell.missing_parameters().empty());
  CHECK_NOTHROW(cell.build());
  CHECK(si(cell.parameters(), "E_rise_Na_dend") == 0);
}

TEST_CASE("defect 7: configuring dendritic spikes changes what is given, and knows their names") {
  NeuronModel cell = understanding();
  const Namespace before = cell.parameters();
  cell.configure_dspikes("Na", {.refractory = 3 * ms});
  Namespace expected = before;
  expected["refractory_Na_dend"] = 3 * ms;
  CHECK(cell.parameters() == expected);
  CHECK(problem_of([&] { cell.configure_dspikes("Ca", {.refractory = 3 * ms}); }) ==
        "no dendritic spike is called \"Ca\"; known: \"Na\"");
  CHECK(problems_of([&] { cell.configure_dspikes("Na", {.refractory = -3 * ms}); }).size() == 1);
  CHECK(cell.parameters() == expected);
}

TEST_CASE("defect 8: times of dendritic spikes are times") {
  CHECK(si(understanding().parameters(), "duration_rise_Na_dend") == doctest::Approx(1.2e-3));
  Network net({.dt = 0.7 * ms});
  net.neuron_group(1, understanding(), {.method = "euler"});
  net.run(7 * ms);
  CHECK(net.warnings().size() == 4);  // none of the four times is a multiple of dt
}

TEST_CASE("defect 9: noise is white noise, whatever the method") {
  // Of 4000 neurons the deviation is known to 1.1 %; euler's own is 1.013 with dt = tau/20. Five sigmas.
  CHECK(std::abs(deviation_of_noise("euler") - 1.013) < 0.056);
  CHECK(std::abs(deviation_of_noise("heun") - 1) < 0.056);
  CHECK_THROWS_AS(deviation_of_noise("rk4"), ModelError);
}
