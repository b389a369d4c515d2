#include <doctest/doctest.h>

#include <cmath>
#include <filesystem>
#include <ranvier/ranvier.hpp>
#include <ranvier/tests/support/message_of.hpp>
#include <string>

#include "tests/docs/document.hpp"

// The code of docs/dendrites.md. The last test case holds the document to this file, and what it prints to
// what is printed here.
using namespace ranvier;
using namespace ranvier::units;

namespace {

const std::string page = document::contents("docs/dendrites.md");

Soma soma_of_page() {
  return Soma({.name = "soma", .geometry = Cylinder{25 * um, 25 * um}});
}
Dendrite dendrite_of_page() {
  return Dendrite({.name = "dend", .geometry = Cylinder{100 * um, 1 * um}});
}
const NeuronModelOptions membrane = {
    .cm = 1 * uF / cm2, .gl = 40 * uS / cm2, .v_rest = -65 * mV, .scale_factor = 2.8, .spine_factor = 1.5};

NeuronModel cell_of_page() {
  Soma soma = soma_of_page();
  Dendrite dend = dendrite_of_page();
  dend.synapse("AMPA", {.tag = "in", .g = 1 * nS, .t_decay = 2 * ms});
  dend.synapse("NMDA", {.tag = "in", .g = 1 * nS, .t_rise = 2 * ms, .t_decay = 60 * ms, .scale_g = true});

  dend.dspikes({.name = "Na",
                .threshold = -35 * mV,
                .g_rise = 9 * nS,
                .g_fall = 5.7 * nS,
                .duration_rise = 1.2 * ms,
                .duration_fall = 2.4 * ms,
                .reversal_rise = "E_Na",
                .reversal_fall = "E_K",
                .offset_fall = 0.2 * ms,
                .refractory = 5 * ms});
  soma.noise({.tau = 2 * ms, .sigma = 20 * pA, .mean = 10 * pA});
  NeuronModel cell({{soma, dend, 6 * nS}}, membrane);

  return cell;
}

const NeuronGroupOptions firing = {
    .threshold = "V_soma > -40*mV",
    .refractory = 4 * ms,
    .method = "euler",
    .action_potential = ActionPotential{.peak = 40 * mV, .after = -55 * mV, .width = 0.8 * ms}};

}  // namespace

TEST_CASE("dendrites page: two compartments") {
  Soma soma({.name = "soma", .geometry = Cylinder{25 * um, 25 * um}});
  Dendrite dend({.name = "dend", .geometry = Cylinder{100 * um, 1 * um}});
  const NeuronModelOptions membrane = {
      .cm = 1 * uF / cm2, .gl = 40 * uS / cm2, .v_rest = -65 * mV, .scale_factor = 2.8, .spine_factor = 1.5};
  NeuronModel passive({{soma, dend, 6 * nS}}, membrane);

  Network net;
  auto& neuron = net.neuron_group(1, passive, {.method = "euler"});
  auto& state = net.state_monitor(neuron, {.variables = {"V_soma", "V_dend"}});
  neuron["I_ext_dend"] = 20 * pA;
  net.run(200 * ms);

  CHECK(document::blocks(page, "text").at(0) == passive.equations());
  const double steady = 65 + state.trace("V_dend", 0, mV).back();
  CHECK(steady == doctest::Approx((20 * pA * passive.input_resistance("dend")).in(mV)).epsilon(1e-3));
  CHECK(state.trace("V_soma", 0, mV).back() < state.trace("V_dend", 0, mV).back());
}

TEST_CASE("dendrites page: a network of active neurons") {
  NeuronModel cell = cell_of_page();
  Network net({.seed = 1});
  auto& cells = net.neuron_group(
      100, cell,
      {.threshold = "V_soma > -40*mV",
       .refractory = 4 * ms,
       .method = "euler",
       .action_potential = ActionPotential{.peak = 40 * mV, .after = -55 * mV, .width = 0.8 * ms}});
  auto& input = net.poisson_group(50, 10 * Hz);
  auto& synapses = net.synapses(input, cells, {.on_pre = "s_AMPA_in_dend += 1; s_NMDA_in_dend += 1"});
  synapses.connect({.p = 0.2});
  auto& spikes = net.spike_monitor(cells);
  auto& dspikes = net.event_monitor(cells, "spike_Na_dend");
  net.run(500 * ms);

  CHECK(spikes.num_spikes() > 100);
  CHECK(dspikes.num_spikes() > 100);

  const auto before = dspikes.num_spikes();
  cell.switch_off_dspikes("dend", "Na");  // conductances of zero
  cell.apply(cells);                      // nothing is compiled
  net.run(500 * ms);

  const auto during = dspikes.num_spikes();
  CHECK(during > before);  // events go on; no current follows them
  cell.switch_on_dspikes("dend", "Na");
  cell.configure_dspikes("Na", {.threshold = -20 * mV});  // the rest stays as it is
  cell.apply(cells);
  net.run(500 * ms);

  CHECK(dspikes.num_spikes() - during < (during - before) / 2);
}

