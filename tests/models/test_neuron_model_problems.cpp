// What build() says of a model that cannot be, and what calls say at once.
#include <doctest/doctest.h>

#include <algorithm>
#include <ranvier/tests/models/dendritic_cells.hpp>
#include <ranvier/tests/models/problems_of.hpp>
#include <ranvier/tests/support/message_of.hpp>

using namespace ranvier;
using namespace ranvier::units;
using test::contains;
using test::message_of;
using test::problem_of;
using test::problems_of;
using List = std::vector<std::string>;

namespace {

Dendrite absolute(const char* name) {
  return Dendrite({.name = name, .geometry = Absolute{50 * pF, 2.5 * nS}, .v_rest = -60 * mV});
}
Dendrite cylinder(const char* name) {
  return Dendrite({.name = name, .geometry = Cylinder{100 * um, 1 * um}});
}
List building(const std::vector<Edge>& edges, const NeuronModelOptions& options = {}) {
  return problems_of([&] { NeuronModel(edges, options).build(); });
}
bool any(const List& problems, const std::string& part) {
  return std::ranges::any_of(problems, [&](const std::string& p) { return contains(p, part); });
}

}  // namespace

TEST_CASE("everything that is wrong with a model is said at once") {
  Dendrite a = cylinder("a"), b = cylinder("b");
  a.dspikes({.name = "Na", .threshold = -35 * mV, .reversal_rise = "E_Na"});
  a.add_equations("x = V_a/tau_of_nobody : volt/second");
  NeuronModel cell({{a, b, 1 * nS}, {b, a}, {b, b}, {cylinder("c"), cylinder("d"), -1 * nS}},
                   {.cm = 1 * uF / cm2, .v_rest = -60 * mV});
  cell.add_equations("y = V_b + 1*nS : volt");
  const List problems = problems_of([&] { cell.build(); });
  for (const char* part :
       {"{b, a, HalfCylinders{}}: the two are coupled already", "cannot be coupled with itself",
        "must be finite and not negative", "the compartments are not all connected",
        "\"gL_a\" of Dendrite({.name = \"a\"}) has no value; give gl to the compartment or to the model",
        "\"duration_rise_Na_a\" of a.dspikes({.name = \"Na\"}) has no value; give duration_rise there",
        "\"g_rise_max_Na_a\" of", "\"E_fall_Na_a\" of", "tau_of_nobody", "a.add_equations(...)",
        "model.add_equations(...)", "siemens"})
    CHECK_MESSAGE(any(problems, part), std::string(part));
  CHECK(!any(problems, "\"E_rise_Na_a\""));
}

TEST_CASE("a group is not made of a model that cannot be, and the network stays as it was") {
  Network net;
  const NeuronModel cell({{cylinder("a"), cylinder("b")}});
  CHECK(contains(message_of([&] { net.neuron_group(1, cell); }), "NeuronModel: "));
  CHECK(net.neuron_group(1, NeuronModel(absolute("a"))).name() == "neurongroup");
}

TEST_CASE("values that the group or the network has are not missing") {
  Dendrite dend = absolute("dend");
  dend.synapse("AMPA", {.tag = "x", .t_decay = 2 * ms});
  const NeuronModel cell(dend);
  CHECK(problem_of([&] { cell.build(); }) ==
        "\"g_AMPA_x_dend\" of dend.synapse(\"AMPA\", {.tag = \"x\"}) has no value; give g there, or "
        "add_params({{\"g_AMPA_x_dend\", ...}})");
  Network net;
  CHECK_NOTHROW(net.neuron_group(1, cell, {.method = "euler", .namespace_ = {{"g_AMPA_x_dend", 1 * nS}}}));
  net.set("g_AMPA_x_dend", 2 * nS);
  CHECK_NOTHROW(net.neuron_group(1, cell, {.method = "euler"}));
  CHECK_NOTHROW(net.run(1 * ms));
}

TEST_CASE("an unknown name and a wrong unit in one's own equations are shown in place") {
  Dendrite dend = absolute("dend");
  dend.add_equations("depth = V_dendd - V_dend : volt");
  try {
    NeuronModel(dend).build();
    FAIL("no error");
  } catch (const ModelError& error) {
    CHECK(contains(error.what(), "depth = V_dendd - V_dend : volt"));
    CHECK(contains(error.what(), "V_dend"));
    CHECK(contains(error.what(), "dend.add_equations(...)"));
  }
}

