#include <ranvier/models/library.hpp>

namespace ranvier::library {
namespace {

constexpr Dimension one = dimensions::one;
constexpr Dimension second = Time::dimension();
constexpr Dimension amp = Current::dimension();
constexpr Dimension volt = Voltage::dimension();
constexpr Dimension siemens = Conductance::dimension();
constexpr Dimension farad = Capacitance::dimension();
constexpr double milli = 1e-3;

constexpr ParameterRow leak[] = {
    {"EL{c}", volt, Range::any, "v_rest"},
    {"C{c}", farad, Range::positive, "C"},
    {"gL{c}", siemens, Range::not_negative, "gL"},
};

constexpr ParameterRow adaptive[] = {
    leak[0], leak[1], leak[2], {"a{c}", siemens}, {"tauw{c}", second, Range::positive},
};

constexpr ParameterRow adaptive_exponential[] = {
    leak[0],
    leak[1],
    leak[2],
    {"a{c}", siemens},
    {"tauw{c}", second, Range::positive},
    {"DeltaT{c}", volt, Range::positive},
    {"Vth{c}", volt},
};

// The adaptation of cadIF is a conductance; its names carry the suffix too, so that a model may have two of
// them.
constexpr ParameterRow conductance_adaptive[] = {
    leak[0],         leak[1],
    leak[2],         {"gAmax{c}", siemens, Range::not_negative},
    {"EA{c}", volt}, {"tauA{c}", second, Range::positive},
};

constexpr ParameterRow conductance_adaptive_exponential[] = {
    leak[0],
    leak[1],
    leak[2],
    {"DeltaT{c}", volt, Range::positive},
    {"Vth{c}", volt},
    {"gAmax{c}", siemens, Range::not_negative},
    {"EA{c}", volt},
    {"VA{c}", volt},
    {"DeltaA{c}", volt, Range::positive},
    {"tauA{c}", second, Range::positive},
};

constexpr std::string_view leaky_text = "dV{c}/dt = (gL{c} * (EL{c}-V{c}) + I{c}) / C{c} : volt{flags}\n";

constexpr MembraneRow membranes[] = {
    {"leakyIF", {leaky_text, "", leak}},
    {"passive", {leaky_text, "", leak}},
    {"adaptiveIF",
     {"dV{c}/dt = (gL{c} * (EL{c}-V{c}) + I{c} - w{c}) / C{c} : volt{flags}\n"
      "dw{c}/dt = (a{c} * (V{c}-EL{c}) - w{c}) / tauw{c} : amp\n",
      "", adaptive}},
    {"adex",
     {"dV{c}/dt = (gL{c} * (EL{c}-V{c}) + gL{c}*DeltaT{c}*exp((V{c}-Vth{c})/DeltaT{c}) + I{c} - w{c}) / C{c} "
      ": volt{flags}\n"
      "dw{c}/dt = (a{c} * (V{c}-EL{c}) - w{c}) / tauw{c} : amp\n",
      "", adaptive_exponential}},
    {"cadIF",
     {"dV{c}/dt = (gL{c} * (EL{c}-V{c}) + I{c} - w{c}) / C{c} : volt{flags}\n"
      "w{c} = gA{c} * (V{c}-EA{c}) : amp\n"
      "dgA{c}/dt = (gAmax{c} * (abs(V{c}-EA{c})) / mV - gA{c}) / tauA{c} : siemens\n",
      "", conductance_adaptive}},
    // Gorski, Depannemaecker and Destexhe (2021).
    {"cadex",
     {"dV{c}/dt = (gL{c} * (EL{c}-V{c}) + gL{c}*DeltaT{c}*exp((V{c}-Vth{c})/DeltaT{c}) + I{c} - w{c}) / C{c} "
      ": volt{flags}\n"
      "w{c} = gA{c} * (V{c}-EA{c}) : amp\n"
      "dgA{c}/dt = (gAmax{c} / (1 + exp((VA{c}-V{c})/DeltaA{c})) - gA{c}) / tauA{c} : siemens\n",
      "", conductance_adaptive_exponential}},
};

constexpr ParameterRow conductance[] = {
    {"g_{ch}_{t}{c}", siemens, Range::not_negative, "g"},
    {"w_{ch}_{t}{c}", one, Range::any, "", 1.0},
};

constexpr std::string_view synaptic_current = "I_{ch}_{t}{c}";
constexpr std::string_view linear_text =
    "I_{ch}_{t}{c} = g_{ch}_{t}{c} * (E_{ch}-V{c}) * {gate}_{ch}_{t}{c} * w_{ch}_{t}{c} : amp\n";

constexpr ChannelRow channels[] = {
    {"AMPA", {linear_text, synaptic_current, conductance}},
    {"GABA", {linear_text, synaptic_current, conductance}},
    // The magnesium block of Jahr and Stevens (1990).
    {"NMDA",
     {"I_{ch}_{t}{c} = g_{ch}_{t}{c} * (E_{ch}-V{c}) * {gate}_{ch}_{t}{c}"
      " / (1 + Mg_con * exp(-Alpha_NMDA*(V{c}/mV+Gamma_NMDA)) / Beta_NMDA) * w_{ch}_{t}{c} : amp\n",
      synaptic_current, conductance}},
};

constexpr ParameterRow one_time_constant[] = {
    {"t_{ch}_decay_{t}{c}", second, Range::positive, "t_decay"},
};
constexpr ParameterRow two_time_constants[] = {
    {"t_{ch}_rise_{t}{c}", second, Range::positive, "t_rise"},
    one_time_constant[0],
};

constexpr Kinetics exponential{
    "s", {"ds_{ch}_{t}{c}/dt = -s_{ch}_{t}{c} / t_{ch}_decay_{t}{c} : 1\n", "", one_time_constant}};

// The literal 1/ms fixes the scale of x; see g_norm_factor.
constexpr Kinetics double_exponential{
    "x",
    {"dx_{ch}_{t}{c}/dt = (-x_{ch}_{t}{c}/t_{ch}_decay_{t}{c}) + s_{ch}_{t}{c}/ms : 1\n"
     "ds_{ch}_{t}{c}/dt = -s_{ch}_{t}{c} / t_{ch}_rise_{t}{c} : 1\n",
     "", two_time_constants}};

constexpr ParameterRow noise_parameters[] = {
    {"tau_noise{c}", second, Range::positive, "tau", 20 * milli},
    {"sigma_noise{c}", amp, Range::not_negative, "sigma", 1e-12},
    {"mean_noise{c}", amp, Range::any, "mean", 0.0},
};

// An Ornstein-Uhlenbeck current of standard deviation sigma. Its noise has a name of its own: compartments
// are noisy independently of each other.
constexpr Template ornstein_uhlenbeck{
    "dI_noise{c}/dt = (mean_noise{c}-I_noise{c}) / tau_noise{c}"
    " + sigma_noise{c} * sqrt(2/tau_noise{c}) * xi_noise{c} : amp\n",
    "I_noise{c}", noise_parameters};

constexpr ParameterRow dspike_parameters[] = {
    {"Vth_{n}{c}", volt, Range::any, "threshold"},
    {"g_rise_max_{n}{c}", siemens, Range::not_negative, "g_rise"},
    {"g_fall_max_{n}{c}", siemens, Range::not_negative, "g_fall"},
    {"duration_rise_{n}{c}", second, Range::not_negative, "duration_rise"},
    {"duration_fall_{n}{c}", second, Range::not_negative, "duration_fall"},
    {"E_rise_{n}{c}", volt, Range::any, "reversal_rise"},
    {"E_fall_{n}{c}", volt, Range::any, "reversal_fall"},
    {"offset_fall_{n}{c}", second, Range::not_negative, "offset_fall"},
    {"refractory_{n}{c}", second, Range::not_negative, "refractory"},
};

// Times are kept as times, so that they survive a change of dt, and counted in steps.
constexpr DSpikeRow dspike{
    {"I_rise_{n}{c} = g_rise_{n}{c} * (E_rise_{n}{c}-V{c}) : amp\n"
     "I_fall_{n}{c} = g_fall_{n}{c} * (E_fall_{n}{c}-V{c}) : amp\n"
     "g_rise_{n}{c} = g_rise_max_{n}{c}"
     " * int(t_in_timesteps <= timestep(spiketime_{n}{c}, dt) + timestep(duration_rise_{n}{c}, dt))"
     " * gate_{n}{c} : siemens\n"
     "g_fall_{n}{c} = g_fall_max_{n}{c}"
     " * int(t_in_timesteps <= timestep(spiketime_{n}{c}, dt) + timestep(offset_fall_{n}{c}, dt)"
     " + timestep(duration_fall_{n}{c}, dt))"
     " * int(t_in_timesteps {from} timestep(spiketime_{n}{c}, dt) + timestep(offset_fall_{n}{c}, dt))"
     " * gate_{n}{c} : siemens\n"
     "spiketime_{n}{c} : second\n"
     "gate_{n}{c} : 1\n",
     "I_rise_{n}{c} + I_fall_{n}{c}", dspike_parameters},
    "spike_{n}{c}",
    "V{c} >= Vth_{n}{c} and t_in_timesteps >= timestep(spiketime_{n}{c}, dt)"
    " + timestep(refractory_{n}{c}, dt) * gate_{n}{c}",
    "spiketime_{n}{c} = t; gate_{n}{c} = 1"};

constexpr ParameterRow coupling_parameters[] = {
    {"g_{o}{c}", siemens, Range::not_negative, "coupling"},
};
constexpr Template ohmic_coupling{"I_{o}{c} = (V_{o}-V{c}) * g_{o}{c} : amp\n", "I_{o}{c}",
                                  coupling_parameters};

constexpr ParameterRow constants[] = {
    {"E_AMPA", volt, Range::any, "", 0.0},         {"E_NMDA", volt, Range::any, "", 0.0},
    {"E_GABA", volt, Range::any, "", -80 * milli}, {"E_Na", volt, Range::any, "", 70 * milli},
    {"E_K", volt, Range::any, "", -89 * milli},    {"E_Ca", volt, Range::any, "", 136 * milli},
    {"Mg_con", one, Range::not_negative, "", 1.0}, {"Alpha_NMDA", one, Range::any, "", 0.062},
    {"Beta_NMDA", one, Range::positive, "", 3.57}, {"Gamma_NMDA", one, Range::any, "", 0.0},
};

template <class Row, std::size_t size>
const Row* find(const Row (&rows)[size], std::string_view name) {
  for (const Row& row : rows) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

template <class Row, std::size_t size>
std::vector<std::string> names(const Row (&rows)[size]) {
  std::vector<std::string> result;
  for (const Row& row : rows) result.emplace_back(row.name);
  return result;
}

}  // namespace

const MembraneRow* find_membrane(std::string_view name) {
  return find(membranes, name);
}
const ChannelRow* find_channel(std::string_view name) {
  return find(channels, name);
}
std::vector<std::string> membrane_names() {
  return names(membranes);
}
std::vector<std::string> channel_names() {
  return names(channels);
}

const Kinetics& decay_only() {
  return exponential;
}
const Kinetics& rise_and_decay() {
  return double_exponential;
}
const Template& noise() {
  return ornstein_uhlenbeck;
}
const DSpikeRow& dspikes() {
  return dspike;
}
const Template& coupling() {
  return ohmic_coupling;
}
std::span<const ParameterRow> leak_parameters() {
  return leak;
}
std::span<const ParameterRow> conductance_parameters() {
  return conductance;
}

std::span<const ParameterRow> default_constants() {
  return constants;
}

}  // namespace ranvier::library
