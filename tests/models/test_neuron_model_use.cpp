// Neuron models in use: changed, inspected, shared between groups.
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

namespace {

template <class T>
concept Threshold = requires(T value) { DSpikeOptions{.threshold = value}; };
template <class T>
concept Density = requires(T value) { DSpikeOptions{.g_rise_density = value}; };
template <class T>
concept ModelCapacitance = requires(T value) { NeuronModelOptions{.cm = value}; };
template <class T>
concept Axial = requires(T value) { CompartmentOptions{.r_axial = value}; };
template <class A, class B>
concept Shape = requires(A a, B b) { Cylinder{a, b}; };
template <class A, class B>
concept Values = requires(A a, B b) { Absolute{a, b}; };
template <class G>
concept Couples = requires(const Compartment& c, G g) { Edge(c, c, g); };

static_assert(Threshold<Voltage> && !Threshold<Current> && !Threshold<double>);
static_assert(Density<SpecificConductance> && !Density<Conductance>);
static_assert(ModelCapacitance<SpecificCapacitance> && !ModelCapacitance<Capacitance>);
static_assert(Axial<Resistivity> && !Axial<Resistance>);
static_assert(Shape<Length, Length> && !Shape<Length, Area> && !Shape<Length, double>);
static_assert(Values<Capacitance, Conductance> && !Values<Conductance, Capacitance>);
static_assert(Couples<Conductance> && Couples<CylinderOf> && !Couples<Resistance> && !Couples<double>);

NeuronModel with_all() {
  const Soma soma({.name = "soma", .geometry = Absolute{200 * pF, 10 * nS}});
  Dendrite dend({.name = "dend", .geometry = Absolute{50 * pF, 2.5 * nS}});
  dend.dspikes(test::understanding_dspikes()).synapse("AMPA", {.tag = "x", .g = 3 * nS, .t_decay = 2 * ms});
  dend.noise({.sigma = 20 * pA});
  return NeuronModel({{soma, dend, 15 * nS}}, {.v_rest = -60 * mV});
}

double end_of(NeuronGroup& group, Network& net, const char* variable) {
  group["s_AMPA_x_dend"] = 1;
  net.run(5 * ms);
  return group[variable].values()[0];
}

}  // namespace

TEST_CASE("mechanisms can be taken out again, and nothing of them is left") {
  NeuronModel cell = with_all();
  cell.remove_synapse("dend", "AMPA", "x").remove_noise("dend").remove_dspikes("dend", "Na");
  const NeuronModel plain({{Soma({.name = "soma", .geometry = Absolute{200 * pF, 10 * nS}}),
                            Dendrite({.name = "dend", .geometry = Absolute{50 * pF, 2.5 * nS}}), 15 * nS}},
                          {.v_rest = -60 * mV});
  CHECK(cell.equations() == plain.equations());
  CHECK(cell.parameters() == plain.parameters());
  CHECK(cell.events().empty());
  CHECK(problems_of([&] { cell.configure_dspikes("Na", {}); }).size() == 1);
}

TEST_CASE("taking out what is not there names what is") {
  NeuronModel cell = with_all();
  const NeuronModel before = cell;
  CHECK(problem_of([&] { cell.remove_synapse("dend", "AMPA", "y"); }) ==
        "the compartment has no synapse \"AMPA\" with tag \"y\"; it has: model \"passive\", dspikes \"Na\", "
        "synapse \"AMPA\" with tag \"x\", noise, coupling with soma");
  CHECK(contains(problem_of([&] { cell.remove_noise("dendd"); }), "did you mean \"dend\"?"));
  CHECK(cell.equations() == before.equations());
}

TEST_CASE("a mechanism that is switched off is zero; a group takes that over without compiling") {
  NeuronModel cell = with_all();
  cell.switch_off_noise("dend").switch_off_dspikes("dend", "Na");
  Network net;
  auto& group = net.neuron_group(1, cell, {.method = "euler"});
  CHECK(end_of(group, net, "V_dend") > -60e-3);
  CHECK(group["I_noise_dend"].values()[0] == 0);
  cell.switch_off_synapse("dend", "AMPA", "x");
  CHECK(cell.equations() == with_all().equations());
  group["V_soma"] = -60 * mV;
  group["V_dend"] = -60 * mV;
  const std::string before = group.kernel_text();
  cell.apply(group);
  CHECK(end_of(group, net, "V_dend") == -60e-3);
  CHECK(group.kernel_text() == before);
  cell.switch_on_synapse("dend", "AMPA", "x").switch_on_noise("dend").switch_on_dspikes("dend", "Na");
  CHECK(cell.parameters() == with_all().parameters());
}

