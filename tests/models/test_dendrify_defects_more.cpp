// What the reference's builders get wrong, ten to eighteen, each done right.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <ranvier/tests/models/dendritic_cells.hpp>
#include <ranvier/tests/models/problems_of.hpp>
#include <ranvier/tests/support/message_of.hpp>

using namespace ranvier;
using namespace ranvier::units;
using test::contains;
using test::message_of;
using test::problem_of;
using test::problems_of;
using test::understanding;

namespace {

Dendrite absolute(const char* name, const char* model = "passive") {
  return Dendrite(
      {.name = name, .model = model, .geometry = Absolute{50 * pF, 2.5 * nS}, .v_rest = -60 * mV});
}
Dendrite cylinder(const char* name) {
  return Dendrite({.name = name, .geometry = Cylinder{100 * um, 1 * um}});
}
const NeuronModelOptions specific{
    .cm = 1 * uF / cm2, .gl = 40 * uS / cm2, .r_axial = 150 * ohm * cm, .v_rest = -65 * mV};

std::vector<std::string> building(const std::vector<Edge>& edges, const NeuronModelOptions& options = {}) {
  return problems_of([&] { NeuronModel(edges, options).build(); });
}
std::string refusal(const CompartmentOptions& options) {
  return problem_of([&] { Compartment compartment(options); });
}

}  // namespace

TEST_CASE("defect 10: reversal potentials of dendritic spikes belong to their compartment") {
  Dendrite a = absolute("a"), b = absolute("b");
  a.dspikes({.name = "X", .reversal_rise = "E_Na"});
  b.dspikes({.name = "X", .reversal_rise = "E_Ca"});
  const NeuronModel cell({{a, b, 1 * nS}});
  CHECK(cell.parameters().at("E_rise_X_a") == NamespaceValue(70 * mV));
  CHECK(cell.parameters().at("E_rise_X_b").quantity()->value == doctest::Approx(136e-3));
}

TEST_CASE("defect 11: a model may have two compartments that adapt through a conductance") {
  NeuronModel cell({{absolute("a", "cadIF"), absolute("b", "cadIF"), 1 * nS}});
  for (const char* c : {"_a", "_b"})
    cell.add_params({{std::string("gAmax") + c, 1 * nS},
                     {std::string("EA") + c, -65 * mV},
                     {std::string("tauA") + c, 200 * ms}});
  CHECK_NOTHROW(cell.build());
  CHECK(contains(cell.equations(), "dgA_a/dt") == contains(cell.equations(), "dgA_b/dt"));
}

TEST_CASE("defect 12: a coupling names one of its two cylinders, and names are checked") {
  CHECK(
      building({{cylinder("a"), cylinder("b"), CylinderOf{"typo"}}}, specific) ==
      std::vector<std::string>{"{a, b, CylinderOf{\"typo\"}}: CylinderOf names \"typo\", which is neither of "
                               "the two"});
  CHECK(building({{cylinder("my_dend"), cylinder("b"), CylinderOf{"my_dend"}}}, specific).empty());
  for (const char* name : {"noise", "rise", "fall", "ext", "pre", "post"})
    CHECK(contains(refusal({.name = name, .geometry = Absolute{1 * pF, 1 * nS}}), "choose another one"));
  CHECK(contains(refusal({.name = "1st", .geometry = Absolute{1 * pF, 1 * nS}}), "expected letters"));
  CHECK(contains(refusal({.name = "a b", .geometry = Absolute{1 * pF, 1 * nS}}), "expected letters"));
  CHECK(contains(refusal({.geometry = Absolute{1 * pF, 1 * nS}}), "a name is missing"));
}

TEST_CASE("defect 13: every coupling once, no cycles, no unconnected parts, one compartment will do") {
  const auto a = absolute("a"), b = absolute("b"), c = absolute("c"), d = absolute("d");
  CHECK(building({{a, b, 1 * nS}, {b, a, 1 * nS}}) ==
        std::vector<std::string>{"{b, a, 1 nS}: the two are coupled already; give every coupling once"});
  CHECK(building({{a, b, 1 * nS}, {b, c, 1 * nS}, {c, a, 1 * nS}}) ==
        std::vector<std::string>{
            "the coupling of \"c\" and \"a\" closes a cycle: they are connected already, through others"});
  CHECK(building({{a, b, 1 * nS}, {c, d, 1 * nS}}) ==
        std::vector<std::string>{
            "the compartments are not all connected: \"a\", \"b\" on one side, on another \"c\", \"d\""});
  CHECK(building({{a, a, 1 * nS}}) ==
        std::vector<std::string>{"{a, a, 1 nS}: a compartment cannot be coupled with itself"});
  CHECK(building({}) == std::vector<std::string>{"there are no compartments"});
  CHECK_NOTHROW(NeuronModel(a).build());
}

