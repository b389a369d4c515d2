#include <ranvier/benchmarks/first_step_models.hpp>

using namespace ranvier;
using namespace ranvier::units;

namespace {

void lif(Network& net, const std::string& number) {
  net.set("tau", 20 * ms);
  auto& cells =
      net.neuron_group(1000, {.equations = "dv/dt = (" + number + "*mV - v)/tau : volt (unless refractory)",
                              .threshold = "v > 20*mV",
                              .reset = "v = 0*mV",
                              .refractory = "2*ms",
                              .method = "exact"});
  cells["v"] = "rand()*20*mV";
  net.spike_monitor(cells);
}

void adex(Network& net, const std::string& number) {
  net.set("I", 1 * nA);
  auto& cells = net.neuron_group(
      1000, {.equations = "dv/dt = (30*nS*(-70.6*mV - v) + 30*nS*2*mV*exp((v + 50.4*mV)/(2*mV)) - w + I)/(2" +
                          number + "*pF) : volt\ndw/dt = (4*nS*(v + 70.6*mV) - w)/(144*ms) : amp",
             .threshold = "v > -40.4*mV",
             .reset = "v = -70.6*mV; w += 80.5*pA",
             .method = "euler"});
  cells["v"] = "-70.6*mV + rand()*10*mV";
  net.spike_monitor(cells);
}

void hodgkin_huxley(Network& net, const std::string& number) {
  net.set("I", 300 * pA);
  auto& cells = net.neuron_group(1000, {.equations = "dv/dt = (10*nS*(-65*mV - v) - 20*uS*m**3*h*(v - 50*mV)"
                                                     " - 6*uS*n**4*(v + 90*mV) + I)/(2" +
                                                     number + R"(*pF) : volt
dm/dt = 1.28/exprel((13*mV - u)/(4*mV))/ms*(1 - m) - 1.4/exprel((u - 40*mV)/(5*mV))/ms*m : 1
dn/dt = 0.16/exprel((15*mV - u)/(5*mV))/ms*(1 - n) - 0.5*exp((10*mV - u)/(40*mV))/ms*n : 1
dh/dt = 0.128*exp((17*mV - u)/(18*mV))/ms*(1 - h) - 4/(1 + exp((40*mV - u)/(5*mV)))/ms*h : 1
u = v + 63*mV : volt)",
                                        .threshold = "v > -20*mV",
                                        .refractory = "v > -20*mV",
                                        .method = "exponential_euler"});
  cells["v"] = "-65*mV + rand()*5*mV";
  net.spike_monitor(cells);
}

void stdp_pair(Network& net, const std::string& number) {
  net.set("gain", 1.0);
  auto& input = net.poisson_group(1, 20 * Hz);
  auto& cell = net.neuron_group(1, {.equations = "dv/dt = -gain*v/(" + number + "*ms) : 1",
                                    .threshold = "v > 1",
                                    .reset = "v = 0",
                                    .method = "exact"});
  auto& plastic = net.synapses(input, cell,
                               {.equations = "w : 1\ndapre/dt = -apre/(" + number +
                                             "*ms) : 1 (event-driven)\n"
                                             "dapost/dt = -apost/(20*ms) : 1 (event-driven)",
                                .on_pre = "v_post += w; apre += 0.01; w = clip(w + apost, 0, 2)",
                                .on_post = "apost -= 0.0105; w = clip(w + apre, 0, 2)"});
  plastic.connect();
  plastic["w"] = 0.5;
  net.spike_monitor(cell);
}

void cuba(Network& net, const std::string& number) {
  net.set("we", 1.62 * mV);
  auto& cells =
      net.neuron_group(4000, {.equations = "dv/dt = (ge + gi - (v + 49*mV))/(" + number +
                                           "*ms) : volt (unless refractory)\n"
                                           "dge/dt = -ge/(5*ms) : volt\ndgi/dt = -gi/(10*ms) : volt",
                              .threshold = "v > -50*mV",
                              .reset = "v = -60*mV",
                              .refractory = "5*ms",
                              .method = "exact"});
  cells["v"] = "-60*mV + rand()*10*mV";
  net.synapses(cells.slice(0, 3200), cells, {.on_pre = "ge += we"}).connect({.p = 0.02});
  net.synapses(cells.slice(3200, 4000), cells, {.on_pre = "gi -= 9*mV"}).connect({.p = 0.02});
  net.spike_monitor(cells);
}

void seed(Network& net, const std::string& number) {
  PointNeuronModel model({.model = "leakyIF", .cm_abs = 281 * pF, .gl_abs = 30 * nS, .v_rest = -70.6 * mV});
  model.synapse("AMPA", {.tag = "ext", .g = 2 * nS, .t_decay = 2.5 * ms});
  model.synapse("GABA", {.tag = "inh", .g = 2 * nS, .t_decay = 7.5 * ms});
  model.add_params({{"Vth", -40.4 * mV}, {"Vr", -65.6 * mV}});
  net.set("weight", 1.0);
  auto& neurons = net.neuron_group(
      1000, model, {.threshold = "V > Vth + (" + number + " - 20)*mV", .reset = "V = Vr", .method = "euler"});
  auto inhibitory = neurons.slice(0, 300), excitatory = neurons.slice(300, 1000);
  auto& input = net.poisson_group(200, 90 * Hz);
  net.synapses(input, excitatory, {.on_pre = "s_AMPA_ext += weight"}).connect({.p = 0.2});
  net.synapses(input, inhibitory, {.on_pre = "s_AMPA_ext += weight"}).connect({.p = 0.0});
  net.synapses(inhibitory, excitatory, {.on_pre = "s_GABA_inh += 1"}).connect({.p = 0.15});
  net.spike_monitor(excitatory);
  net.spike_monitor(inhibitory);
}

}  // namespace

const std::vector<StartedModel>& started_models() {
  static const std::vector<StartedModel> models = {
      {"LIF", lif, "tau", 10 * ms},          {"AdEx", adex, "I", 0.9 * nA},
      {"HH", hodgkin_huxley, "I", 400 * pA}, {"STDP pair", stdp_pair, "gain", 2.0},
      {"CUBA", cuba, "we", 1.5 * mV},        {"seed", seed, "weight", 2.0}};
  return models;
}
