#include <doctest/doctest.h>

#include <ranvier/compiler/units.hpp>
#include <ranvier/models/point_neuron_model.hpp>

using namespace ranvier;
using namespace ranvier::units;

namespace {

PointNeuronModel model_of(const char* membrane) {
  return PointNeuronModel({.model = membrane, .cm_abs = 281 * pF, .gl_abs = 30 * nS, .v_rest = -70.6 * mV});
}

/// The lines behind "I_ext : amp": what the calls after the constructor added.
std::string added(const PointNeuronModel& model) {
  const std::string text = model.equations(), last = "I_ext : amp\n";
  return text.substr(text.find(last) + last.size());
}

std::string synapse_lines(const char* channel, const ChannelOptions& options) {
  return added(model_of("leakyIF").synapse(channel, options));
}

const ChannelOptions decay{.tag = "x", .g = 1 * nS, .t_decay = 5 * ms};
const ChannelOptions rise{.tag = "x", .g = 1 * nS, .t_rise = 2 * ms, .t_decay = 5 * ms};

}  // namespace

TEST_CASE("leakyIF and passive print a leaky membrane") {
  for (const char* membrane : {"leakyIF", "passive"}) {
    CHECK(model_of(membrane).equations() ==
          "dV/dt = (gL * (EL-V) + I) / C : volt\n"
          "I = I_ext : amp\n"
          "I_ext : amp\n");
  }
}

TEST_CASE("the membrane model is leakyIF if nobody says otherwise") {
  const PointNeuronModel model({.cm_abs = 281 * pF, .gl_abs = 30 * nS, .v_rest = -70.6 * mV});
  CHECK(model.equations() == model_of("leakyIF").equations());
}

TEST_CASE("adaptiveIF adds an adaptation current") {
  CHECK(model_of("adaptiveIF").equations() ==
        "dV/dt = (gL * (EL-V) + I - w) / C : volt\n"
        "dw/dt = (a * (V-EL) - w) / tauw : amp\n"
        "I = I_ext : amp\n"
        "I_ext : amp\n");
}

TEST_CASE("adex adds an exponential spike initiation to adaptiveIF") {
  CHECK(model_of("adex").equations() ==
        "dV/dt = (gL * (EL-V) + gL*DeltaT*exp((V-Vth)/DeltaT) + I - w) / C : volt\n"
        "dw/dt = (a * (V-EL) - w) / tauw : amp\n"
        "I = I_ext : amp\n"
        "I_ext : amp\n");
}

TEST_CASE("cadIF adapts through a conductance") {
  CHECK(model_of("cadIF").equations() ==
        "dV/dt = (gL * (EL-V) + I - w) / C : volt\n"
        "w = gA * (V-EA) : amp\n"
        "dgA/dt = (gAmax * (abs(V-EA)) / mV - gA) / tauA : siemens\n"
        "I = I_ext : amp\n"
        "I_ext : amp\n");
}

TEST_CASE("AMPA and GABA with a decay have one gate") {
  CHECK(synapse_lines("AMPA", decay) ==
        "I_AMPA_x = g_AMPA_x * (E_AMPA-V) * s_AMPA_x * w_AMPA_x : amp\n"
        "ds_AMPA_x/dt = -s_AMPA_x / t_AMPA_decay_x : 1\n");
  CHECK(synapse_lines("GABA", decay) ==
        "I_GABA_x = g_GABA_x * (E_GABA-V) * s_GABA_x * w_GABA_x : amp\n"
        "ds_GABA_x/dt = -s_GABA_x / t_GABA_decay_x : 1\n");
}

TEST_CASE("AMPA and GABA with rise and decay conduct through a second gate") {
  CHECK(synapse_lines("AMPA", rise) ==
        "I_AMPA_x = g_AMPA_x * (E_AMPA-V) * x_AMPA_x * w_AMPA_x : amp\n"
        "dx_AMPA_x/dt = (-x_AMPA_x/t_AMPA_decay_x) + s_AMPA_x/ms : 1\n"
        "ds_AMPA_x/dt = -s_AMPA_x / t_AMPA_rise_x : 1\n");
  CHECK(synapse_lines("GABA", rise) ==
        "I_GABA_x = g_GABA_x * (E_GABA-V) * x_GABA_x * w_GABA_x : amp\n"
        "dx_GABA_x/dt = (-x_GABA_x/t_GABA_decay_x) + s_GABA_x/ms : 1\n"
        "ds_GABA_x/dt = -s_GABA_x / t_GABA_rise_x : 1\n");
}