TEST_CASE("defect 14: kinetics of a synapse are complete or refused") {
  Dendrite dend = absolute("dend");
  const auto refused = [&](const ChannelChoice& channel, const ChannelOptions& options) {
    return problem_of([&] { dend.synapse(channel, options); });
  };
  CHECK(contains(refused("AMPA", {.tag = "x", .t_rise = 1 * ms}), "t_rise is given without t_decay"));
  CHECK(contains(refused("AMPA", {.tag = "x", .g = 1 * nS, .t_decay = 1 * ms, .scale_g = true}),
                 "scale_g needs"));
  CHECK(contains(refused("leakyIF", {.tag = "x"}), "no channel is called \"leakyIF\""));
  dend.synapse("AMPA", {.tag = "x", .g = 1 * nS, .t_rise = 2 * ms, .t_decay = 2 * ms, .scale_g = true});
  // In the limit of equal times the peak is t/(e ms).
  CHECK(dend.parameters().at("g_AMPA_x_dend").quantity()->value ==
        doctest::Approx(1e-9 * std::exp(1) / 2).epsilon(1e-12));
}

TEST_CASE("defect 15: the second reset belongs to the group, and its variable is checked") {
  Network net;
  NeuronGroupOptions options = test::backprop_options();
  options.action_potential->variable = "V_somaa";
  CHECK(contains(message_of([&] { net.neuron_group(1, test::backprop(), options); }),
                 "it has no variable 'V_somaa'; did you mean 'V_soma'?"));
  auto& cell = net.neuron_group(1, test::backprop(), test::backprop_options());
  cell["V_soma"] = 0 * mV;
  net.run(0.9 * ms);
  CHECK(cell["V_soma"].values()[0] == doctest::Approx(-55e-3));
}

TEST_CASE("defect 16: half a geometry does not compile, half a membrane is named, constants have units") {
  CHECK(
      building({{cylinder("a"), cylinder("b"), 1 * nS}}, {.cm = 1 * uF / cm2, .v_rest = 0 * mV}) ==
      std::vector<std::string>{
          "\"gL_a\" of Dendrite({.name = \"a\"}) has no value; give gl to the compartment or to the model",
          "\"gL_b\" of Dendrite({.name = \"b\"}) has no value; give gl to the compartment or to the model"});
  Dendrite dend = absolute("dend");
  CHECK(contains(problem_of([&] { dend.add_params({{"C_dend", 1 * mV}}); }),
                 "C_dend must be a quantity in farad"));
  CHECK(contains(problem_of([&] { dend.dspikes({.name = "Na", .reversal_rise = "Mg_con"}); }),
                 "a reversal potential is a voltage"));
  dend.dspikes({.name = "Na", .reversal_rise = "E_Naa"});
  const auto problems = problems_of([&] { NeuronModel(dend).build(); });
  const auto named = [](const std::string& p) {
    return contains(p, "the same as \"E_Naa\", which has no value");
  };
  CHECK(std::count_if(problems.begin(), problems.end(), named) == 1);
}

TEST_CASE("defect 17: the user's own equations are never rewritten") {
  Dendrite dend = absolute("dend");
  dend.add_equations("x = I_ext_dend : amp").synapse("AMPA", {.tag = "a", .g = 1 * nS, .t_decay = 1 * ms});
  const std::string text = NeuronModel(dend).equations();
  CHECK(contains(text, "\nx = I_ext_dend : amp\n"));
  CHECK(contains(text, "I_dend = I_ext_dend + I_AMPA_a_dend : amp\n"));
}

TEST_CASE("defect 18: the falling current's extra step can be dropped") {
  const auto steps = [](bool exact) {
    DSpikeOptions options = test::understanding_dspikes();
    options.exact_windows = exact;
    Network net;
    auto& cell = net.neuron_group(1, understanding(options), {.method = "euler"});
    auto& state = net.state_monitor(cell, {.variables = {"g_fall_Na_dend"}});
    cell["V_dend"] = 0 * mV;
    net.run(4 * ms);
    const auto g = state.trace("g_fall_Na_dend", 0);
    return std::count_if(g.begin(), g.end(), [](double x) { return x > 0; });
  };
  CHECK(steps(false) == 25);
  CHECK(steps(true) == 24);
}
