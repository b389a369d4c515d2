// The numbers of neuron models. Expected values: formulas of the reference and what it computes.
#include <doctest/doctest.h>

#include <ranvier/compiler/units.hpp>
#include <ranvier/models/neuron_model.hpp>

using namespace ranvier;
using namespace ranvier::units;

namespace {

const NeuronModelOptions tutorial{.cm = 1 * uF / cm2,
                                  .gl = 40 * uS / cm2,
                                  .r_axial = 150 * ohm * cm,
                                  .v_rest = -65 * mV,
                                  .scale_factor = 2.8,
                                  .spine_factor = 1.5};

Dendrite dendrite(const char* name, double diameter) {
  return Dendrite({.name = name, .geometry = Cylinder{100 * um, diameter * um}});
}
Soma soma() {
  return Soma({.name = "soma", .geometry = Cylinder{25 * um, 25 * um}});
}

double si(const NeuronModel& model, const char* name) {
  return model.parameters().at(name).quantity()->value;
}

doctest::Approx near(double value) {
  return doctest::Approx(value).epsilon(1e-8);
}

}  // namespace

TEST_CASE("area, capacitance and leak follow from the cylinder") {
  const Compartment c(
      {.name = "c", .geometry = Cylinder{20 * um, 20 * um}, .cm = 1 * uF / cm2, .gl = 40 * uS / cm2});
  CHECK(c.electrophysiology().area->in(um2) == near(1256.637061));
  CHECK(c.electrophysiology().capacitance->in(pF) == near(12.56637061));
  CHECK(c.electrophysiology().g_leakage->in(nS) == near(0.5026548246));
}

TEST_CASE("the model's values and factors reach every compartment, spines not the soma") {
  const NeuronModel cell({{soma(), dendrite("trunk", 2.5), 15 * nS},
                          {dendrite("trunk", 2.5), dendrite("prox", 1), 6 * nS},
                          {dendrite("prox", 1), dendrite("dist", 0.5), 2 * nS}},
                         tutorial);
  const char* names[] = {"soma", "trunk", "prox", "dist"};
  const double capacitance[] = {54.97787144, 32.98672286, 13.19468915, 6.597344573};
  const double leak[] = {2.199114858, 1.319468915, 0.5277875658, 0.2638937829};
  const auto table = cell.electrophysiology();
  for (int k = 0; k < 4; ++k) {
    CHECK(si(cell, ("C_" + std::string(names[k])).c_str()) * 1e12 == near(capacitance[k]));
    CHECK(si(cell, ("gL_" + std::string(names[k])).c_str()) * 1e9 == near(leak[k]));
    CHECK(si(cell, ("EL_" + std::string(names[k])).c_str()) == near(-65e-3));
    CHECK(cell.initial_values().at("V_" + std::string(names[k])) == AnyQuantity(-65 * mV));
    CHECK(table[static_cast<std::size_t>(k)].capacitance->in(pF) == near(capacitance[k]));
  }
  CHECK(si(cell, "g_soma_trunk") == (15 * nS).si());
  CHECK(si(cell, "g_trunk_soma") == (15 * nS).si());
  CHECK(si(cell, "g_dist_prox") == (2 * nS).si());
}

TEST_CASE("a coupling by shape is the axial conductance between the middles, or of one cylinder") {
  const auto g = [](const Coupling& coupling) {
    const NeuronModel cell({{soma(), dendrite("dend", 1), coupling}}, tutorial);
    CHECK(si(cell, "g_soma_dend") == si(cell, "g_dend_soma"));
    CHECK(cell.couplings().front().g->si() == si(cell, "g_soma_dend"));
    return si(cell, "g_soma_dend") * 1e9;
  };
  CHECK(g(HalfCylinders{}) == doctest::Approx(10.4677884).epsilon(1e-8));
  CHECK(g(CylinderOf{"dend"}) == doctest::Approx(5.23598776).epsilon(1e-8));
  CHECK(g(CylinderOf{"soma"}) == doctest::Approx(13089.96939).epsilon(1e-8));
}

TEST_CASE("the couplings of the attenuation example are those of the reference") {
  const auto part = [](const char* name, double diameter) { return dendrite(name, diameter); };
  const NeuronModel cell(
      {{soma(), part("prox", 1.5)},
       {part("prox", 1.5), part("medial", 1.2)},
       {part("medial", 1.2), part("dist", 1)}},
      {.cm = 1 * uF / cm2, .gl = 50 * uS / cm2, .r_axial = 400 * ohm * cm, .v_rest = -70 * mV});
  CHECK(cell.couplings()[0].g->in(nS) == near(8.82778433));
  CHECK(cell.couplings()[1].g->in(nS) == near(3.4480895));
  CHECK(cell.couplings()[2].g->in(nS) == near(2.31756835));
}

