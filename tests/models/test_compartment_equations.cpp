// What compartments and neuron models print.
#include <doctest/doctest.h>

#include <ranvier/compiler/units.hpp>
#include <ranvier/models/neuron_model.hpp>

using namespace ranvier;
using namespace ranvier::units;

namespace {

Soma soma_of(const MembraneChoice& membrane = {}, bool unless_refractory = false) {
  return Soma({.name = "soma",
               .model = membrane,
               .geometry = Absolute{200 * pF, 10 * nS},
               .v_rest = -60 * mV,
               .unless_refractory = unless_refractory});
}
Dendrite dendrite() {
  return Dendrite({.name = "dend", .geometry = Absolute{50 * pF, 2.5 * nS}, .v_rest = -60 * mV});
}

const DSpikeOptions sodium{.name = "Na",
                           .threshold = -35 * mV,
                           .g_rise = 30 * nS,
                           .g_fall = 15 * nS,
                           .duration_rise = 1.2 * ms,
                           .duration_fall = 2.4 * ms,
                           .reversal_rise = "E_Na",
                           .reversal_fall = "E_K",
                           .offset_fall = 0.5 * ms,
                           .refractory = 5 * ms};

const std::string soma_lines =
    "dV_soma/dt = (gL_soma * (EL_soma-V_soma) + I_soma) / C_soma : volt\n"
    "I_soma = I_ext_soma + I_dend_soma : amp\n"
    "I_ext_soma : amp\n"
    "I_dend_soma = (V_dend-V_soma) * g_dend_soma : amp\n";

}  // namespace

TEST_CASE("the names of a compartment's variables end in its name") {
  CHECK(soma_of().equations() ==
        "dV_soma/dt = (gL_soma * (EL_soma-V_soma) + I_soma) / C_soma : volt\n"
        "I_soma = I_ext_soma : amp\n"
        "I_ext_soma : amp\n");
  CHECK(soma_of("leakyIF").equations() == soma_of("passive").equations());
  CHECK(soma_of("adaptiveIF").equations() ==
        "dV_soma/dt = (gL_soma * (EL_soma-V_soma) + I_soma - w_soma) / C_soma : volt\n"
        "dw_soma/dt = (a_soma * (V_soma-EL_soma) - w_soma) / tauw_soma : amp\n"
        "I_soma = I_ext_soma : amp\n"
        "I_ext_soma : amp\n");
}

TEST_CASE("cadex adapts through a conductance that grows along a sigmoid") {
  CHECK(
      soma_of("cadex").equations() ==
      "dV_soma/dt = (gL_soma * (EL_soma-V_soma) + gL_soma*DeltaT_soma*exp((V_soma-Vth_soma)/DeltaT_soma) + "
      "I_soma - w_soma) / C_soma : volt\n"
      "w_soma = gA_soma * (V_soma-EA_soma) : amp\n"
      "dgA_soma/dt = (gAmax_soma / (1 + exp((VA_soma-V_soma)/DeltaA_soma)) - gA_soma) / tauA_soma : siemens\n"
      "I_soma = I_ext_soma : amp\n"
      "I_ext_soma : amp\n");
}

TEST_CASE("V can stand still in refractory periods") {
  for (const char* membrane : {"leakyIF", "passive", "adaptiveIF", "adex", "cadIF", "cadex"}) {
    const std::string text = soma_of(membrane, true).equations();
    CHECK(text.find("/ C_soma : volt (unless refractory)\n") != std::string::npos);
    CHECK(text.find("refractory") == text.rfind("refractory"));
  }
}

TEST_CASE("two coupled compartments print what the reference prints, newest currents first") {
  Dendrite dend = dendrite();
  dend.synapse("AMPA", {.tag = "x", .g = 1 * nS, .t_decay = 5 * ms}).noise();
  dend.synapse("NMDA", {.tag = "y", .g = 1 * nS, .t_rise = 2 * ms, .t_decay = 50 * ms});
  const NeuronModel cell({{soma_of(), dend, 15 * nS}});
  CHECK(cell.equations() ==
        soma_lines +
            "\n"
            "dV_dend/dt = (gL_dend * (EL_dend-V_dend) + I_dend) / C_dend : volt\n"
            "I_dend = I_ext_dend + I_soma_dend + I_NMDA_y_dend + I_noise_dend + I_AMPA_x_dend : amp\n"
            "I_ext_dend : amp\n"
            "I_AMPA_x_dend = g_AMPA_x_dend * (E_AMPA-V_dend) * s_AMPA_x_dend * w_AMPA_x_dend : amp\n"
            "ds_AMPA_x_dend/dt = -s_AMPA_x_dend / t_AMPA_decay_x_dend : 1\n"
            "dI_noise_dend/dt = (mean_noise_dend-I_noise_dend) / tau_noise_dend + sigma_noise_dend * "
            "sqrt(2/tau_noise_dend) * xi_noise_dend : amp\n"
            "I_NMDA_y_dend = g_NMDA_y_dend * (E_NMDA-V_dend) * x_NMDA_y_dend / (1 + Mg_con * "
            "exp(-Alpha_NMDA*(V_dend/mV+Gamma_NMDA)) / Beta_NMDA) * w_NMDA_y_dend : amp\n"
            "dx_NMDA_y_dend/dt = (-x_NMDA_y_dend/t_NMDA_decay_y_dend) + s_NMDA_y_dend/ms : 1\n"
            "ds_NMDA_y_dend/dt = -s_NMDA_y_dend / t_NMDA_rise_y_dend : 1\n"
            "I_soma_dend = (V_soma-V_dend) * g_soma_dend : amp\n");
}

