// Membranes and channels of the user's own.
#include <doctest/doctest.h>

#include <cmath>
#include <ranvier/ranvier.hpp>
#include <ranvier/tests/models/problems_of.hpp>

using namespace ranvier;
using namespace ranvier::units;
using test::contains;
using test::problem_of;
using test::problems_of;

namespace {

const PointNeuronOptions passive{.cm_abs = 100 * pF, .gl_abs = 10 * nS, .v_rest = -70 * mV};

const MembraneTemplate quadratic{
    .name = "quadratic",
    .equations = "dV{c}/dt = (k{c} * (V{c}-EL{c}) * (V{c}-Vt{c}) + I{c}) / C{c} : volt{flags}",
    .parameters = {{"k{c}", nS / mV}, {"Vt{c}", volt, -40 * mV}}};

const ChannelTemplate potassium{
    .name = "KIR",
    .equations = "I_KIR_{t}{c} = g_KIR_{t}{c} * (E_KIR-V{c}) * {gate}_KIR_{t}{c} * w_KIR_{t}{c} : amp",
    .parameters = {{"E_KIR", volt, -90 * mV}}};

Compartment with(const MembraneTemplate& own, bool unless_refractory = false) {
  return Compartment({.name = "c",
                      .model = own,
                      .geometry = Absolute{100 * pF, 10 * nS},
                      .v_rest = -70 * mV,
                      .unless_refractory = unless_refractory});
}

}  // namespace

TEST_CASE("a membrane of the user's own is printed with its holes filled") {
  CHECK(with(quadratic).equations() ==
        "dV_c/dt = (k_c * (V_c-EL_c) * (V_c-Vt_c) + I_c) / C_c : volt\n"
        "I_c = I_ext_c : amp\n"
        "I_ext_c : amp\n");
  CHECK(contains(with(quadratic, true).equations(), "/ C_c : volt (unless refractory)\n"));
  PointNeuronOptions point = passive;
  point.model = quadratic;
  PointNeuronModel model(point);
  CHECK(contains(model.equations(), "dV/dt = (k * (V-EL) * (V-Vt) + I) / C : volt\n"));
  CHECK(model.parameters().at("Vt") == NamespaceValue(-40 * mV));
  REQUIRE(model.missing_parameters().size() == 1);
  CHECK(model.missing_parameters()[0].name == "k");
}

TEST_CASE("a template is printed without the blanks around its lines") {
  MembraneTemplate indented = quadratic;
  indented.equations = "\n      " + quadratic.equations + "\n      ";
  CHECK(with(indented).equations() == with(quadratic).equations());
}

TEST_CASE("a template for the leaky membrane simulates what the library's does") {
  const MembraneTemplate leaky{.name = "mine",
                               .equations = "dV{c}/dt = (gL{c} * (EL{c}-V{c}) + I{c}) / C{c} : volt"};
  const auto end = [](const MembraneChoice& model) {
    Network net;
    PointNeuronOptions options = passive;
    options.model = model;
    auto& group = net.neuron_group(1, PointNeuronModel(options), {.method = "euler"});
    group["I_ext"] = 100 * pA;
    net.run(5 * ms);
    return group["V"].values()[0];
  };
  CHECK(end(leaky) == end("leakyIF"));
}

TEST_CASE("a channel of the user's own has the gates of the library, and decays as they do") {
  Dendrite dend({.name = "dend", .geometry = Absolute{100 * pF, 10 * nS}, .v_rest = -70 * mV});
  dend.synapse(potassium, {.tag = "a", .g = 1 * nS, .t_decay = 5 * ms});
  CHECK(contains(dend.equations(),
                 "I_KIR_a_dend = g_KIR_a_dend * (E_KIR-V_dend) * s_KIR_a_dend * w_KIR_a_dend : amp\n"
                 "ds_KIR_a_dend/dt = -s_KIR_a_dend / t_KIR_decay_a_dend : 1\n"));
  Network net;
  auto& group = net.neuron_group(1, NeuronModel(dend), {.method = "euler"});
  group["s_KIR_a_dend"] = 1;
  net.run(5 * ms);
  CHECK(group["s_KIR_a_dend"].values()[0] == doctest::Approx(std::pow(0.98, 50)));
  CHECK(group["V_dend"].values()[0] < -70e-3);
  dend.synapse(potassium, {.tag = "b", .g = 1 * nS, .t_rise = 1 * ms, .t_decay = 5 * ms});
  CHECK(contains(dend.equations(), "(E_KIR-V_dend) * x_KIR_b_dend * w_KIR_b_dend"));
}