TEST_CASE("scale_g divides by the peak of the double exponential") {
  Dendrite dend = dendrite("dend", 1);
  dend.synapse("AMPA", {.tag = "x", .g = 1 * nS, .t_rise = 2 * ms, .t_decay = 5 * ms, .scale_g = true});
  const NeuronModel cell(dend, tutorial);
  CHECK(si(cell, "g_AMPA_x_dend") * 1e9 == near(0.92100787));
}

TEST_CASE("later layers win: library, compartment, model, add_params") {
  Dendrite dend(
      {.name = "dend", .geometry = Cylinder{100 * um, 1 * um}, .cm = 2 * uF / cm2, .gl = 1 * uS / cm2});
  NeuronModelOptions options = tutorial;
  options.defaults = {{"E_Na", 50 * mV}, {"E_K", -90 * mV}};
  dend.add_params({{"E_K", -95 * mV}});
  NeuronModel cell(dend, options);
  CHECK(si(cell, "E_GABA") == -80e-3);
  CHECK(si(cell, "E_Na") == 50e-3);
  CHECK(si(cell, "E_K") == -95e-3);
  CHECK(si(cell, "C_dend") * 1e12 == near(13.19468915));
  cell.add_params({{"E_Na", 55 * mV}, {"C_dend", 1 * pF}});
  CHECK(si(cell, "E_Na") == 55e-3);
  CHECK(si(cell, "C_dend") == 1e-12);
}

TEST_CASE("area factors belong to the compartment first") {
  const Dendrite own(
      {.name = "own", .geometry = Cylinder{100 * um, 1 * um}, .scale_factor = 1, .spine_factor = 2});
  NeuronModelOptions options = tutorial;
  const auto area = [&] { return NeuronModel(own, options).electrophysiology().front().area->in(um2); };
  CHECK(area() == near(3.14159265358979 * 100 * 2));
  options.scale_factor = {};
  CHECK(area() == near(3.14159265358979 * 100 * 2));
  options.override_factors = true;
  CHECK(area() == near(3.14159265358979 * 100 * 1.5));
}

TEST_CASE("conductances of dendritic spikes can be given per area") {
  Dendrite dend = dendrite("dend", 1);
  dend.dspikes({.name = "Na", .g_rise_density = 2 * mS / cm2, .g_fall_density = 1 * mS / cm2});
  const NeuronModel cell(dend, tutorial);
  const double area = 3.14159265358979 * 100e-6 * 1e-6 * 2.8 * 1.5;
  CHECK(si(cell, "g_rise_max_Na_dend") == near(area * 20));
  CHECK(si(cell, "g_fall_max_Na_dend") == near(area * 10));
}

TEST_CASE("input resistance and time constant follow from leaks and couplings") {
  const NeuronModel one(Soma({.name = "soma", .geometry = Absolute{250 * pF, 20 * nS}, .v_rest = -70 * mV}));
  CHECK(one.input_resistance("soma").in(Mohm) == near(50));
  CHECK(one.time_constant("soma").in(ms) == near(12.5));
  const NeuronModel two(
      {{Soma({.name = "soma", .geometry = Absolute{200 * pF, 10 * nS}, .v_rest = -60 * mV}),
        Dendrite({.name = "dend", .geometry = Absolute{50 * pF, 2.5 * nS}, .v_rest = -60 * mV}), 15 * nS}});
  // Into the soma: its leak beside coupling and leak of the dendrite in series. Both have the same tau.
  CHECK(two.input_resistance("soma").in(Mohm) == near(1e3 / (10 + 15 * 2.5 / 17.5)));
  CHECK(two.input_resistance("dend").in(Mohm) == near(1e3 / (2.5 + 15 * 10 / 25.0)));
  // -10 pA into the soma of the attenuation example: -6.7028 mV.
  const NeuronModel four(
      {{soma(), dendrite("prox", 1.5)},
       {dendrite("prox", 1.5), dendrite("medial", 1.2)},
       {dendrite("medial", 1.2), dendrite("dist", 1)}},
      {.cm = 1 * uF / cm2, .gl = 50 * uS / cm2, .r_axial = 400 * ohm * cm, .v_rest = -70 * mV});
  CHECK(four.input_resistance("soma").in(Mohm) == doctest::Approx(670.28).epsilon(1e-5));
}