TEST_CASE("a constant can be given to each neuron by itself") {
  NeuronModel cell = with_all();
  cell.switch_off_noise("dend").per_neuron("g_AMPA_x_dend").per_neuron("refractory_Na_dend");
  CHECK(cell.equations().ends_with("\ng_AMPA_x_dend : siemens\nrefractory_Na_dend : second\n"));
  CHECK(!cell.parameters().contains("g_AMPA_x_dend"));
  Network net;
  auto& group = net.neuron_group(3, cell, {.method = "euler"});
  CHECK(group["g_AMPA_x_dend"].values()[2] == doctest::Approx(3e-9));
  group["g_AMPA_x_dend"] = "i*nS";
  end_of(group, net, "V_dend");
  const auto v = group["V_dend"].values();
  CHECK((v[0] == -60e-3 && v[0] < v[1] && v[1] < v[2]));
  CHECK(contains(problem_of([&] { cell.per_neuron("g_AMPA_x_dend"); }), "a variable already"));
  CHECK(contains(problem_of([&] { cell.per_neuron("g_AMPA_x_den"); }), "no constant of the model is called"));
  CHECK(contains(problem_of([&] { cell.per_neuron("V_dend"); }), "a variable already, defined by model"));
}

TEST_CASE("a reversal potential that follows a variable has to be one") {
  NeuronModel cell = understanding();
  cell.per_neuron("E_Na");
  CHECK(contains(problem_of([&] { cell.build(); }),
                 "\"E_rise_Na_dend\" of dend.dspikes({.name = \"Na\"}) is to be"));
  cell.per_neuron("E_rise_Na_dend");
  CHECK_NOTHROW(cell.build());
}

TEST_CASE("several groups can be made of one model, which may change in between") {
  NeuronModel cell = understanding();
  Network net;
  auto& first = net.neuron_group(2, cell, {.method = "euler"});
  cell.add_params({{"gL_soma", 20 * nS}}).add_equations("depth = V_soma - V_dend : volt");
  auto& second = net.neuron_group(3, cell, {.method = "euler"});
  first["I_ext_soma"] = -10 * pA, second["I_ext_soma"] = -10 * pA;
  net.run(50 * ms);
  CHECK(first["V_soma"].values()[0] < second["V_soma"].values()[0]);
  CHECK_THROWS_AS(first["depth"], NetworkError);
  CHECK(second["depth"].to_vector()[0] < 0);
}

TEST_CASE("compartments are noisy independently of each other") {
  const auto noisy = [](const char* name) {
    Dendrite dend({.name = name, .geometry = Absolute{50 * pF, 2.5 * nS}, .v_rest = -60 * mV});
    dend.noise({.tau = 1 * ms});
    return dend;
  };
  Network net({.seed = 3});
  auto& group = net.neuron_group(2000, NeuronModel({{noisy("a"), noisy("b"), 1 * nS}}), {.method = "euler"});
  net.run(10 * ms);
  const auto a = group["I_noise_a"].values(), b = group["I_noise_b"].values();
  double sum = 0;
  for (std::size_t k = 0; k < a.size(); ++k) sum += a[k] * b[k] * 1e24;
  CHECK(std::abs(sum / 2000) < 5 / std::sqrt(2000.0));  // five standard errors of products of unit normals
}

TEST_CASE("a text and a picture of a model can be read") {
  const std::string text = understanding().to_string();
  for (const char* part :
       {"Equations\ndV_soma/dt", "Parameters\nAlpha_NMDA = 0.062\n", "Events\nspike_Na_dend: V_dend >=",
        "    then spiketime_Na_dend = t; gate_Na_dend = 1\n", "Couplings\nsoma - dend: 15 nS\n",
        "soma          -             -             -             200           10            -60\n"})
    CHECK_MESSAGE(contains(text, part), std::string(part));
  CHECK(understanding().graph_dot() ==
        "graph neuron {\n"
        "  node [style=filled, fontcolor=white];\n"
        "  \"soma\" [shape=circle, fillcolor=\"#4c6c92\"];\n"
        "  \"dend\" [shape=ellipse, fillcolor=\"#a7361c\"];\n"
        "  \"soma\" -- \"dend\" [label=\"15 nS\"];\n"
        "}\n");
}
