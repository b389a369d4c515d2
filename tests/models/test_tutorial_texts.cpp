// The equations of a dendrite after each call of the first tutorial, as Dendrify 2.2.0 prints them (blanks
// apart). Where they differ: white noise is xi, times of dendritic spikes are times, their reversal
// potentials belong to the compartment.
#include <doctest/doctest.h>

#include <functional>
#include <ranvier/compiler/units.hpp>
#include <ranvier/models/neuron_model.hpp>
#include <string>
#include <vector>

using namespace ranvier;
using namespace ranvier::units;

namespace {

struct Step {
  std::function<void(Dendrite&)> call;
  std::string summands;  // go to the front of I_dend, behind I_ext_dend
  std::string lines;     // go to the end
};

const std::vector<Step> tutorial = {
    {[](Dendrite& dend) { dend.synapse("AMPA", {.tag = "A"}); }, "I_AMPA_A_dend",
     "I_AMPA_A_dend = g_AMPA_A_dend * (E_AMPA-V_dend) * s_AMPA_A_dend * w_AMPA_A_dend : amp\n"
     "ds_AMPA_A_dend/dt = -s_AMPA_A_dend / t_AMPA_decay_A_dend : 1\n"},
    {[](Dendrite& dend) { dend.synapse("AMPA", {.tag = "B"}); }, "I_AMPA_B_dend",
     "I_AMPA_B_dend = g_AMPA_B_dend * (E_AMPA-V_dend) * s_AMPA_B_dend * w_AMPA_B_dend : amp\n"
     "ds_AMPA_B_dend/dt = -s_AMPA_B_dend / t_AMPA_decay_B_dend : 1\n"},
    {[](Dendrite& dend) { dend.synapse("NMDA", {.tag = "C"}); }, "I_NMDA_C_dend",
     "I_NMDA_C_dend = g_NMDA_C_dend * (E_NMDA-V_dend) * s_NMDA_C_dend / (1 + Mg_con * "
     "exp(-Alpha_NMDA*(V_dend/mV+Gamma_NMDA)) / Beta_NMDA) * w_NMDA_C_dend : amp\n"
     "ds_NMDA_C_dend/dt = -s_NMDA_C_dend / t_NMDA_decay_C_dend : 1\n"},
    {[](Dendrite& dend) { dend.noise(); }, "I_noise_dend",
     "dI_noise_dend/dt = (mean_noise_dend-I_noise_dend) / tau_noise_dend + sigma_noise_dend * "
     "sqrt(2/tau_noise_dend) * xi_noise_dend : amp\n"},
    {[](Dendrite& dend) { dend.dspikes({.name = "Na"}); }, "I_rise_Na_dend + I_fall_Na_dend",
     "I_rise_Na_dend = g_rise_Na_dend * (E_rise_Na_dend-V_dend) : amp\n"
     "I_fall_Na_dend = g_fall_Na_dend * (E_fall_Na_dend-V_dend) : amp\n"
     "g_rise_Na_dend = g_rise_max_Na_dend * int(t_in_timesteps <= timestep(spiketime_Na_dend, dt) + "
     "timestep(duration_rise_Na_dend, dt)) * gate_Na_dend : siemens\n"
     "g_fall_Na_dend = g_fall_max_Na_dend * int(t_in_timesteps <= timestep(spiketime_Na_dend, dt) + "
     "timestep(offset_fall_Na_dend, dt) + timestep(duration_fall_Na_dend, dt)) * int(t_in_timesteps >= "
     "timestep(spiketime_Na_dend, dt) + timestep(offset_fall_Na_dend, dt)) * gate_Na_dend : siemens\n"
     "spiketime_Na_dend : second\n"
     "gate_Na_dend : 1\n"},
};

std::string text_of(const std::string& summands, const std::string& lines) {
  return "dV_dend/dt = (gL_dend * (EL_dend-V_dend) + I_dend) / C_dend : volt\n"
         "I_dend = I_ext_dend" +
         summands + " : amp\nI_ext_dend : amp\n" + lines;
}

}  // namespace

TEST_CASE("the first tutorial prints the reference's equations after each call") {
  const Absolute geometry{200 * pF, 20 * nS};
  const Soma soma({.name = "soma", .geometry = geometry});
  Dendrite dend({.name = "dend", .geometry = geometry});
  CHECK(dend.equations() == text_of("", ""));
  std::string summands, lines;
  for (const Step& step : tutorial) {
    step.call(dend);
    summands = " + " + step.summands + summands;
    lines += step.lines;
    CHECK(dend.equations() == text_of(summands, lines));
  }

  const std::string coupling = "I_soma_dend = (V_soma-V_dend) * g_soma_dend : amp\n";
  CHECK(NeuronModel({{soma, dend, 10 * nS}}).equations() ==
        "dV_soma/dt = (gL_soma * (EL_soma-V_soma) + I_soma) / C_soma : volt\n"
        "I_soma = I_ext_soma + I_dend_soma : amp\n"
        "I_ext_soma : amp\n"
        "I_dend_soma = (V_dend-V_soma) * g_dend_soma : amp\n"
        "\n" +
            text_of(" + I_soma_dend" + summands, lines + coupling));
}