TEST_CASE("dendrites page: per neuron") {
  NeuronModel cell = cell_of_page();
  Network net({.seed = 1});
  cell.per_neuron("g_AMPA_in_dend");
  auto& cells = net.neuron_group(100, cell, firing);
  cells["g_AMPA_in_dend"] = "(0.5 + rand())*nS";

  const auto g = cells["g_AMPA_in_dend"].in(nS);
  CHECK(std::ranges::min(g) >= 0.5);
  CHECK(std::ranges::max(g) <= 1.5);
  CHECK(std::ranges::max(g) - std::ranges::min(g) > 0.8);
}

TEST_CASE("dendrites page: templates") {
  MembraneTemplate quadratic{
      .name = "quadratic",
      .equations = "dV{c}/dt = (k{c} * (V{c}-EL{c}) * (V{c}-Vt{c}) + I{c}) / C{c} : volt{flags}",
      .parameters = {{"k{c}", nS / mV}, {"Vt{c}", volt, -40 * mV}}};
  ChannelTemplate inward{.name = "KIR",
                         .equations = "I_KIR_{t}{c} = g_KIR_{t}{c} * (E_KIR-V{c}) * {gate}_KIR_{t}{c} : amp",
                         .parameters = {{"E_KIR", volt, -90 * mV}}};
  Soma soma(
      {.name = "soma", .model = quadratic, .geometry = Absolute{200 * pF, 10 * nS}, .v_rest = -60 * mV});
  soma.add_params({{"k_soma", 0.7 * nS / mV}});
  soma.synapse(inward, {.tag = "in", .g = 1 * nS, .t_decay = 20 * ms});

  const NeuronModel cell(soma);
  CHECK_NOTHROW(cell.build());
  CHECK(cell.equations().starts_with(
      "dV_soma/dt = (k_soma * (V_soma-EL_soma) * (V_soma-Vt_soma) + I_soma) / C_soma : volt\n"));
  CHECK(cell.equations().find("I_KIR_in_soma = g_KIR_in_soma * (E_KIR-V_soma) * s_KIR_in_soma : amp\n") !=
        std::string::npos);
}

TEST_CASE("dendrites page: what a model says of itself") {
  const NeuronModel cell = cell_of_page();
  cell.to_string();                              // all that follows, as text
  cell.equations();                              // as one would write them by hand
  cell.parameters();                             // every constant, and its value
  cell.missing_parameters();                     // those without
  cell.events();                                 // {"spike_Na_dend", "V_dend >= ..."}
  cell.couplings();                              // {"soma", "dend", 6 nS}
  cell.electrophysiology();                      // area, capacitance and leak of each compartment
  cell.input_resistance("soma");                 // of the passive neuron, without simulating it
  cell.time_constant("dend");                    // the same
  plot::save(plot::graph_of(cell), "cell.svg");  // a picture of the tree; graph_dot() is one for Graphviz

  CHECK(std::filesystem::file_size("cell.svg") > 500);
  std::filesystem::remove("cell.svg");
  CHECK(cell.missing_parameters().empty());
  CHECK(cell.input_resistance("soma").in(Mohm) == doctest::Approx(1e3 / (2.19911 + 0.52779 * 6 / 6.52779)));
}

TEST_CASE("dendrites page: mistakes") {
  Soma soma({.name = "soma", .geometry = Cylinder{25 * um, 25 * um}});
  Dendrite dend({.name = "dend", .geometry = Cylinder{100 * um, 1 * um}});
  Dendrite tuft({.name = "tuft", .geometry = Cylinder{100 * um, 1 * um}});
  tuft.synapse("AMPA", {.tag = "in", .t_decay = 2 * ms});
  NeuronModel cell({{soma, dend, 6 * nS}, {dend, soma, 6 * nS}, {dend, tuft}}, membrane);
  CHECK(document::blocks(page, "text").at(1) == test::message_of([&] { cell.build(); }) + "\n");
}

TEST_CASE("the page on dendrites shows this code") {
  const std::string code = document::contents("tests/docs/test_dendrites_page.cpp");
  const auto snippets = document::blocks(page, "cpp");
  CHECK(snippets.size() == 9);
  for (const std::string& snippet : snippets) {
    CAPTURE(snippet);
    CHECK(document::shows(code, snippet));
  }
}
