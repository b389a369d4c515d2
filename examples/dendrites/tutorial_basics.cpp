// Tutorial 1, compartments: every call adds to the equations of a compartment, which are printed after each.
// Then come numbers: a soma and a dendrite of a given shape are coupled, and run with noise.
//
//   tutorial_basics [folder] [seed]     writes tutorial_basics.png there
#include <cstdio>
#include <ranvier/ranvier.hpp>
#include <string>

using namespace ranvier;
using namespace ranvier::units;

namespace {

void show(const char* title, const std::string& text) {
  std::printf("--- %s\n%s\n", title, text.c_str());
}

/// A name and a geometry are all that a compartment needs.
void equations_call_by_call() {
  Soma soma({.name = "soma", .geometry = Absolute{200 * pF, 20 * nS}});
  Dendrite dendrite({.name = "dend", .geometry = Absolute{200 * pF, 20 * nS}});
  show("a soma", soma.equations());
  show("a dendrite", dendrite.equations());
  dendrite.synapse("AMPA", {.tag = "A"});
  show("with an AMPA synapse", dendrite.equations());
  dendrite.synapse("AMPA", {.tag = "B"});
  show("with a second one", dendrite.equations());
  dendrite.synapse("NMDA", {.tag = "C"});
  show("with an NMDA synapse", dendrite.equations());
  dendrite.noise();
  show("with noise", dendrite.equations());
  dendrite.dspikes({.name = "Na"});
  show("with dendritic spikes", dendrite.equations());
  NeuronModel cell({{soma, dendrite, 10 * nS}});
  show("coupled with the soma", cell.equations());
  cell.add_equations("dcns/dt = -cns/tau_cns : 1");
  show("with a line of one's own", cell.equations());

  std::string missing;
  for (const Parameter& constant : cell.missing_parameters()) missing += constant.name + " ";
  show("what has no value yet", missing + "\n");
}

/// How two compartments are coupled follows from their shape, if they have one.
void refused_coupling() {
  const Soma soma({.name = "soma", .geometry = Absolute{200 * pF, 20 * nS}});
  const Dendrite dendrite({.name = "dend", .geometry = Absolute{200 * pF, 20 * nS}});
  try {
    NeuronModel({{soma, dendrite}}, {.v_rest = -70 * mV}).build();
  } catch (const std::exception& error) {
    show("refused", error.what());
  }
}

NeuronModel cell_with_a_shape() {
  Soma soma({.name = "soma", .geometry = Cylinder{20 * um, 20 * um}});
  Dendrite dendrite({.name = "dend", .geometry = Cylinder{20 * um, 20 * um}});
  dendrite.synapse("AMPA", {.tag = "A", .g = 1 * nS, .t_decay = 5 * ms});
  dendrite.synapse("NMDA", {.tag = "A", .g = 1 * nS, .t_decay = 60 * ms});
  dendrite.synapse("NMDA", {.tag = "B", .g = 1 * nS, .t_rise = 5 * ms, .t_decay = 60 * ms});
  dendrite.noise({.tau = 1 * ms, .sigma = 10 * pA, .mean = 0 * pA});
  const NeuronModelOptions options = {
      .cm = 1 * uF / cm2, .gl = 40 * uS / cm2, .r_axial = 150 * ohm * cm, .v_rest = -70 * mV};
  return NeuronModel({{soma, dendrite, 10 * nS}}, options);
}

}  // namespace

int main(int argc, char** argv) {
  const std::string folder = argc > 1 ? std::string(argv[1]) + "/" : "";
  const std::uint64_t seed = argc > 2 ? std::stoull(argv[2]) : 1;
  equations_call_by_call();
  refused_coupling();

  const NeuronModel cell = cell_with_a_shape();
  show("a model as text", cell.to_string());
  for (const CompartmentProperties& part : cell.electrophysiology()) {
    std::printf("area of %s: %.5f um2\n", part.name.c_str(), part.area->in(um2));
    std::printf("capacitance of %s: %.5f pF\n", part.name.c_str(), part.capacitance->in(pF));
    std::printf("leak of %s: %.8f nS\n", part.name.c_str(), part.g_leakage->in(nS));
  }
  std::printf("input resistance of soma: %.4f Mohm\n", cell.input_resistance("soma").in(Mohm));

  Network net({.seed = seed});
  auto& neuron = net.neuron_group(1, cell, {.method = "euler"});
  auto& input = net.spike_generator_group(1, {0, 0, 0}, {50 * ms, 100 * ms, 110 * ms});
  net.synapses(input, neuron, {.on_pre = "s_AMPA_A_dend += 1; s_NMDA_B_dend += 1"}).connect();
  auto& state = net.state_monitor(neuron, {.variables = {"V_soma", "V_dend"}});
  net.run(300 * ms);

  plot::Figure figure(
      {.width_inches = 7, .title = "Two compartments, noise, and spikes at 50, 100 and 110 ms"});
  figure.trace(state, "V_dend", 0, {.label = "dendrite", .colour = "crimson", .unit = "mV"});
  figure.trace(state, "V_soma", 0, {.label = "soma", .unit = "mV"});
  figure.y_label("V").x_label("Time").legend().save(folder + "tutorial_basics.png");
}