TEST_CASE("dendritic spikes print currents, conductances, and what an event sets") {
  Dendrite dend = dendrite();
  dend.dspikes(sodium);
  CHECK(dend.equations() ==
        "dV_dend/dt = (gL_dend * (EL_dend-V_dend) + I_dend) / C_dend : volt\n"
        "I_dend = I_ext_dend + I_rise_Na_dend + I_fall_Na_dend : amp\n"
        "I_ext_dend : amp\n"
        "I_rise_Na_dend = g_rise_Na_dend * (E_rise_Na_dend-V_dend) : amp\n"
        "I_fall_Na_dend = g_fall_Na_dend * (E_fall_Na_dend-V_dend) : amp\n"
        "g_rise_Na_dend = g_rise_max_Na_dend * int(t_in_timesteps <= timestep(spiketime_Na_dend, dt) + "
        "timestep(duration_rise_Na_dend, dt)) * gate_Na_dend : siemens\n"
        "g_fall_Na_dend = g_fall_max_Na_dend * int(t_in_timesteps <= timestep(spiketime_Na_dend, dt) + "
        "timestep(offset_fall_Na_dend, dt) + timestep(duration_fall_Na_dend, dt)) * int(t_in_timesteps >= "
        "timestep(spiketime_Na_dend, dt) + timestep(offset_fall_Na_dend, dt)) * gate_Na_dend : siemens\n"
        "spiketime_Na_dend : second\n"
        "gate_Na_dend : 1\n");
  const NeuronModel cell({{soma_of(), dend, 15 * nS}});
  CHECK(cell.events().at("spike_Na_dend") ==
        "V_dend >= Vth_Na_dend and t_in_timesteps >= timestep(spiketime_Na_dend, dt) + "
        "timestep(refractory_Na_dend, dt) * gate_Na_dend");
  CHECK(cell.event_actions().at("spike_Na_dend") == "spiketime_Na_dend = t; gate_Na_dend = 1");
}

TEST_CASE("compartments come in order of first appearance, the model's own lines last") {
  const Dendrite a({.name = "a", .geometry = Absolute{50 * pF, 2.5 * nS}, .v_rest = -60 * mV});
  const Dendrite b({.name = "b", .geometry = Absolute{50 * pF, 2.5 * nS}, .v_rest = -60 * mV});
  NeuronModel cell({{a, soma_of(), 1 * nS}, {soma_of(), b, 2 * nS}});
  cell.add_equations("   total = V_a + V_b : volt  ");
  CHECK(cell.compartment_names() == std::vector<std::string>{"a", "soma", "b"});
  const std::string text = cell.equations();
  CHECK(text.find("I_soma = I_ext_soma + I_b_soma + I_a_soma : amp\n") != std::string::npos);
  CHECK(text.ends_with("I_soma_b = (V_soma-V_b) * g_soma_b : amp\n\ntotal = V_a + V_b : volt\n"));
  CHECK(text.find(" : amp\n\ndV_soma/dt") != std::string::npos);
}

TEST_CASE("a neuron can be one compartment") {
  const NeuronModel cell(soma_of());
  CHECK(cell.equations() == soma_of().equations());
  CHECK_NOTHROW(cell.build());
}

TEST_CASE("a neuron model keeps copies of its compartments") {
  Dendrite dend = dendrite();
  const NeuronModel passive({{soma_of(), dend, 15 * nS}});
  dend.dspikes(sodium);
  const NeuronModel active({{soma_of(), dend, 15 * nS}});
  CHECK(passive.events().empty());
  CHECK(active.events().size() == 1);
}