TEST_CASE("a template says what is wrong with it where it is used") {
  const auto membrane = [](MembraneTemplate own) { return problem_of([&] { with(own); }); };
  MembraneTemplate bad = quadratic;
  bad.equations = "dV{x}/dt = I{c}/C{c} + V{c}*0*Hz : volt";
  CHECK(membrane(bad) == "the template has \"{x}\", which is no hole; holes are {c}, {flags}");
  bad = quadratic;
  bad.name = "adex";
  CHECK(membrane(bad) == "the library has a membrane \"adex\"; give the template another name");
  bad = quadratic;
  bad.parameters.push_back({"tau{c}", second, 3 * mV});
  CHECK(contains(membrane(bad), "is in second, but its value 3 mV is in volt"));
  bad = quadratic;
  bad.parameters.push_back({"Vt{c}", volt});
  CHECK(membrane(bad) == "the template declares \"Vt_c\" twice");
  bad = quadratic;
  bad.equations = "dV/dt = I{c}/C{c} : volt";
  CHECK(contains(membrane(bad), "says nothing about V{c}"));
  bad.equations = "dW{c}/dt = V{c}/ms : volt";
  CHECK(membrane(bad) == "the equations do not define V_c");
  bad = quadratic;
  bad.equations = "dV{c}/dt = I{c}/C{c} : volt";
  CHECK(contains(problem_of([&] { with(bad, true); }), "the template has no {flags}"));
}

TEST_CASE("a template that cannot be read says where") {
  MembraneTemplate bad = quadratic;
  bad.equations = "dV{c}/dt = (I{c} / C{c} : volt";
  try {
    with(bad);
    FAIL("no error");
  } catch (const ModelError& error) {
    CHECK(contains(error.what(), "model \"quadratic\""));
    CHECK(contains(error.what(), "dV_c/dt = (I_c / C_c : volt"));
  }
}

TEST_CASE("times of a channel without a gate would have no effect") {
  ChannelTemplate gap = potassium;
  gap.name = "gap";
  gap.equations = "I_gap_{t}{c} = g_gap_{t}{c} * (Vo_{t}{c}-V{c}) : amp\nVo_{t}{c} : volt";
  PointNeuronModel model(passive);
  CHECK(contains(problem_of([&] { model.synapse(gap, {.tag = "x", .t_decay = 1 * ms}); }), "has no {gate}"));
  model.synapse(gap, {.tag = "x", .g = 1 * nS});
  CHECK(contains(model.equations(), "I = I_ext + I_gap_x : amp\n"));
  gap.equations = "J{c} = g_gap_{t}{c} * V{c} : amp";
  gap.name = "gap2";
  CHECK(contains(problem_of([&] { model.synapse(gap, {.tag = "x"}); }), "do not define \"I_gap2_x\""));
}

TEST_CASE("a name that a template reads and nobody declares is found when a group is made, with its call") {
  MembraneTemplate bad = quadratic;
  bad.parameters.pop_back();
  bad.parameters[0].value = 1 * nS / mV;
  const NeuronModel cell(with(bad));
  try {
    cell.build();
    FAIL("no error");
  } catch (const ModelError& error) {
    CHECK(contains(error.what(), "Vt_c"));
    CHECK(contains(error.what(), "Compartment({.name = \"c\"})"));
  }
}
