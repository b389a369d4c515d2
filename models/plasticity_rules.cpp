// The rules of plasticity, one row each. Names of parameters and their values follow the papers.
#include <ranvier/models/plasticity.hpp>

namespace ranvier::library {
namespace {

constexpr Dimension one = dimensions::one;
constexpr Dimension second = Time::dimension();
constexpr Dimension volt = Voltage::dimension();
constexpr Dimension hertz = Frequency::dimension();
constexpr double milli = 1e-3;

constexpr ParameterRow tau_plus{"tau_plus", second, Range::positive, "", 20 * milli};
constexpr ParameterRow tau_minus{"tau_minus", second, Range::positive, "", 20 * milli};
constexpr ParameterRow w_max{"w_max", one, Range::positive, "", 1.0};

// Song, Miller, Abbott 2000: the depression is 5 % stronger.
constexpr ParameterRow pairs[] = {tau_plus,
                                  tau_minus,
                                  {"A_plus", one, Range::not_negative, "", 0.01},
                                  {"A_minus", one, Range::not_negative, "", 0.0105},
                                  w_max};

constexpr std::string_view pair_traces =
    "w : 1\n"
    "dtrace_plus/dt = -trace_plus/tau_plus : 1 (event-driven)\n"
    "dtrace_minus/dt = -trace_minus/tau_minus : 1 (event-driven)\n";

// Pfister, Gerstner 2006, table 4: the minimal all-to-all model of visual cortex.
constexpr ParameterRow triplets[] = {{"tau_plus", second, Range::positive, "", 16.8 * milli},
                                     {"tau_minus", second, Range::positive, "", 33.7 * milli},
                                     {"tau_x", second, Range::positive, "", 101 * milli},
                                     {"tau_y", second, Range::positive, "", 114 * milli},
                                     {"A2_plus", one, Range::not_negative, "", 0.0},
                                     {"A2_minus", one, Range::not_negative, "", 7.1e-3},
                                     {"A3_plus", one, Range::not_negative, "", 6.5e-3},
                                     {"A3_minus", one, Range::not_negative, "", 0.0},
                                     w_max};

// Clopath et al. 2010, table 1, visual cortex. The amplitudes are per mV and per mV**2, and the trace of a
// spike is that of a pulse of 1 ms.
constexpr ParameterRow voltage[] = {
    {"theta_minus", volt, Range::any, "", -70.6 * milli}, {"theta_plus", volt, Range::any, "", -45.3 * milli},
    {"A_LTD", one, Range::not_negative, "", 14e-5},       {"A_LTP", one, Range::not_negative, "", 8e-5},
    {"tau_x", second, Range::positive, "", 15 * milli},   w_max};
constexpr ParameterRow low_pass[] = {{"tau_minus", second, Range::positive, "", 10 * milli},
                                     {"tau_plus", second, Range::positive, "", 7 * milli}};

// Tsodyks, Pawelzik, Markram 1998: the depressing synapse between pyramidal cells.
constexpr ParameterRow resources[] = {{"U", one, Range::positive, "", 0.5},
                                      {"tau_rec", second, Range::positive, "", 800 * milli},
                                      {"tau_facil", second, Range::positive, "", 1 * milli}};

// Vogels et al. 2011.
constexpr ParameterRow homeostatic[] = {{"tau", second, Range::positive, "", 20 * milli},
                                        {"eta", one, Range::not_negative, "", 1e-2},
                                        {"rate_target", hertz, Range::not_negative, "", 3.0},
                                        {"w_max", one, Range::positive, "", 10.0}};

// Izhikevich 2007.
constexpr ParameterRow rewarded[] = {tau_plus,
                                     tau_minus,
                                     {"A_plus", one, Range::not_negative, "", 0.1},
                                     {"A_minus", one, Range::not_negative, "", 0.15},
                                     {"tau_eligibility", second, Range::positive, "", 1.0}};
constexpr ParameterRow reward[] = {{"tau_reward", second, Range::positive, "", 0.2}};

constexpr PlasticityRow rules[] = {
    {"stdp",
     pair_traces,
     "{transmission}\n"
     "trace_plus += A_plus\n"
     "w = clip(w - trace_minus, 0, w_max)\n",
     "trace_minus += A_minus\n"
     "w = clip(w + trace_plus, 0, w_max)\n",
     "",
     "",
     pairs,
     {}},
    {"nearest_stdp",
     pair_traces,
     "{transmission}\n"
     "trace_plus = A_plus\n"
     "w = clip(w - trace_minus, 0, w_max)\n",
     "trace_minus = A_minus\n"
     "w = clip(w + trace_plus, 0, w_max)\n",
     "",
     "",
     pairs,
     {}},
    {"triplet_stdp",
     "w : 1\n"
     "dr1/dt = -r1/tau_plus : 1 (event-driven)\n"
     "dr2/dt = -r2/tau_x : 1 (event-driven)\n"
     "do1/dt = -o1/tau_minus : 1 (event-driven)\n"
     "do2/dt = -o2/tau_y : 1 (event-driven)\n",
     "{transmission}\n"
     "w = clip(w - o1*(A2_minus + A3_minus*r2), 0, w_max)\n"
     "r1 += 1\n"
     "r2 += 1\n",
     "w = clip(w + r1*(A2_plus + A3_plus*o2), 0, w_max)\n"
     "o1 += 1\n"
     "o2 += 1\n",
     "",
     "",
     triplets,
     {}},
    {"voltage_stdp",
     "dw/dt = A_LTP*x*clip({v}_post/mV - theta_plus/mV, 0, inf)*clip(u_plus_post/mV - theta_minus/mV, 0, inf)"
     "*int(w < w_max)/ms : 1 (clock-driven)\n"
     "dx/dt = -x/tau_x : 1 (clock-driven)\n",
     "{transmission}\n"
     "w = clip(w - A_LTD*clip(u_minus_post/mV - theta_minus/mV, 0, inf), 0, w_max)\n"
     "x += ms/tau_x\n",
     "",
     "du_minus/dt = ({v} - u_minus)/tau_minus : volt\n"
     "du_plus/dt = ({v} - u_plus)/tau_plus : volt\n",
     "euler", voltage, low_pass},
    {"tsodyks_markram",
     "w : 1\n"
     "r : 1\n"
     "du/dt = -u/tau_facil : 1 (event-driven)\n"
     "dspent/dt = -spent/tau_rec : 1 (event-driven)\n",
     "u += U*(1 - u)\n"
     "r = u*(1 - spent)\n"
     "spent += r\n"
     "{transmission}\n",
     "",
     "",
     "",
     resources,
     {}},
    {"inhibitory_stdp",
     "w : 1\n"
     "dx/dt = -x/tau : 1 (event-driven)\n"
     "dy/dt = -y/tau : 1 (event-driven)\n",
     "{transmission}\n"
     "x += 1\n"
     "w = clip(w + eta*(y - 2*rate_target*tau), 0, w_max)\n",
     "y += 1\n"
     "w = clip(w + eta*x, 0, w_max)\n",
     "",
     "",
     homeostatic,
     {}},
    {"rewarded_stdp",
     "dw/dt = eligibility*reward_post/second : 1 (clock-driven)\n"
     "deligibility/dt = -eligibility/tau_eligibility : 1 (clock-driven)\n"
     "dtrace_plus/dt = -trace_plus/tau_plus : 1 (event-driven)\n"
     "dtrace_minus/dt = -trace_minus/tau_minus : 1 (event-driven)\n",
     "{transmission}\n"
     "trace_plus += A_plus\n"
     "eligibility -= trace_minus\n",
     "trace_minus += A_minus\n"
     "eligibility += trace_plus\n",
     "dreward/dt = -reward/tau_reward : 1\n", "euler", rewarded, reward},
};

}  // namespace

std::span<const PlasticityRow> plasticity_rules() {
  return rules;
}

}  // namespace ranvier::library