TEST_CASE("geometries are of one kind, and shapes are needed where they are asked for") {
  CHECK(any(building({{cylinder("a"), absolute("b"), 1 * nS}},
                     {.cm = 1 * uF / cm2, .gl = 1 * uS / cm2, .v_rest = 0 * mV}),
            "some compartments are cylinders (\"a\"), others have an absolute geometry (\"b\")"));
  CHECK(any(building({{absolute("a"), absolute("b")}}), "an absolute geometry has no shape"));
  CHECK(
      building({{absolute("a"), absolute("b"), 1 * nS}}, {.r_axial = 1 * ohm * cm}) ==
      List{"cm, gl, r_axial, scale_factor and spine_factor belong to cylinders, and all compartments have an "
           "absolute geometry"});
  CHECK(contains(
      problem_of([] { Soma({.name = "s", .geometry = Absolute{1 * pF, 1 * nS}, .cm = 1 * uF / cm2}); }),
      "belong to a Cylinder"));
  CHECK(contains(problem_of([] { Soma({.name = "s"}); }), "a geometry is missing"));
  CHECK(problems_of([] {
          Soma({.name = "s", .geometry = Cylinder{0 * um, -1 * um}, .cm = 0 * uF / cm2, .scale_factor = 0});
        }).size() == 4);
  Dendrite dend = absolute("dend");
  CHECK(contains(problem_of([&] { dend.dspikes({.name = "Na", .g_rise_density = 1 * mS / cm2}); }),
                 "needs the area of a Cylinder"));
}

TEST_CASE("two compartments of one name have to be one") {
  const Dendrite thick({.name = "b", .geometry = Cylinder{100 * um, 2 * um}});
  const NeuronModelOptions complete{
      .cm = 1 * uF / cm2, .gl = 1 * uS / cm2, .r_axial = 1 * ohm * cm, .v_rest = 0 * mV};
  CHECK(building({{cylinder("a"), cylinder("b")}, {thick, cylinder("c")}}, complete) ==
        List{"two different compartments are called \"b\""});
  CHECK(building({{cylinder("a"), cylinder("b")}, {cylinder("b"), cylinder("c")}}, complete).empty());
}

TEST_CASE("names of different compartments that meet are found") {
  const List problems =
      building({{absolute("a"), absolute("b"), 1 * nS}, {absolute("b"), absolute("b_a"), 1 * nS}});
  CHECK(any(problems, "the name \"I_b_a\" is used twice"));
}

TEST_CASE("one constant of the whole model has one value") {
  Dendrite a = absolute("a"), b = absolute("b");
  a.add_params({{"E_GABA", -70 * mV}});
  b.add_params({{"E_GABA", -75 * mV}});
  NeuronModel cell({{a, b, 1 * nS}});
  CHECK(problem_of([&] { cell.build(); }) ==
        "\"E_GABA\" is -70 mV by add_params of \"a\" and -75 mV by that of \"b\"; it is one constant of the "
        "whole "
        "model");
  cell.add_params({{"E_GABA", -72 * mV}});
  CHECK_NOTHROW(cell.build());
  CHECK(problem_of([&] { NeuronModel(absolute("a"), {.defaults = {{"E_GABBA", -70 * mV}}}).build(); }) ==
        "defaults: no constant is called \"E_GABBA\"");
}

TEST_CASE("dendritic spikes are checked where they are added") {
  Dendrite dend = absolute("dend");
  const auto refused = [&](const DSpikeOptions& options) {
    return problem_of([&] { dend.dspikes(options); });
  };
  CHECK(contains(refused({}), "a name is missing"));
  CHECK(contains(refused({.name = "a b"}), "expected letters"));
  CHECK(contains(refused({.name = "Na", .duration_rise = -1 * ms}),
                 "duration_rise must be finite and not negative"));
  CHECK(contains(refused({.name = "Na", .g_rise = -1 * nS}), "g_rise must be finite"));
  dend.dspikes({.name = "Na"});
  CHECK(contains(refused({.name = "Na"}), "the model has this already"));
  const Dendrite shaped = cylinder("d");
  CHECK(contains(problem_of([&] {
                   Dendrite(shaped).dspikes({.name = "Na", .g_rise = 1 * nS, .g_rise_density = 1 * mS / cm2});
                 }),
                 "g_rise and g_rise_density are given together"));
}

TEST_CASE("an action potential needs one soma, or a variable") {
  Network net;
  NeuronGroupOptions options = test::backprop_options();
  options.threshold = "V_a > -40*mV";
  const NeuronModel headless({{absolute("a"), absolute("b"), 1 * nS}});
  CHECK(contains(message_of([&] { net.neuron_group(1, headless, options); }),
                 "which compartment has it? The model has no Soma; write .variable = \"V_a\""));
  options.action_potential->variable = "V_a";
  CHECK_NOTHROW(net.neuron_group(1, headless, options));
  options.action_potential->variable = "";
  options.threshold = "V > -40*mV";
  const PointNeuronModel point({.cm_abs = 100 * pF, .gl_abs = 10 * nS, .v_rest = -70 * mV});
  auto& group = net.neuron_group(1, point, options);
  group["V"] = 0 * mV;
  net.run(0.9 * ms);
  CHECK(group["V"].values()[0] == doctest::Approx(-55e-3));
}