TEST_CASE("NMDA is blocked by magnesium, with either gate") {
  const std::string block =
      " / (1 + Mg_con * exp(-Alpha_NMDA*(V/mV+Gamma_NMDA)) / Beta_NMDA) * w_NMDA_x : amp\n";
  CHECK(synapse_lines("NMDA", decay) == "I_NMDA_x = g_NMDA_x * (E_NMDA-V) * s_NMDA_x" + block +
                                            "ds_NMDA_x/dt = -s_NMDA_x / t_NMDA_decay_x : 1\n");
  CHECK(synapse_lines("NMDA", rise) == "I_NMDA_x = g_NMDA_x * (E_NMDA-V) * x_NMDA_x" + block +
                                           "dx_NMDA_x/dt = (-x_NMDA_x/t_NMDA_decay_x) + s_NMDA_x/ms : 1\n"
                                           "ds_NMDA_x/dt = -s_NMDA_x / t_NMDA_rise_x : 1\n");
}

TEST_CASE("a synapse without t_decay has the decaying gate") {
  CHECK(synapse_lines("AMPA", {.tag = "x"}) == synapse_lines("AMPA", decay));
}

TEST_CASE("noise is an Ornstein-Uhlenbeck current") {
  CHECK(added(model_of("leakyIF").noise()) ==
        "dI_noise/dt = (mean_noise-I_noise) / tau_noise + sigma_noise * sqrt(2/tau_noise) * xi_noise : "
        "amp\n");
}

TEST_CASE("I sums the currents newest first and is printed once") {
  PointNeuronModel model = model_of("leakyIF");
  model.synapse("AMPA", {.tag = "ext"}).synapse("GABA", {.tag = "inh"});
  CHECK(model.equations() ==
        "dV/dt = (gL * (EL-V) + I) / C : volt\n"
        "I = I_ext + I_GABA_inh + I_AMPA_ext : amp\n"
        "I_ext : amp\n"
        "I_AMPA_ext = g_AMPA_ext * (E_AMPA-V) * s_AMPA_ext * w_AMPA_ext : amp\n"
        "ds_AMPA_ext/dt = -s_AMPA_ext / t_AMPA_decay_ext : 1\n"
        "I_GABA_inh = g_GABA_inh * (E_GABA-V) * s_GABA_inh * w_GABA_inh : amp\n"
        "ds_GABA_inh/dt = -s_GABA_inh / t_GABA_decay_inh : 1\n");
  model.noise();
  CHECK(model.equations().find("I = I_ext + I_noise + I_GABA_inh + I_AMPA_ext : amp\n") != std::string::npos);
}

TEST_CASE("one channel may have several tags") {
  PointNeuronModel model = model_of("leakyIF");
  model.synapse("AMPA", {.tag = "fast"}).synapse("AMPA", {.tag = "slow"});
  CHECK(model.equations().find("I = I_ext + I_AMPA_slow + I_AMPA_fast : amp\n") != std::string::npos);
}

TEST_CASE("added equations come last and leave the others alone") {
  PointNeuronModel model = model_of("leakyIF");
  model.add_equations("\n    x = I_ext + 1*pA : amp   # a comment\n\n    y : 1 (constant)\n");
  model.synapse("AMPA", {.tag = "a"});
  CHECK(model.equations() ==
        "dV/dt = (gL * (EL-V) + I) / C : volt\n"
        "I = I_ext + I_AMPA_a : amp\n"
        "I_ext : amp\n"
        "I_AMPA_a = g_AMPA_a * (E_AMPA-V) * s_AMPA_a * w_AMPA_a : amp\n"
        "ds_AMPA_a/dt = -s_AMPA_a / t_AMPA_decay_a : 1\n"
        "x = I_ext + 1*pA : amp   # a comment\n"
        "y : 1 (constant)\n");
}
